/**
 * How other bundles take part in the web tier: channels (text over a WebSocket that stays open while its handler is replaced), the guard of
 * requests, and the names by which a servlet joins the guarded context. No type of a web server appears here.
 */
@Export
@Version("2.0.0")
package org.catseye.web;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
