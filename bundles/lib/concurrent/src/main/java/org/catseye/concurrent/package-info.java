/** Threads with names, work of devices that may hang, limits on how often something may happen and on the size of collections, and the keys that limits count by. */
@Export
@Version("1.2.0")
package org.catseye.concurrent;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
