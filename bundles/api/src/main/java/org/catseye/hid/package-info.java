/**
 * Keys and pointer for viewers: one prototype-scoped {@link org.catseye.hid.HidSession} service per target, found by the service
 * property {@code kvm.target}. Each viewer holds a session of its own; what it holds down goes up when it ends, however it ends.
 */
@Export
@Version("2.0.0")
package org.catseye.hid;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
