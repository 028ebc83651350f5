/** Refuses invalid input in the forms of the web console. */
package org.catseye.web.console.guard.form;
