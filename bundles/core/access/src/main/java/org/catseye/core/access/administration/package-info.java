/** The services that change users, roles, second factors, sessions and API tokens. Each method checks the caller ({@code ChangePolicy}). */
package org.catseye.core.access.administration;
