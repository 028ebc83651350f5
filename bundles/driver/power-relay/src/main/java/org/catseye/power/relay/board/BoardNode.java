package org.catseye.power.relay.board;

/**
 * A board that is plugged in.
 *
 * @param path of its node, without symbolic links
 * @param relays how many relays it has, or can have
 */
public record BoardNode(BoardKind kind, String path, int relays) {
}
