package org.catseye.web.socket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.catseye.video.Frame;
import org.catseye.video.VideoFormat;

/**
 * What goes before a frame's bytes on the wire, made once per frame and shared by all viewers of a hub. Kept per buffer object of
 * the hub: when a buffer carries a new frame, nobody can still be sending the head of the old one, because whoever sends it
 * holds the frame. Thread-safe.
 */
final class FrameHeads {

    /** Ends each part of the multipart stream; the boundary goes at the end so that a client sees the frame complete at once. */
    static final byte[] BOUNDARY = "\r\n--frame\r\n".getBytes(StandardCharsets.US_ASCII);

    /** Most bytes of a WebSocket frame's head (RFC 6455 section 5.2), not masked. */
    static final int WEBSOCKET_HEAD = 10;
    /** Bytes of the header of catseye.video.v1. */
    static final int VIDEO_HEAD = 32;
    private static final int MOST_HEADS = 128;

    /** A wall clock that is set (a device without a clock of its own learns the time late) is followed; its jitter is not. */
    private static final long STEP_NANOS = 100_000_000;

    private final LongSupplier wallMillis;
    /** Difference between the clocks, for the wire's capture time: epoch minus monotonic. Guarded by this, as all below. */
    private long epochOffsetNanos;
    private final Map<ByteBuffer, Heads> heads = new IdentityHashMap<>();
    /** Of the frames in {@link #heads}: with another format come other buffers, and the old ones' memory must go. */
    private VideoFormat format;

    FrameHeads() {
        this(System::currentTimeMillis);
    }

    FrameHeads(LongSupplier wallMillis) {
        this.wallMillis = wallMillis;
    }

    /** One frame's heads: direct buffers, to be duplicated. */
    static final class Heads {
        private final ByteBuffer socket = ByteBuffer.allocateDirect(WEBSOCKET_HEAD + VIDEO_HEAD);
        private final ByteBuffer part = ByteBuffer.allocateDirect(128);
        private long sequence = -1;

        ByteBuffer socket() {
            return socket;
        }

        /** Content-Type, Content-Length, X-Timestamp and the empty line; always of the same length. */
        ByteBuffer part() {
            return part;
        }
    }

    synchronized Heads of(Frame frame) {
        if (heads.size() > MOST_HEADS || !frame.format().equals(format)) {
            heads.clear();
            format = frame.format();
        }
        Heads of = heads.computeIfAbsent(frame.encodedBytes(), key -> new Heads());
        if (of.sequence != frame.sequence()) {
            write(of, frame);
            of.sequence = frame.sequence();
        }
        return of;
    }

    /** Capture time in microseconds since the epoch. */
    synchronized long epochMicros(Frame frame) {
        long offset = wallMillis.getAsLong() * 1_000_000L - System.nanoTime();
        if (Math.abs(offset - epochOffsetNanos) > STEP_NANOS) {
            epochOffsetNanos = offset;
        }
        return (frame.capturedNanos() + epochOffsetNanos) / 1_000;
    }

    private void write(Heads of, Frame frame) {
        long micros = epochMicros(frame);
        int bytes = frame.encodedBytes().limit();
        of.socket.clear();
        length(of.socket.put((byte) 0x82), VIDEO_HEAD + bytes);
        of.socket.put((byte) 1).put((byte) frame.format().codec().wireCode()).put((byte) (frame.isKeyFrame() ? 1 : 0)).put((byte) 0);
        of.socket.putInt((int) frame.sequence()).putLong(micros);
        of.socket.putShort((short) frame.format().width()).putShort((short) frame.format().height());
        of.socket.putInt(bytes).putLong(0).flip();
        of.part.clear();
        ascii(of.part, "Content-Type: image/jpeg\r\nContent-Length: ");
        digits(of.part, bytes, 0);
        ascii(of.part, "\r\nX-Timestamp: ");
        digits(of.part, micros / 1_000_000, 0);
        of.part.put((byte) '.');
        digits(of.part, micros % 1_000_000, 6);
        ascii(of.part, "\r\n\r\n");
        of.part.flip();
    }

    /** A timestamp as uStreamer writes it: seconds with six decimals. */
    static String seconds(long micros) {
        return String.format(Locale.ROOT, "%d.%06d", micros / 1_000_000, micros % 1_000_000);
    }

    /** The shortest form there is, which RFC 6455 section 5.2 asks for and browsers insist on. */
    private static void length(ByteBuffer to, int bytes) {
        if (bytes > 0xffff) {
            to.put((byte) 127).putLong(bytes);
        } else if (bytes > 125) {
            to.put((byte) 126).putShort((short) bytes);
        } else {
            to.put((byte) bytes);
        }
    }

    private static void ascii(ByteBuffer to, String text) {
        for (int i = 0; i < text.length(); i++) {
            to.put((byte) text.charAt(i));
        }
    }

    /** Without garbage: this runs for every frame. */
    private static void digits(ByteBuffer to, long value, int least) {
        int count = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            count++;
        }
        count = Math.max(count, least);
        int start = to.position();
        long rest = value;
        for (int i = count - 1; i >= 0; i--) {
            to.put(start + i, (byte) ('0' + rest % 10));
            rest /= 10;
        }
        to.position(start + count);
    }
}
