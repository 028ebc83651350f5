/** One {@link org.catseye.power.PowerHub} service per target that has a power control. */
package org.catseye.core.power;
