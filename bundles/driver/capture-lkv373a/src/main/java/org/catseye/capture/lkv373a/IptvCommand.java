package org.catseye.capture.lkv373a;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The boxes' control protocol (captured by John-K/lkctl): {@code "IPTV_CMD"}, callback address and port, 0x74, command, length, a
 * checksum of these two, then the payload, whose last byte is a checksum of those before. Big-endian throughout. An answer's command
 * is the question's plus one.
 *
 * @param command its number
 * @param payload without its checksum; a copy
 */
record IptvCommand(int command, byte[] payload) {

    /** Who is there? */
    static final int DISCOVER = 0x00fe;
    /** Does the input carry a picture? */
    static final int LOCK = 0x0011;
    private static final long MAGIC = 0x4950_5456_5f43_4d44L;
    private static final int HEAD = 20;
    private static final int MOST = 1024;
    private static final int NAME = 32;

    /** A box that told of itself; its name is as its maker gave it, such as TX_003B4FA51720, or empty. */
    record Box(String name, Inet4Address address) {
    }

    static IptvCommand discover() {
        return new IptvCommand(DISCOVER, new byte[10]);
    }

    static IptvCommand lock() {
        return new IptvCommand(LOCK, new byte[1]);
    }

    /** The bytes on the wire. @param callback where the answer goes to */
    ByteBuffer frame(Inet4Address callback, int port) {
        int length = payload.length + 1;
        ByteBuffer frame = ByteBuffer.allocate(HEAD + length);
        frame.putLong(MAGIC).put(callback.getAddress()).putShort((short) port).put((byte) 0x74);
        frame.putShort((short) command).putShort((short) length).put((byte) sum(frame, 15, 19)).put(payload);
        return frame.put((byte) sum(frame, HEAD, HEAD + payload.length)).flip();
    }

    /** @param bytes from 0 to the limit; empty if it is no whole command with right checksums */
    static Optional<IptvCommand> parse(ByteBuffer bytes) {
        if (bytes.limit() <= HEAD || bytes.getLong(0) != MAGIC) {
            return Optional.empty();
        }
        int length = bytes.getShort(17) & 0xffff;
        boolean whole = length > 0 && length <= MOST && HEAD + length <= bytes.limit();
        if (!whole || (bytes.get(19) & 0xff) != sum(bytes, 15, 19) || (bytes.get(HEAD + length - 1) & 0xff) != sum(bytes, HEAD, HEAD + length - 1)) {
            return Optional.empty();
        }
        byte[] payload = new byte[length - 1];
        bytes.get(HEAD, payload);
        return Optional.of(new IptvCommand(bytes.getShort(15) & 0xffff, payload));
    }

    /** What an answer to {@link #discover()} tells; empty if it is another command. */
    Optional<Box> box() {
        if (command != DISCOVER + 1 || payload.length < NAME + 4) {
            return Optional.empty();
        }
        String name = new String(payload, 0, NAME, StandardCharsets.US_ASCII).replaceAll("[^\\x21-\\x7e]", "");
        return address(ByteBuffer.wrap(payload), NAME).map(address -> new Box(name, address));
    }

    /** What an answer to {@link #lock()} tells; empty if it is another command. */
    Optional<Boolean> locked() {
        return command == LOCK + 1 && payload.length >= 2 ? Optional.of(payload[1] == 1) : Optional.empty();
    }

    /** What a box sends to port 6000 every second or two: 01 00, its address, the ports it listens on. */
    static Optional<Box> advertisement(ByteBuffer bytes) {
        if (bytes.limit() < 12 || bytes.limit() > 64 || bytes.getShort(0) != 0x0100) {
            return Optional.empty();
        }
        return address(bytes, 2).map(address -> new Box("", address));
    }

    private static Optional<Inet4Address> address(ByteBuffer bytes, int at) {
        byte[] address = new byte[4];
        bytes.get(at, address);
        try {
            InetAddress found = InetAddress.getByAddress(address);
            boolean usable = !found.isAnyLocalAddress() && !found.isMulticastAddress() && address[0] != -1;
            return usable ? Optional.of((Inet4Address) found) : Optional.empty();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static int sum(ByteBuffer bytes, int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            sum += bytes.get(i);
        }
        return sum & 0xff;
    }
}
