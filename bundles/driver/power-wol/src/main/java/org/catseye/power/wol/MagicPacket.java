package org.catseye.power.wol;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The packet that wakes one computer, as in AMD's white paper "Magic Packet Technology" (1995): six bytes 0xff, sixteen times the MAC
 * address, and the SecureOn password if the network card requires one. Immutable.
 */
final class MagicPacket {

    private static final int ADDRESS_BYTES = 6;
    private static final int REPETITIONS = 16;
    private static final byte SYNC = (byte) 0xff;
    /** Pairs of digits with the same separator or none between them, or Cisco's three groups. */
    private static final String SIX_BYTES = "\\p{XDigit}{2}(?:([:-]?)\\p{XDigit}{2})(?:\\1\\p{XDigit}{2}){4}|\\p{XDigit}{4}(?:\\.\\p{XDigit}{4}){2}";

    private final byte[] payload;

    /** @param mac six bytes @param password six bytes, if the network card requires it */
    MagicPacket(byte[] mac, Optional<byte[]> password) {
        ByteBuffer buffer = ByteBuffer.allocate(ADDRESS_BYTES * (1 + REPETITIONS) + password.map(bytes -> bytes.length).orElse(0));
        for (int i = 0; i < ADDRESS_BYTES; i++) {
            buffer.put(SYNC);
        }
        for (int i = 0; i < REPETITIONS; i++) {
            buffer.put(mac);
        }
        password.ifPresent(buffer::put);
        payload = buffer.array();
    }

    /** A MAC address in one of the usual notations; empty if it is none. */
    static Optional<byte[]> parseSixBytes(String text) {
        return text.matches(SIX_BYTES) ? Optional.of(HexFormat.of().parseHex(text.replaceAll("[:.-]", ""))) : Optional.empty();
    }

    /** What is sent, 102 bytes, or 108 with a password; a copy. */
    byte[] toBytes() {
        return payload.clone();
    }
}
