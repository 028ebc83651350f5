/** Threads with names, and limits on how often something may happen. */
@Export
@Version("1.0.0")
package org.catseye.concurrent;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
