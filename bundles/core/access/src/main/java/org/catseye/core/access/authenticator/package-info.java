/**
 * The authenticators that currently exist, how they are called, and what they last said about the users of sessions. {@code UserStatus} turns that
 * into the rights of a session.
 */
package org.catseye.core.access.authenticator;
