/** The order of a login and of a new proof of identity, and the limits on guessing. */
package org.catseye.core.access.login;
