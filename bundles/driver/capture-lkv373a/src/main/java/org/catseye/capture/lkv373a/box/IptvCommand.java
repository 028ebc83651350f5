package org.catseye.capture.lkv373a.box;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A command of the boxes' control protocol (captured by John-K/lkctl): {@code "IPTV_CMD"}, callback address and port, 0x74, command,
 * length, a checksum of these two, then the payload, followed by its checksum. Big-endian. The command of an answer is that of the
 * request plus one. Immutable, except for the payload's array.
 *
 * @param command the command's number
 * @param payload without its checksum; a copy
 */
record IptvCommand(int command, byte[] payload) {

    /** Requests the box's name and address. */
    static final int DISCOVER = 0x00fe;
    /** Requests whether the box's input has a signal ("lock"). */
    static final int QUERY_SIGNAL = 0x0011;

    private static final long MAGIC = 0x4950_5456_5f43_4d44L;
    private static final int HEADER_BYTES = 20;
    private static final int MAX_PAYLOAD_BYTES = 1024;
    private static final int NAME_BYTES = 32;
    private static final int MIN_ADVERTISEMENT_BYTES = 12;
    private static final int MAX_ADVERTISEMENT_BYTES = 64;

    /** A box that was found. @param name from its maker, such as TX_003B4FA51720; may be empty */
    record BoxIdentity(String name, Inet4Address address) {
    }

    static IptvCommand discoveryRequest() {
        return new IptvCommand(DISCOVER, new byte[10]);
    }

    static IptvCommand signalRequest() {
        return new IptvCommand(QUERY_SIGNAL, new byte[1]);
    }

    /** The bytes on the wire. @param callback the address for the answer */
    ByteBuffer encodeFrame(Inet4Address callback, int port) {
        int length = payload.length + 1;
        ByteBuffer frame = ByteBuffer.allocate(HEADER_BYTES + length);
        frame.putLong(MAGIC).put(callback.getAddress()).putShort((short) port).put((byte) 0x74);
        frame.putShort((short) command).putShort((short) length).put((byte) computeChecksum(frame, 15, 19)).put(payload);
        return frame.put((byte) computeChecksum(frame, HEADER_BYTES, HEADER_BYTES + payload.length)).flip();
    }

    /** @param bytes from 0 to the limit. @return empty unless it is a whole command with correct checksums */
    static Optional<IptvCommand> parseFrame(ByteBuffer bytes) {
        if (bytes.limit() <= HEADER_BYTES || bytes.getLong(0) != MAGIC) {
            return Optional.empty();
        }
        int length = bytes.getShort(17) & 0xffff;
        boolean whole = length > 0 && length <= MAX_PAYLOAD_BYTES && HEADER_BYTES + length <= bytes.limit();
        if (!whole || (bytes.get(19) & 0xff) != computeChecksum(bytes, 15, 19)
            || (bytes.get(HEADER_BYTES + length - 1) & 0xff) != computeChecksum(bytes, HEADER_BYTES, HEADER_BYTES + length - 1)) {
            return Optional.empty();
        }
        byte[] payload = new byte[length - 1];
        bytes.get(HEADER_BYTES, payload);
        return Optional.of(new IptvCommand(bytes.getShort(15) & 0xffff, payload));
    }

    /** The box in an answer to {@link #discoveryRequest()}; empty for another command. */
    Optional<BoxIdentity> boxIdentity() {
        if (command != DISCOVER + 1 || payload.length < NAME_BYTES + 4) {
            return Optional.empty();
        }
        String name = new String(payload, 0, NAME_BYTES, StandardCharsets.US_ASCII).replaceAll("[^\\x21-\\x7e]", "");
        return parseAddress(ByteBuffer.wrap(payload), NAME_BYTES).map(address -> new BoxIdentity(name, address));
    }

    /** Whether the input has a signal, in an answer to {@link #signalRequest()}; empty for another command. */
    Optional<Boolean> signalPresent() {
        return command == QUERY_SIGNAL + 1 && payload.length >= 2 ? Optional.of(payload[1] == 1) : Optional.empty();
    }

    /** Parses what a box sends to port 6000 every second or two: 01 00, its address, and the ports that it listens on. */
    static Optional<BoxIdentity> parseAdvertisement(ByteBuffer bytes) {
        if (bytes.limit() < MIN_ADVERTISEMENT_BYTES || bytes.limit() > MAX_ADVERTISEMENT_BYTES || bytes.getShort(0) != 0x0100) {
            return Optional.empty();
        }
        return parseAddress(bytes, 2).map(address -> new BoxIdentity("", address));
    }

    private static Optional<Inet4Address> parseAddress(ByteBuffer bytes, int at) {
        byte[] address = new byte[4];
        bytes.get(at, address);
        try {
            InetAddress found = InetAddress.getByAddress(address);
            boolean usable = !found.isAnyLocalAddress() && !found.isMulticastAddress() && address[0] != -1;
            return usable ? Optional.of((Inet4Address) found) : Optional.empty();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are always an address", e);
        }
    }

    private static int computeChecksum(ByteBuffer bytes, int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            sum += bytes.get(i);
        }
        return sum & 0xff;
    }
}
