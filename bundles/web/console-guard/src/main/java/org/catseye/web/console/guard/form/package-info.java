/** What the forms of the web console refuse to save. */
package org.catseye.web.console.guard.form;
