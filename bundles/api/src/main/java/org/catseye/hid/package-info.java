/**
 * Keyboard and pointer input for viewers: one prototype-scoped {@link org.catseye.hid.HidSession} service per target, identified
 * by the service property {@code kvm.target}. Each viewer has its own session. When the session ends for any reason, all of its
 * keys and buttons are released.
 */
@Export
@Version("2.1.0")
package org.catseye.hid;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
