/** Checks for bundles that an administrator adds to the product. */
@Export
@Version("1.0.0")
package org.catseye.deploy;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
