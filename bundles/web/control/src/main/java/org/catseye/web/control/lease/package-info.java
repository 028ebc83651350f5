/** Which user controls a target, and how control passes from one user to the next. */
package org.catseye.web.control.lease;
