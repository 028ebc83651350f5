package org.catseye.web.socket.viewer;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotSame;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.catseye.video.Codec;
import org.catseye.video.Frame;
import org.catseye.video.VideoFormat;
import org.junit.Test;

public class FrameHeadsTest {

    private static final VideoFormat JPEG = new VideoFormat(Codec.JPEG, 1920, 1080);
    private final AtomicLong wall = new AtomicLong(1_700_000_000_000L);
    private final FrameHeads heads = new FrameHeads(wall::get);

    private record Picture(VideoFormat format, ByteBuffer encodedBytes, long sequence, long capturedNanos, boolean isKeyFrame) implements Frame {
        @Override
        public Frame retain() {
            return this;
        }

        @Override
        public void close() {
        }
    }

    @Test
    public void theHeaderOnTheWireIsTheContractsToTheByte() {
        ByteBuffer head = heads.headsOf(new Picture(JPEG, ByteBuffer.allocate(70_000), 0x1_0203_0405L, System.nanoTime(), true)).socketHead();
        byte[] bytes = bytes(head);
        assertEquals(42, bytes.length);
        HexFormat hex = HexFormat.of();
        assertEquals("WebSocket: whole, binary, 64-bit length of 70032", "827f0000000000011190", hex.formatHex(bytes, 0, 10));
        assertEquals("version, JPEG, key, 0", "01010100", hex.formatHex(bytes, 10, 14));
        assertEquals("low 32 bits of the sequence", "02030405", hex.formatHex(bytes, 14, 18));
        long micros = ByteBuffer.wrap(bytes).getLong(18);
        assertEquals("epoch", 1_700_000_000_000_000.0, micros, 1e6);
        assertEquals("1920 x 1080", "07800438", hex.formatHex(bytes, 26, 30));
        assertEquals("payload", "00011170", hex.formatHex(bytes, 30, 34));
        assertEquals("reserved", "0000000000000000", hex.formatHex(bytes, 34, 42));
    }

    @Test
    public void h264AndTheLargestPictureAreMarkedAsSuch() {
        VideoFormat large = new VideoFormat(Codec.H264, 65_535, 65_535);
        byte[] bytes = bytes(heads.headsOf(new Picture(large, ByteBuffer.allocate(5), 0xffff_ffffL, 0, false)).socketHead());
        assertEquals("01020000ffffffff", HexFormat.of().formatHex(bytes, 2, 10));
        assertEquals("ffffffff", HexFormat.of().formatHex(bytes, 18, 22));
    }

    @Test
    public void theLengthIsInItsShortestForm() {
        assertEquals("827d", headOf(125));
        assertEquals("827e007e", headOf(126));
        assertEquals("827effff", headOf(65_535));
        assertEquals("827f0000000000010000", headOf(65_536));
    }

    @Test
    public void thePartsHeadIsThatOfUStreamer() {
        Picture picture = new Picture(JPEG, ByteBuffer.allocate(12_345), 1, System.nanoTime(), true);
        String head = new String(bytes(heads.headsOf(picture).partHead()), StandardCharsets.US_ASCII);
        String pattern = "Content-Type: image/jpeg\r\nContent-Length: 12345\r\nX-Timestamp: \\d{10}\\.\\d{6}\r\n\r\n";
        assertTrue(head, head.matches(pattern));
        assertTrue("same as in words", head.contains(FrameHeads.formatSeconds(heads.epochMicros(picture))));
    }

    @Test
    public void aBufferThatCarriesANewFrameGetsANewHeadInTheSamePlace() {
        ByteBuffer memory = ByteBuffer.allocate(100);
        FrameHeads.Heads first = heads.headsOf(new Picture(JPEG, memory, 1, 0, true));
        assertSame(first, heads.headsOf(new Picture(JPEG, memory, 1, 0, true)));
        memory.limit(60);
        FrameHeads.Heads second = heads.headsOf(new Picture(JPEG, memory, 2, 0, true));
        assertSame("no garbage", first, second);
        assertEquals("and of the length it has now: 92", 0x825c, second.socketHead().getShort(0) & 0xffff);
        assertEquals(2, second.socketHead().getInt(6));
        assertEquals(60, second.socketHead().getInt(22));
        assertTrue(new String(bytes(second.partHead()), StandardCharsets.US_ASCII).contains("Content-Length: 60\r\n"));
    }

    @Test
    public void buffersOfAFormatThatWentAreForgotten() {
        ByteBuffer memory = ByteBuffer.allocate(100);
        FrameHeads.Heads first = heads.headsOf(new Picture(JPEG, memory, 1, 0, true));
        for (int width : new int[] {640, 800}) {
            heads.headsOf(new Picture(new VideoFormat(Codec.H264, width, 480), ByteBuffer.allocate(100), 2, 0, true));
            assertSame("several qualities at a time", first, heads.headsOf(new Picture(JPEG, memory, 1, 0, true)));
        }
        for (int width : new int[] {1024, 1152, 1280, 1366, 1600}) {
            heads.headsOf(new Picture(new VideoFormat(Codec.JPEG, width, 480), ByteBuffer.allocate(100), 2, 0, true));
        }
        assertNotSame(first, heads.headsOf(new Picture(JPEG, memory, 1, 0, true)));
    }

    @Test
    public void aClockThatIsSetIsFollowed() {
        Picture picture = new Picture(JPEG, ByteBuffer.allocate(1), 1, System.nanoTime(), true);
        long before = heads.epochMicros(picture);
        wall.addAndGet(TimeUnit.DAYS.toMillis(365));
        long step = heads.epochMicros(picture) - before;
        assertEquals(TimeUnit.DAYS.toMicros(365), step, 10e6);
    }

    @Test
    public void secondsHaveSixDecimals() {
        assertEquals("0.000001", FrameHeads.formatSeconds(1));
        assertEquals("1700000000.000000", FrameHeads.formatSeconds(1_700_000_000_000_000L));
    }

    /** The head of a WebSocket frame of that many bytes, before the header of the video. */
    private String headOf(int length) {
        ByteBuffer data = ByteBuffer.allocate(length - FrameHeads.VIDEO_HEAD);
        byte[] bytes = bytes(heads.headsOf(new Picture(JPEG, data, 1, 0, true)).socketHead());
        return HexFormat.of().formatHex(bytes, 0, bytes.length - FrameHeads.VIDEO_HEAD);
    }

    private static byte[] bytes(ByteBuffer head) {
        byte[] bytes = new byte[head.limit()];
        head.duplicate().position(0).get(bytes);
        return bytes;
    }
}
