/** The makers of plug-ins whose signatures this device trusts. */
@Export
@Version("1.0.0")
package org.catseye.plugins.makers;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
