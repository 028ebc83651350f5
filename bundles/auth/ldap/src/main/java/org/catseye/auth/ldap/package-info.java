/**
 * Users log in with their accounts of an LDAP directory. {@link org.catseye.auth.ldap.LdapSetup} reads the configuration and registers
 * {@link org.catseye.auth.ldap.LdapAuthenticator} while it is valid.
 */
package org.catseye.auth.ldap;
