/**
 * Lets bundles add REST resources at {@code /api/v1/targets/{id}/<name>} without their own servlet. It uses the types of the
 * Servlet API, which is a specification and not a specific web server, so that a resource can stream, upgrade to a WebSocket or
 * take over a connection.
 */
@Export
@Version("1.0.0")
package org.catseye.web.resource;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
