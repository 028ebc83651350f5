/** Which settings are secret, and their references in ConfigurationAdmin. */
package org.catseye.core.config.secret;
