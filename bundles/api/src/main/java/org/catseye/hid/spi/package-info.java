/**
 * For drivers of HID outputs. A driver registers a {@link org.catseye.hid.spi.HidTransport} with the service property
 * {@code kvm.target}. The hub of that target calls it with complete states, one call at a time.
 */
@Export
@Version("2.0.0")
package org.catseye.hid.spi;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
