package org.catseye.web.socket.viewer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
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
    private static final int MAX_HEADS = 768;
    private static final int MAX_FORMATS = 5;

    /** When the wall clock is set (a device without a battery gets the time late), times follow it; they do not follow its jitter. */
    private static final long STEP_NANOS = 100_000_000;

    private final LongSupplier wallMillis;
    /** Difference between the clocks, for the wire's capture time: epoch minus monotonic. Guarded by this, as all below. */
    private long epochOffsetNanos;
    /** By format, the one used last at the end: another format brings other buffers, and the memory of the old ones must be released. */
    private final Map<VideoFormat, Map<ByteBuffer, Heads>> heads = new LinkedHashMap<>(8, 0.75f, true);

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
        Map<ByteBuffer, Heads> ofFormat = heads.get(frame.format());
        if (ofFormat == null) {
            removeOldestFormat();
            ofFormat = new IdentityHashMap<>();
            heads.put(frame.format(), ofFormat);
        }
        if (ofFormat.size() > MAX_HEADS) {
            ofFormat.clear();
        }
        Heads of = ofFormat.computeIfAbsent(frame.encodedBytes(), key -> new Heads());
        if (of.sequence != frame.sequence()) {
            writeHeads(of, frame);
            of.sequence = frame.sequence();
        }
        return of;
    }

    /** Makes room for another format. The picture of a target comes in few at a time: unchanged, as JPEG and in lower qualities. */
    private void removeOldestFormat() {
        if (heads.size() >= MAX_FORMATS) {
            Iterator<VideoFormat> oldest = heads.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** Writes the head of a frame that is numbered for one viewer. @param head of that viewer, {@link #WEBSOCKET_HEAD} and {@link #VIDEO_HEAD} bytes */
    public void writeSocketHead(ByteBuffer head, Frame frame) {
        long micros = epochMicros(frame);
        writeSocketHead(head, frame, micros);
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
        writeSocketHead(of.socket, frame, micros);
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

    /** As {@link #writeSocketHead(ByteBuffer, Frame)}, for a message with another payload. @param bytes of the payload */
    public void writeMessageHead(ByteBuffer head, Frame frame, int bytes) {
        writeSocketHead(head, frame, epochMicros(frame), bytes);
    }

    private static void writeSocketHead(ByteBuffer head, Frame frame, long micros) {
        writeSocketHead(head, frame, micros, frame.encodedBytes().limit());
    }

    private static void writeSocketHead(ByteBuffer head, Frame frame, long micros, int bytes) {
        head.clear();
        putLength(head.put((byte) 0x82), VIDEO_HEAD + bytes);
        head.put((byte) 1).put((byte) frame.format().codec().wireCode()).put((byte) (frame.isKeyFrame() ? 1 : 0)).put((byte) 0);
        head.putInt((int) frame.sequence()).putLong(micros);
        head.putShort((short) frame.format().width()).putShort((short) frame.format().height());
        head.putInt(bytes).putLong(0).flip();
    }

    /** A timestamp as uStreamer writes it: seconds with six decimals. */
    public static String formatSeconds(long micros) {
        return String.format(Locale.ROOT, "%d.%06d", micros / 1_000_000, micros % 1_000_000);
    }

    /** In the shortest form, which RFC 6455 section 5.2 demands and browsers check. */
    public static void putLength(ByteBuffer to, int bytes) {
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
