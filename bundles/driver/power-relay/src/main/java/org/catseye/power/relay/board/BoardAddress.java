package org.catseye.power.relay.board;

/**
 * How a configuration names a board.
 *
 * @param device a path that the kind allows; empty for the only board of its kind
 * @param serial the serial number of a HID board; empty for any
 */
public record BoardAddress(BoardKind kind, String device, String serial) {
}
