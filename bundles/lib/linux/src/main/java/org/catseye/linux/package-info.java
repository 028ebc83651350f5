/**
 * The C library functions that drivers need, with objects instead of raw descriptors. An {@link org.catseye.linux.Fd} and a
 * {@link org.catseye.linux.Mapping} close once and cannot be used afterwards. A {@link org.catseye.linux.Poller} waits for
 * several of them and can be woken by another thread. Failures carry a description ({@link org.catseye.linux.ErrnoException}).
 * Calls interrupted by a signal (EINTR) are repeated. This package contains all native code of Catseye; it needs no shell, no
 * helper process and no library other than libc.
 */
@Export
@Version("1.1.0")
package org.catseye.linux;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
