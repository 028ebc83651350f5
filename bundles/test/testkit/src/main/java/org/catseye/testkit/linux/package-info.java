/** For tests of native code: what C compilers give for the kernel's headers. */
@Export
@Version("1.0.0")
package org.catseye.testkit.linux;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
