/** Puts the Felix web console behind the login of Catseye: ADMIN only. */
package org.catseye.web.console.guard;
