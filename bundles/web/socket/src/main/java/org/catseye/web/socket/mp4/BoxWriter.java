package org.catseye.web.socket.mp4;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** Writes boxes, which begin with their size and their type (ISO/IEC 14496-12, 4.2). Not thread-safe. */
final class BoxWriter {

    private ByteBuffer out;
    private final Deque<Integer> open = new ArrayDeque<>();

    /** @param bytes the expected size; more is possible */
    BoxWriter(int bytes) {
        out = ByteBuffer.allocate(bytes);
    }

    /** Begins a box, into whatever box is open. @param type four letters */
    BoxWriter begin(String type) {
        open.push(out.position());
        return putInt(0).putText(type);
    }

    /** Begins a box with a version and flags (4.2, "full box"). */
    BoxWriter begin(String type, int version, int flags) {
        return begin(type).putInt(version << 24 | flags);
    }

    /** Ends the box that was begun last. */
    BoxWriter end() {
        int begin = open.pop();
        out.putInt(begin, out.position() - begin);
        return this;
    }

    BoxWriter putByte(int value) {
        reserve(1).put((byte) value);
        return this;
    }

    BoxWriter putShort(int value) {
        reserve(2).putShort((short) value);
        return this;
    }

    BoxWriter putInt(int value) {
        reserve(4).putInt(value);
        return this;
    }

    BoxWriter putLong(long value) {
        reserve(8).putLong(value);
        return this;
    }

    BoxWriter putText(String ascii) {
        return putBytes(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    BoxWriter putBytes(byte[] bytes) {
        reserve(bytes.length).put(bytes);
        return this;
    }

    BoxWriter putZeros(int count) {
        return putBytes(new byte[count]);
    }

    int position() {
        return out.position();
    }

    /** Replaces a value that was not known when it was written. */
    void replaceInt(int at, int value) {
        out.putInt(at, value);
    }

    byte[] toBytes() {
        return Arrays.copyOf(out.array(), out.position());
    }

    private ByteBuffer reserve(int count) {
        if (out.remaining() < count) {
            out = ByteBuffer.allocate(Math.max(2 * out.capacity(), out.position() + count)).put(out.flip());
        }
        return out;
    }
}
