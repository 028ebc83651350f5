/**
 * The door below a target: bundles add resources at {@code /api/v1/targets/{id}/<name>} without a servlet of their own. Typed by the Servlet
 * API, which is a contract and no web server, so that a resource can stream, upgrade to a WebSocket or take a connection over.
 */
@Export
@Version("1.0.0")
package org.catseye.web.resource;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
