/** Runs programs of the device within limits. */
@Export
@Version("1.0.0")
package org.catseye.process;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
