/** Protects the Felix web console with the login of Catseye; only users with ADMIN have access. */
package org.catseye.web.console.guard;
