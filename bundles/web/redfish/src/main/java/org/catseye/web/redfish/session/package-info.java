/** Logins of Redfish clients. */
package org.catseye.web.redfish.session;
