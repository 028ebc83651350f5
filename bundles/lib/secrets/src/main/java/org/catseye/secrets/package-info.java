/** Random tokens, files that only their owner can read, and strict parsing of their content. */
@Export
@Version("2.0.0")
package org.catseye.secrets;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
