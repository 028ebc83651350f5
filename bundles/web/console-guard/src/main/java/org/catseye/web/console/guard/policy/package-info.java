/** Restricts the scripts in the web console to its own, which are listed by hash. Browsers store none of its pages. */
package org.catseye.web.console.guard.policy;
