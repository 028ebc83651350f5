/**
 * Access control. {@code AccessService} answers requests and permission checks; {@code login}, {@code authenticator}, {@code session} and
 * {@code users} have the parts, and {@code administration} the services that change users and sessions.
 */
package org.catseye.core.access;
