package org.catseye.web.socket.stream;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.catseye.video.Codec;
import org.catseye.video.Frame;
import org.catseye.video.VideoFormat;
import org.catseye.web.socket.FakeHttp;
import org.junit.Test;

public class Mp4StreamTest {

    private static final String KEY = "000000016742c028da" + "0000000168ce3880" + "000000016588";
    private static final String DELTA = "00000001419a07";
    private static final VideoFormat FORMAT = new VideoFormat(Codec.H264, 64, 48);

    private final Mp4Stream stream = new Mp4Stream();

    @Test
    public void theHeaderComesOnceAndEachUnitIsAFragmentAtItsTime() {
        assertEquals(List.of(), write(DELTA, false, 0, FORMAT));
        assertEquals(List.of("ftyp", "moov", "moof", "mdat"), write(KEY, true, 1_000, FORMAT));
        assertEquals(0, decodeTime);
        assertEquals(List.of("moof", "mdat"), write(DELTA, false, 1_040, FORMAT));
        assertEquals(3_600, decodeTime);
        assertEquals(List.of("moof", "mdat"), write(KEY, true, 61_000, FORMAT));
        assertEquals(60 * 90_000, decodeTime);
        assertFalse(stream.isOver());
    }

    @Test
    public void aPauseSendsAnEmptyBoxOnceThereIsAHeader() {
        assertEquals(0, stream.writePause().remaining());
        write(KEY, true, 0, FORMAT);
        assertEquals(List.of("free"), boxes(stream.writePause()));
    }

    @Test
    public void theStreamEndsBeforeAnotherSizeOrOtherParameters() {
        write(KEY, true, 0, FORMAT);
        assertEquals(List.of(), write(KEY.replace("68ce3880", "68ce3881"), true, 40, FORMAT));
        assertTrue(stream.isOver());
        Mp4Stream other = new Mp4Stream();
        wrap(other, KEY, true, 0, FORMAT);
        assertEquals(0, wrap(other, KEY, true, 40, new VideoFormat(Codec.H264, 48, 64)).remaining());
        assertTrue(other.isOver());
    }

    private long decodeTime;

    private List<String> write(String hex, boolean key, long millis, VideoFormat format) {
        return boxes(wrap(stream, hex, key, millis, format));
    }

    private static ByteBuffer wrap(Mp4Stream to, String hex, boolean key, long millis, VideoFormat format) {
        Frame frame = FakeHttp.proxy(Frame.class, (self, method, args) -> switch (method.getName()) {
            case "capturedNanos" -> TimeUnit.MILLISECONDS.toNanos(millis);
            case "isKeyFrame" -> key;
            case "format" -> format;
            default -> throw new UnsupportedOperationException(method.getName());
        });
        return to.wrapUnit(frame, ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
    }

    /** The types of the boxes, whose sizes must fit. */
    private List<String> boxes(ByteBuffer bytes) {
        List<String> types = new ArrayList<>();
        while (bytes.hasRemaining()) {
            int begin = bytes.position();
            int size = bytes.getInt();
            byte[] type = new byte[4];
            bytes.get(type);
            types.add(new String(type, StandardCharsets.US_ASCII));
            if (types.get(types.size() - 1).equals("moof")) {
                // tfdt follows mfhd, traf and tfhd.
                decodeTime = bytes.getLong(begin + 8 + 16 + 8 + 16 + 12);
            }
            bytes.position(begin + size);
        }
        return types;
    }
}
