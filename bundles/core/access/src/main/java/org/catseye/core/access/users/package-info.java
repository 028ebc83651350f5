/**
 * The users of this device: authentication, second factors, the claim of a new device and the recovery of the owner. {@code LocalUsers} is the
 * authenticator; {@code UserAccounts} keeps the records of the store in memory.
 */
package org.catseye.core.access.users;
