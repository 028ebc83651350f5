/** Connections to a server over TCP, a Unix socket and TLS, with a timeout for each wait. */
@Export
@Version("1.0.0")
package org.catseye.rfb.transport;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
