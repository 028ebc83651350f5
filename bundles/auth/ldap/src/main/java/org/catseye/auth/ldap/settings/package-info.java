/** The validated configuration: servers, filters, and the rights of groups. */
package org.catseye.auth.ldap.settings;
