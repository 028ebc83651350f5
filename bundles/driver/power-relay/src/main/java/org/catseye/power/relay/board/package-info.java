/**
 * USB relay boards of two kinds. {@code BoardNodes} finds a board in sysfs and opens it, {@code HidBoard} and {@code LcusBoard} have the
 * protocols, and {@code Boards} shares an open board among the power controls that use its relays.
 */
package org.catseye.power.relay.board;
