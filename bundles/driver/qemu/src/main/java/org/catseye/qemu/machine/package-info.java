/** The power of a virtual machine: the states that QEMU reports, and what its power button and reset button do. */
package org.catseye.qemu.machine;
