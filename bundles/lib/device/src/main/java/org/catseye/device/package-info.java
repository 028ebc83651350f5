/**
 * What drivers share and may not take from each other: reading a configuration that may hold anything
 * ({@link org.catseye.device.Options}), and a service that is there until somebody configures one ({@link org.catseye.device.StandIn}).
 */
@Export
@Version("1.0.0")
package org.catseye.device;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
