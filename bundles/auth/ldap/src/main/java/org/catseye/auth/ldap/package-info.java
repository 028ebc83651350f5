/**
 * People log in with their accounts of an LDAP directory. {@link org.catseye.auth.ldap.LdapSetup} reads the configuration and offers
 * {@link org.catseye.auth.ldap.LdapUsers} while that makes sense.
 */
package org.catseye.auth.ldap;
