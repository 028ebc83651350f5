/** Encrypted connections to the directory, each step within a bounded time. */
package org.catseye.auth.ldap.connection;
