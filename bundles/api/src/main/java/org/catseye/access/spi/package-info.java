/**
 * For bundles that know users. Access control ({@link org.catseye.access.AccessControl}) keeps sessions, tokens, the brake on guessing and the
 * audit, and asks every {@link org.catseye.access.spi.Authenticator}, the one with the highest service ranking first. One of them may be
 * {@link org.catseye.access.spi.DeviceUsers}: it keeps the users of this device, and gives a new device its owner.
 */
@Export
@Version("2.0.0")
package org.catseye.access.spi;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
