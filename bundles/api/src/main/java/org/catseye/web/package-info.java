/**
 * Interfaces through which other bundles use the web tier: channels (text over a WebSocket that stays open while its handler is
 * replaced), the request guard, and the names that a servlet needs to join the guarded context. The package has no dependency on
 * a specific web server.
 */
@Export
@Version("2.0.0")
package org.catseye.web;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
