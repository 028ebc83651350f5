/**
 * For bundles that authenticate users. Access control ({@link org.catseye.access.AccessControl}) keeps sessions, API tokens, the limit on
 * guessing and all rules about users. It asks each {@link org.catseye.access.spi.Authenticator}, the one with the highest service ranking
 * first. The users of this device are kept in a {@link org.catseye.access.spi.UserStore}; access control authenticates them itself
 * ({@link org.catseye.access.spi.DeviceUsers}).
 */
@Export
@Version("2.0.0")
package org.catseye.access.spi;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
