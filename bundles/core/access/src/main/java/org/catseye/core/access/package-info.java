/**
 * Access control with its state in files: users, password hashes, sessions, the claim of a new device, and the brake on guessing.
 * {@link org.catseye.core.access.FileAccessControl} is the way in.
 */
package org.catseye.core.access;
