/** The client side of an RFB connection. */
@Export
@Version("1.0.0")
package org.catseye.rfb.client;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
