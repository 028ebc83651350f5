/** Logins, API tokens and the claim of a new device. */
package org.catseye.web.rest.session;
