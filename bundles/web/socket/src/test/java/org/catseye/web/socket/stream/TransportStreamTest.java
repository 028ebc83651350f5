package org.catseye.web.socket.stream;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.catseye.video.Codec;
import org.catseye.video.Frame;
import org.catseye.video.VideoFormat;
import org.junit.Test;

public class TransportStreamTest {

    private static final byte[] DELIMITER = {0, 0, 0, 1, 9, (byte) 0xf0};
    private static final long FRAME_NANOS = TimeUnit.SECONDS.toNanos(1) / 25;

    private final TransportStream stream = new TransportStream();
    private final Map<Integer, Integer> counters = new HashMap<>();
    private long pts;
    private long clock;

    @Test
    public void eachSizeOfAUnitComesBackWhole() {
        Random random = new Random(7);
        for (int size = 5; size < 1200; size++) {
            byte[] unit = unit(random, size);
            byte[] expected = Arrays.copyOf(DELIMITER, DELIMITER.length + size);
            System.arraycopy(unit, 0, expected, DELIMITER.length, size);
            assertArrayEquals("size " + size, expected, read(write(unit, size % 25 == 0, size * FRAME_NANOS)));
        }
    }

    @Test
    public void aLargeUnitComesBackWhole() {
        byte[] unit = unit(new Random(8), 700_001);
        byte[] payload = read(write(unit, true, 0));
        assertArrayEquals(unit, Arrays.copyOfRange(payload, DELIMITER.length, payload.length));
    }

    @Test
    public void aUnitThatHasADelimiterGetsNoSecondOne() {
        byte[] unit = Arrays.copyOf(DELIMITER, 300);
        assertArrayEquals(unit, read(write(unit, false, 0)));
    }

    /** Beginning with the first unit, however long the device has been running, and far beyond the 33 bits of a PTS. */
    @Test
    public void theTimesAreThoseOfTheCapture() {
        long begin = 1_234_567_890_123_456L;
        long days = TimeUnit.DAYS.toNanos(2);
        read(write(unit(new Random(9), 50), true, begin));
        assertEquals(0, clock);
        assertEquals(9_000, pts);
        read(write(unit(new Random(9), 50), false, begin + FRAME_NANOS));
        assertEquals(3_600, clock);
        assertEquals(12_600, pts);
        read(write(unit(new Random(9), 50), true, begin + days));
        assertEquals((days / 1_000 * 9 / 100) % (1L << 33), clock);
        assertEquals((days / 1_000 * 9 / 100 + 9_000) % (1L << 33), pts);
    }

    @Test
    public void aKeyFrameIsPrecededByTheTables() {
        byte[] packets = write(unit(new Random(10), 50), true, 0);
        assertEquals(3 * TransportStream.PACKET, packets.length);
        assertEquals(TransportStream.PID_PROGRAMS, pidOf(packets, 0));
        assertEquals(TransportStream.PID_PROGRAM, pidOf(packets, 1));
        assertEquals("no tables", TransportStream.PACKET, write(unit(new Random(10), 50), false, 0).length);
        assertEquals("a pause", 2 * TransportStream.PACKET, bytes(stream.writePause()).length);
        for (int table = 0; table < 2; table++) {
            int section = table * TransportStream.PACKET + 5;
            int length = 3 + (packets[section + 2] & 0xff);
            assertEquals("a section with its checksum has the checksum 0", 0, TransportStream.checksum(Arrays.copyOfRange(packets, section, section + length), length));
        }
    }

    /** The check value of CRC-32/MPEG-2. */
    @Test
    public void theChecksumIsThatOfTheStandard() {
        assertEquals(0x0376e6e7, TransportStream.checksum("123456789".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 9));
    }

    private byte[] write(byte[] unit, boolean isKey, long nanos) {
        return bytes(stream.wrapUnit(new Unit(unit, isKey, nanos), ByteBuffer.wrap(unit)));
    }

    private static byte[] unit(Random random, int size) {
        byte[] unit = new byte[size];
        random.nextBytes(unit);
        System.arraycopy(new byte[] {0, 0, 0, 1, 0x65}, 0, unit, 0, 5);
        return unit;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static int pidOf(byte[] packets, int packet) {
        return ByteBuffer.wrap(packets).getShort(packet * TransportStream.PACKET + 1) & 0x1fff;
    }

    /** Reads packets as a player does. @return the bytes of the PES packet after its head */
    private byte[] read(byte[] packets) {
        assertEquals(0, packets.length % TransportStream.PACKET);
        ByteArrayOutputStream video = new ByteArrayOutputStream();
        for (int at = 0; at < packets.length; at += TransportStream.PACKET) {
            ByteBuffer packet = ByteBuffer.wrap(packets, at, TransportStream.PACKET).slice();
            assertEquals(0x47, packet.get());
            int pid = packet.getShort() & 0x1fff;
            int flags = packet.get();
            int counter = counters.merge(pid, flags & 0x0f, (before, now) -> {
                assertEquals("continuity of " + pid, before + 1 & 0x0f, (int) now);
                return now;
            });
            assertEquals(flags & 0x0f, counter);
            if (pid == TransportStream.PID_VIDEO) {
                if ((flags & 0x20) != 0) {
                    skipField(packet);
                }
                video.write(packet.array(), packet.arrayOffset() + packet.position(), packet.remaining());
            }
        }
        ByteBuffer pes = ByteBuffer.wrap(video.toByteArray());
        assertEquals(0x000001e0, pes.getInt());
        assertEquals("length", 0, pes.getShort());
        assertEquals(0x84, pes.get() & 0xff);
        assertEquals(0x80, pes.get() & 0xff);
        assertEquals(5, pes.get());
        int high = pes.get();
        int middle = pes.getShort();
        int low = pes.getShort();
        assertTrue("markers", (high & 0xf1) == 0x21 && (middle & 1) == 1 && (low & 1) == 1);
        pts = (long) (high & 0x0e) << 29 | (middle & 0xfffe) << 14 | (low & 0xfffe) >> 1;
        return bytes(pes);
    }

    private void skipField(ByteBuffer packet) {
        int length = packet.get() & 0xff;
        int end = packet.position() + length;
        if (length > 0 && (packet.get() & 0x10) != 0) {
            long base = packet.getInt() & 0xffff_ffffL;
            clock = base << 1 | (packet.getShort() & 0x8000) >> 15;
        }
        while (packet.position() < end) {
            assertEquals("stuffing", (byte) 0xff, packet.get());
        }
    }

    private record Unit(byte[] bytes, boolean isKeyFrame, long capturedNanos) implements Frame {

        @Override
        public VideoFormat format() {
            return new VideoFormat(Codec.H264, 640, 480);
        }

        @Override
        public ByteBuffer encodedBytes() {
            return ByteBuffer.wrap(bytes);
        }

        @Override
        public long sequence() {
            return 1;
        }

        @Override
        public Frame retain() {
            return this;
        }

        @Override
        public void close() {
        }
    }
}
