/** The handshake of the RFB protocol: version, security type, passwords and TLS. */
@Export
@Version("1.0.0")
package org.catseye.rfb.security;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
