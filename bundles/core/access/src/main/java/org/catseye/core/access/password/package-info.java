/** Password hashes and the rule for new passwords. */
package org.catseye.core.access.password;
