/** How long ago a user proved their identity (docs/adr/0014). */
package org.catseye.core.access.proof;
