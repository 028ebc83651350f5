/** Users, roles and second factors. */
package org.catseye.web.rest.user;
