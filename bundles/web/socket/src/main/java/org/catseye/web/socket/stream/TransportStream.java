package org.catseye.web.socket.stream;

import java.nio.ByteBuffer;
import org.catseye.video.Frame;
import org.catseye.web.socket.viewer.UnitClock;

/**
 * An MPEG transport stream (ISO/IEC 13818-1) with one program that has one H.264 stream and no sound. Each access unit is one PES packet
 * without a length; its PTS comes from the capture time ({@link UnitClock}), and DTS equals it because no encoder here reorders pictures. The clock (PCR) is
 * sent with each unit.
 */
final class TransportStream implements StreamFormat {

    static final int PACKET = 188;
    static final int PID_PROGRAMS = 0;
    static final int PID_PROGRAM = 0x100;
    static final int PID_VIDEO = 0x101;
    private static final int HEAD = 4;
    private static final int STREAM_TYPE_H264 = 0x1b;
    private static final int NAL_DELIMITER = 9;
    /** An access unit delimiter: the standard requires one at the start of each unit (2.14.1). Any slice type may follow. */
    private static final byte[] DELIMITER = {0, 0, 0, 1, NAL_DELIMITER, (byte) 0xf0};
    private static final int PES_HEAD = 14;
    /** Length, flags and PCR. */
    private static final int CLOCK_FIELD = 8;
    /** A player buffers by the difference between PTS and PCR. In units of 90 kHz: 0.1 s. */
    private static final long DELAY = 9_000;
    private static final long MASK_33_BITS = (1L << 33) - 1;
    private static final int INITIAL_BYTES = 64 * PACKET;

    private final ByteBuffer start = ByteBuffer.allocate(PES_HEAD + DELIMITER.length);
    private ByteBuffer packets = ByteBuffer.allocateDirect(INITIAL_BYTES);
    /** The next continuity counter of each PID: programs, program, video. */
    private final int[] counters = new int[3];
    private long firstNanos;
    private boolean begun;
    private final UnitClock times = new UnitClock();

    @Override
    public String contentType() {
        return "video/mp2t";
    }

    @Override
    public ByteBuffer wrapUnit(Frame unit, ByteBuffer data) {
        long nanos = times.nextNanos(unit);
        if (!begun) {
            begun = true;
            firstNanos = nanos;
        }
        boolean delimited = isDelimited(data);
        int payload = PES_HEAD + (delimited ? 0 : DELIMITER.length) + data.remaining();
        // The first packet has the clock, and the last may be stuffed.
        reserve((payload + CLOCK_FIELD) / (PACKET - HEAD) + 4);
        if (unit.isKeyFrame()) {
            writeTables();
        }
        long clock = ticksOf(nanos);
        writePesHead(start.clear(), clock + DELAY);
        if (!delimited) {
            start.put(DELIMITER);
        }
        start.flip();
        writePayload(data, unit.isKeyFrame(), clock);
        return packets.flip();
    }

    /** The tables again: they change nothing for a player. */
    @Override
    public ByteBuffer writePause() {
        reserve(2);
        writeTables();
        return packets.flip();
    }

    /** Since the first unit, at 90 kHz. */
    private long ticksOf(long nanos) {
        return Math.max(0, nanos - firstNanos) / 1_000 * 9 / 100;
    }

    private void reserve(int count) {
        if (packets.capacity() < count * PACKET) {
            packets = ByteBuffer.allocateDirect(count * PACKET * 3 / 2);
        }
        packets.clear();
    }

    private static boolean isDelimited(ByteBuffer data) {
        int at = data.position();
        int zeros = 0;
        while (at < data.limit() && data.get(at) == 0) {
            zeros++;
            at++;
        }
        return zeros >= 2 && at + 1 < data.limit() && data.get(at) == 1 && (data.get(at + 1) & 0x1f) == NAL_DELIMITER;
    }

    /** PES packet of stream 0xe0 with a PTS (2.4.3.6). A length of 0 is allowed for video only. */
    private static void writePesHead(ByteBuffer to, long ticks) {
        long pts = ticks & MASK_33_BITS;
        to.putInt(0x000001e0).putShort((short) 0);
        // Marker bits and data alignment; only a PTS; 5 bytes of it follow.
        to.put((byte) 0x84).put((byte) 0x80).put((byte) 5);
        to.put((byte) (0x21 | pts >> 29 & 0x0e));
        to.putShort((short) (pts >> 14 & 0xfffe | 1));
        to.putShort((short) (pts << 1 & 0xfffe | 1));
    }

    /** {@link #start} and the unit in packets: the first has the clock, and the last is filled by its adaptation field. */
    private void writePayload(ByteBuffer data, boolean isKey, long clock) {
        boolean first = true;
        while (start.hasRemaining() || data.hasRemaining()) {
            int remaining = start.remaining() + data.remaining();
            int field = first ? CLOCK_FIELD : 0;
            int room = PACKET - HEAD - field;
            int stuffing = Math.max(0, room - remaining);
            writeHead(PID_VIDEO, 2, first, field + stuffing > 0);
            if (first) {
                packets.put((byte) (CLOCK_FIELD - 1 + stuffing)).put((byte) (isKey ? 0x50 : 0x10));
                putClock(clock);
                fill(stuffing);
            } else if (stuffing > 0) {
                packets.put((byte) (stuffing - 1));
                if (stuffing > 1) {
                    packets.put((byte) 0);
                    fill(stuffing - 2);
                }
            }
            int count = room - stuffing;
            count -= copy(start, count);
            copy(data, count);
            first = false;
        }
    }

    /** PCR: 33 bits at 90 kHz, 6 reserved ones, and 9 bits of the 27 MHz clock, here 0 (2.4.3.5). */
    private void putClock(long ticks) {
        long base = ticks & MASK_33_BITS;
        packets.putInt((int) (base >> 1)).putShort((short) ((base & 1) << 15 | 0x7e00));
    }

    private int copy(ByteBuffer from, int most) {
        int count = Math.min(most, from.remaining());
        packets.put(packets.position(), from, from.position(), count);
        packets.position(packets.position() + count);
        from.position(from.position() + count);
        return count;
    }

    private void writeHead(int pid, int counter, boolean begins, boolean hasField) {
        packets.put((byte) 0x47).putShort((short) ((begins ? 0x4000 : 0) | pid));
        packets.put((byte) ((hasField ? 0x30 : 0x10) | counters[counter]));
        counters[counter] = counters[counter] + 1 & 0x0f;
    }

    private void fill(int count) {
        for (int i = 0; i < count; i++) {
            packets.put((byte) 0xff);
        }
    }

    /** Program association and program map (2.4.4). */
    private void writeTables() {
        ByteBuffer programs = ByteBuffer.allocate(16);
        programs.put((byte) 0).putShort((short) 0xb00d).putShort((short) 1).put((byte) 0xc1).putShort((short) 0);
        programs.putShort((short) 1).putShort((short) (0xe000 | PID_PROGRAM));
        writeTable(PID_PROGRAMS, 0, programs);
        ByteBuffer program = ByteBuffer.allocate(21);
        program.put((byte) 2).putShort((short) 0xb012).putShort((short) 1).put((byte) 0xc1).putShort((short) 0);
        program.putShort((short) (0xe000 | PID_VIDEO)).putShort((short) 0xf000);
        program.put((byte) STREAM_TYPE_H264).putShort((short) (0xe000 | PID_VIDEO)).putShort((short) 0xf000);
        writeTable(PID_PROGRAM, 1, program);
    }

    private void writeTable(int pid, int counter, ByteBuffer section) {
        int length = section.position();
        section.putInt(checksum(section.array(), length)).flip();
        writeHead(pid, counter, true, false);
        // The section begins at once.
        packets.put((byte) 0).put(section);
        fill(PACKET - HEAD - 1 - section.limit());
    }

    /** CRC-32/MPEG-2: polynomial 0x04c11db7, not reflected, begins with ones (Annex A). */
    static int checksum(byte[] bytes, int length) {
        int sum = -1;
        for (int i = 0; i < length; i++) {
            sum ^= bytes[i] << 24;
            for (int bit = 0; bit < 8; bit++) {
                sum = sum < 0 ? sum << 1 ^ 0x04c11db7 : sum << 1;
            }
        }
        return sum;
    }
}
