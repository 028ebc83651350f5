/** Random tokens, files that only their owner can read, strict parsing of their content, and settings that print as dots. */
@Export
@Version("2.1.0")
package org.catseye.secrets;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
