package org.catseye.web.socket.mp4;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;
import org.junit.Test;

public class Mp4Test {

    private static final HexFormat HEX = HexFormat.of();
    private static final String SPS = "6742c028da";
    private static final String PPS = "68ce3880";
    /** With a delimiter, long and short start codes, a start code's prevention and zeros at the end. */
    private static final String KEY = "000000010910" + "00000001" + SPS + "000001" + PPS + "000001" + "6588000003010900" + "00";
    private static final VideoFormat FORMAT = new VideoFormat(Codec.H264, 64, 48);

    /** The boxes as ISO/IEC 14496-12 and -15 define them, and as web-ui/video/fragments.js writes them with its time scale of 1000. */
    private static final String HEADER = "0000001c" + text("ftypisom") + "00000200" + text("isomiso5avc1")
            + "00000257" + text("moov")
            + "0000006c" + text("mvhd") + "00000000" + zeros(8) + "00015f90" + zeros(4) + "00010000" + "0100" + zeros(10)
            + "00010000" + zeros(12) + "00010000" + zeros(12) + "40000000" + zeros(24) + "00000002"
            + "000001bb" + text("trak")
            + "0000005c" + text("tkhd") + "00000003" + zeros(8) + "00000001" + zeros(4) + zeros(4) + zeros(8) + zeros(8)
            + "00010000" + zeros(12) + "00010000" + zeros(12) + "40000000" + "00400000" + "00300000"
            + "00000157" + text("mdia")
            + "00000020" + text("mdhd") + "00000000" + zeros(8) + "00015f90" + zeros(4) + "55c40000"
            + "00000021" + text("hdlr") + zeros(8) + text("vide") + zeros(13)
            + "0000010e" + text("minf")
            + "00000014" + text("vmhd") + "00000001" + zeros(8)
            + "00000024" + text("dinf") + "0000001c" + text("dref") + zeros(4) + "00000001" + "0000000c" + text("url ") + "00000001"
            + "000000ce" + text("stbl")
            + "00000082" + text("stsd") + zeros(4) + "00000001"
            + "00000072" + text("avc1") + zeros(6) + "0001" + zeros(16) + "00400030" + "00480000" + "00480000" + zeros(4) + "0001" + zeros(32) + "0018ffff"
            + "0000001c" + text("avcC") + "0142c028" + "ff" + "e1" + "0005" + SPS + "01" + "0004" + PPS
            + "00000010" + text("stts") + zeros(8) + "00000010" + text("stsc") + zeros(8)
            + "00000014" + text("stsz") + zeros(12) + "00000010" + text("stco") + zeros(8)
            + "00000028" + text("mvex") + "00000020" + text("trex") + zeros(4) + "00000001" + "00000001" + zeros(12);

    @Test
    public void theHeaderIsThatOfTheStandard() {
        assertEquals(HEADER, HEX.formatHex(Mp4Header.create(sets(KEY), FORMAT)));
    }

    @Test
    public void aFragmentIsThatOfTheStandard() {
        byte[] fragment = new Mp4Fragment(3, 1L << 33).add(sample(KEY, true), 40).toBytes();
        assertEquals("00000064" + text("moof") + "00000010" + text("mfhd") + zeros(4) + "00000003"
                + "0000004c" + text("traf") + "00000010" + text("tfhd") + "00020000" + "00000001"
                + "00000014" + text("tfdt") + "01000000" + "0000000200000000"
                + "00000020" + text("trun") + "00000701" + "00000001" + "0000006c" + "00000028" + "0000000b" + "02000000"
                + "00000013" + text("mdat") + "00000007" + "65880000030109", HEX.formatHex(fragment));
    }

    @Test
    public void aFragmentOfSeveralSamplesHasTheirTimesAndTheirBytesInOrder() {
        Sample delta = sample("00000001419a07", false);
        byte[] fragment = new Mp4Fragment(1, 0).add(sample(KEY, true), 3600).add(delta, 1800).toBytes();
        String hex = HEX.formatHex(fragment);
        assertTrue(hex, hex.contains("00000002" + "00000078" + "00000e10" + "0000000b" + "02000000" + "00000708" + "00000007" + "01010000"));
        int offset = 0x78;
        assertEquals("0000000765880000030109" + "00000003419a07", HEX.formatHex(fragment, offset, fragment.length));
    }

    @Test
    public void unitsOfTheHeaderAreNotInTheSample() {
        assertEquals("0000000765880000030109", HEX.formatHex(sample(KEY, true).bytes()));
        assertEquals("several slices", "000000024101" + "000000024102", HEX.formatHex(sample("0000014101" + "0000014102", false).bytes()));
        assertEquals("nothing", 0, sample("010203", false).bytes().length);
        assertEquals("a start code alone", 0, sample("00000001", false).bytes().length);
    }

    @Test
    public void parameterSetsAreComparedByTheirBytes() {
        assertEquals(sets(KEY), sets(KEY));
        assertNotEquals(sets(KEY), sets(KEY.replace(PPS, "68ce3881")));
        assertNotEquals(sets(KEY), sets(KEY.replace(SPS, "6742c029da")));
        assertNotEquals("one more", sets(KEY), sets(KEY + "000001" + PPS));
        assertFalse(ParameterSets.ofUnit(bytes("00000001419a07")).isPresent());
        assertFalse("an SPS of two bytes", ParameterSets.ofUnit(bytes("0000016742" + "00000168ce")).isPresent());
    }

    @Test
    public void noUnitMakesTheReaderFail() {
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            byte[] unit = new byte[random.nextInt(60)];
            for (int at = 0; at < unit.length; at++) {
                unit[at] = (byte) (random.nextInt(3) > 0 ? random.nextInt(2) : random.nextInt());
            }
            Sample sample = Sample.ofUnit(ByteBuffer.wrap(unit), true);
            assertTrue(sample.bytes().length <= unit.length * 4 / 3 + 4);
            Optional<ParameterSets> sets = ParameterSets.ofUnit(ByteBuffer.wrap(unit));
            sets.ifPresent(found -> assertTrue(Mp4Header.create(found, FORMAT).length > 600));
        }
    }

    /** The configuration of a high profile ends with how its pixels are stored (ISO/IEC 14496-15, 5.3.3.1.2). */
    @Test
    public void aHighProfileHasItsDepthInTheHeader() {
        String high = KEY.replace(SPS, "67640028ac");
        assertTrue(HEX.formatHex(Mp4Header.create(sets(high), FORMAT)).contains("0004" + PPS + "fdf8f800" + "00000010" + text("stts")));
        // 1 (id 0), 00100 (4:4:4), 0, 011 and 011 (ten bits).
        assertEquals(Optional.of(new SampleDepth(3, 10, 10)), SampleDepth.ofSps(withProfile(122, "1" + "00100" + "0" + "011" + "011")));
        assertEquals("not possible", Optional.empty(), SampleDepth.ofSps(withProfile(100, "1" + "00110")));
        assertEquals("zeros without an end", Optional.empty(), SampleDepth.ofSps(withProfile(100, "1" + "0".repeat(80))));
    }

    private static byte[] withProfile(int profile, String bits) {
        byte[] sps = new byte[4 + (bits.length() + 7) / 8];
        sps[0] = 0x67;
        sps[1] = (byte) profile;
        for (int i = 0; i < bits.length(); i++) {
            sps[4 + i / 8] |= (bits.charAt(i) - '0') << 7 - i % 8;
        }
        return sps;
    }

    @Test
    public void theUnitsPositionStays() {
        ByteBuffer unit = bytes("ffff" + KEY).position(2);
        Sample.ofUnit(unit, true);
        ParameterSets.ofUnit(unit);
        assertEquals(2, unit.position());
        ByteBuffer direct = ByteBuffer.allocateDirect(unit.remaining()).put(unit.duplicate()).flip();
        assertArrayEquals(Sample.ofUnit(unit, true).bytes(), Sample.ofUnit(direct.asReadOnlyBuffer(), true).bytes());
    }

    private static ParameterSets sets(String unit) {
        return ParameterSets.ofUnit(bytes(unit)).orElseThrow();
    }

    private static Sample sample(String unit, boolean key) {
        return Sample.ofUnit(bytes(unit), key);
    }

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HEX.parseHex(hex));
    }

    private static String text(String ascii) {
        return HEX.formatHex(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    private static String zeros(int bytes) {
        return "00".repeat(bytes);
    }
}
