/**
 * The users of this device in {@code <home>/access/users.json}: password hashes, second factors, roles and rights, the claim of a new device, and
 * the way back in for who has a shell. {@link org.catseye.auth.file.FileUsers} is the way in.
 */
package org.catseye.auth.file;
