/**
 * Reads and checks a configuration whose values may have any type: {@link org.catseye.options.Options} turns each mistake into a message
 * with PID, key, value and the values that are allowed.
 */
@Export
@Version("1.2.0")
package org.catseye.options;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
