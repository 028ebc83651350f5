/** Finds virtual machines on this computer that can be added as targets. Nothing is added by itself. Start reading at {@code MachineDiscovery}. */
package org.catseye.qemu.discovery;
