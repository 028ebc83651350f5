package org.catseye.web.socket.viewer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.catseye.video.Frame;
import org.catseye.video.VideoFormat;

/**
 * The bytes that precede a frame on the wire, built once per frame and shared by all viewers of a hub. Kept per buffer object of the
 * hub: when a buffer carries a new frame, no viewer is still sending the head of the old one, because a viewer holds the frame while it sends it.
 * Thread-safe.
 */
public final class FrameHeads {

    /** Ends each part of the multipart stream; the boundary goes at the end so that a client sees the frame complete at once. */
    public static final byte[] BOUNDARY = "\r\n--frame\r\n".getBytes(StandardCharsets.US_ASCII);

    /** The longest head of an unmasked WebSocket frame, in bytes (RFC 6455 section 5.2). */
    public static final int WEBSOCKET_HEAD = 10;
    /** Bytes of the header of catseye.video.v1. */
    public static final int VIDEO_HEAD = 32;
    private static final int MAX_HEADS = 128;

    /** When the wall clock is set (a device without a battery gets the time late), times follow it; they do not follow its jitter. */
    private static final long STEP_NANOS = 100_000_000;

    private final LongSupplier wallMillis;
    /** Difference between the clocks, for the wire's capture time: epoch minus monotonic. Guarded by this, as all below. */
    private long epochOffsetNanos;
    private final Map<ByteBuffer, Heads> heads = new IdentityHashMap<>();
    /** Of the frames in {@link #heads}: another format brings other buffers, and the memory of the old ones must be released. */
    private VideoFormat format;

    public FrameHeads() {
        this(System::currentTimeMillis);
    }

    public FrameHeads(LongSupplier wallMillis) {
        this.wallMillis = wallMillis;
    }

    /** One frame's heads: direct buffers, to be duplicated. */
    public static final class Heads {
        private final ByteBuffer socket = ByteBuffer.allocateDirect(WEBSOCKET_HEAD + VIDEO_HEAD);
        private final ByteBuffer part = ByteBuffer.allocateDirect(128);
        private long sequence = -1;

        public ByteBuffer socketHead() {
            return socket;
        }

        /** Content-Type, Content-Length, X-Timestamp and the empty line; always of the same length. */
        public ByteBuffer partHead() {
            return part;
        }
    }

    public synchronized Heads headsOf(Frame frame) {
        if (heads.size() > MAX_HEADS || !frame.format().equals(format)) {
            heads.clear();
            format = frame.format();
        }
        Heads of = heads.computeIfAbsent(frame.encodedBytes(), key -> new Heads());
        if (of.sequence != frame.sequence()) {
            writeHeads(of, frame);
            of.sequence = frame.sequence();
        }
        return of;
    }

    /** Capture time in microseconds since the epoch. */
    public synchronized long epochMicros(Frame frame) {
        long offset = wallMillis.getAsLong() * 1_000_000L - System.nanoTime();
        if (Math.abs(offset - epochOffsetNanos) > STEP_NANOS) {
            epochOffsetNanos = offset;
        }
        return (frame.capturedNanos() + epochOffsetNanos) / 1_000;
    }

    private void writeHeads(Heads of, Frame frame) {
        long micros = epochMicros(frame);
        int bytes = frame.encodedBytes().limit();
        of.socket.clear();
        putLength(of.socket.put((byte) 0x82), VIDEO_HEAD + bytes);
        of.socket.put((byte) 1).put((byte) frame.format().codec().wireCode()).put((byte) (frame.isKeyFrame() ? 1 : 0)).put((byte) 0);
        of.socket.putInt((int) frame.sequence()).putLong(micros);
        of.socket.putShort((short) frame.format().width()).putShort((short) frame.format().height());
        of.socket.putInt(bytes).putLong(0).flip();
        of.part.clear();
        putAscii(of.part, "Content-Type: image/jpeg\r\nContent-Length: ");
        putDigits(of.part, bytes, 0);
        putAscii(of.part, "\r\nX-Timestamp: ");
        putDigits(of.part, micros / 1_000_000, 0);
        of.part.put((byte) '.');
        putDigits(of.part, micros % 1_000_000, 6);
        putAscii(of.part, "\r\n\r\n");
        of.part.flip();
    }

    /** A timestamp as uStreamer writes it: seconds with six decimals. */
    public static String formatSeconds(long micros) {
        return String.format(Locale.ROOT, "%d.%06d", micros / 1_000_000, micros % 1_000_000);
    }

    /** In the shortest form, which RFC 6455 section 5.2 demands and browsers check. */
    private static void putLength(ByteBuffer to, int bytes) {
        if (bytes > 0xffff) {
            to.put((byte) 127).putLong(bytes);
        } else if (bytes > 125) {
            to.put((byte) 126).putShort((short) bytes);
        } else {
            to.put((byte) bytes);
        }
    }

    private static void putAscii(ByteBuffer to, String text) {
        for (int i = 0; i < text.length(); i++) {
            to.put((byte) text.charAt(i));
        }
    }

    /** Without garbage: this runs for every frame. */
    private static void putDigits(ByteBuffer to, long value, int least) {
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
