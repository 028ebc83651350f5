/** Contract suites that every driver's test extends, and fakes harsher than life. Test scope only; never part of the product. */
@Export
@Version("1.0.0")
package org.catseye.testkit;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
