/**
 * For bundles that authenticate users. Access control ({@link org.catseye.access.AccessControl}) manages sessions and API tokens,
 * limits the number of attempts and applies all rules about users. It calls each {@link org.catseye.access.spi.Authenticator} in
 * order of service ranking, highest first. The users of this device are stored in a {@link org.catseye.access.spi.UserStore} and
 * authenticated by access control itself ({@link org.catseye.access.spi.DeviceUsers}).
 */
@Export
@Version("2.0.0")
package org.catseye.access.spi;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
