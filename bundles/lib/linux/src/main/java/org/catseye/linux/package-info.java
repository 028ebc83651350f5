/**
 * The few calls of the C library that a driver needs, with owners instead of bare numbers: an {@link org.catseye.linux.Fd} and a
 * {@link org.catseye.linux.Mapping} close once and cannot be used afterwards, a {@link org.catseye.linux.Poller} waits for
 * several of them and can be woken by another thread, and what fails says so in words ({@link org.catseye.linux.ErrnoException}).
 * Calls interrupted by a signal (EINTR) are repeated. All native code of Catseye is behind this package; it needs no shell, no
 * helper process and no library but libc.
 */
@Export
@Version("1.0.0")
package org.catseye.linux;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
