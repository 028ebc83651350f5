/** Bundles that an administrator adds to the product: how to add one, and the check that it has to pass. */
@Export
@Version("1.1.0")
package org.catseye.deploy;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
