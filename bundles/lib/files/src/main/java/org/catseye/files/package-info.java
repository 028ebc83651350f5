/**
 * Files that are replaced whole: the new content or the old one, also after a power cut, and readable for the owner only. And small files of the
 * kernel, each of which may be missing.
 */
@Export
@Version("1.0.0")
package org.catseye.files;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
