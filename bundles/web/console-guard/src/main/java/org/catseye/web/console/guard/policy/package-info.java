/** What scripts the web console may run: its own, listed by hash. Nothing of its pages is stored by browsers. */
package org.catseye.web.console.guard.policy;
