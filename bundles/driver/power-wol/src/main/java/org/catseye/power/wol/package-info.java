/**
 * Switches computers on over the network. {@code WakeOnLan} is the power control, {@code MagicPacket} the packet, and
 * {@code PacketSender} sends it from the right network interface. Start reading at {@code WakeOnLan}.
 */
package org.catseye.power.wol;
