/** The self-checks of a target's devices, and the actions that they offer. */
package org.catseye.web.rest.check;
