/**
 * What other bundles hang into the web: channels (text over a WebSocket that stays open while its handler is swapped), and the
 * names by which a servlet joins the guarded context. Nothing here is typed by a web server.
 */
@Export
@Version("2.0.0")
package org.catseye.web;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
