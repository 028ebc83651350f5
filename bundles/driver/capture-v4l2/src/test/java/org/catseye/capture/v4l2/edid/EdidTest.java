package org.catseye.capture.v4l2.edid;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.catseye.video.IncomingSignal.Timing;
import org.catseye.video.device.EdidDescription;
import org.junit.Test;

public class EdidTest {

    private static final int BLOCK = Edid.BLOCK_BYTES;

    /** A data block for video with the codes 16 (native), 5, 95 and the unknown 200; sound; the vendors HDMI and HDMI Forum. */
    private static final int[] DATA_BLOCKS = {0x44, 0x90, 5, 95, 200, 0x23, 0x09, 0x07, 0x07, 0x65, 0x03, 0x0c, 0x00, 0x10, 0x00, 0x63, 0xd8, 0x5d, 0xc4};

    /** A preset with a CTA-861 extension that has a detailed timing of 1920x1080i. */
    private static byte[] television() {
        byte[] bytes = Arrays.copyOf(EdidPreset.FULL_HD_60.edid().bytes(), 2 * BLOCK);
        bytes[126] = 1;
        int at = BLOCK;
        bytes[at] = 2;
        bytes[at + 1] = 3;
        bytes[at + 2] = (byte) (4 + DATA_BLOCKS.length);
        for (int i = 0; i < DATA_BLOCKS.length; i++) {
            bytes[at + 4 + i] = (byte) DATA_BLOCKS[i];
        }
        int[] interlaced = {0x01, 0x1d, 0x80, 0x18, 0x71, 0x1c, 0x16, 0x20, 0x58, 0x2c, 0x25, 0x00, 0, 0, 0, 0, 0, 0x9e};
        for (int i = 0; i < interlaced.length; i++) {
            bytes[at + 4 + DATA_BLOCKS.length + i] = (byte) interlaced[i];
        }
        return correctChecksums(bytes);
    }

    private static byte[] correctChecksums(byte[] bytes) {
        for (int block = 0; block < bytes.length / BLOCK; block++) {
            bytes[block * BLOCK + BLOCK - 1] = (byte) new EdidBytes(bytes, block).requiredChecksum();
        }
        return bytes;
    }

    @Test
    public void eachPresetIsValidAndPrefersItsTiming() {
        for (EdidPreset preset : EdidPreset.values()) {
            EdidDescription description = preset.edid().describe();
            Timing preferred = description.preferred().orElseThrow();
            assertEquals(preset.publicName(), preferred.width() + "x" + preferred.height() + "p" + Math.round(preferred.fps()));
            assertEquals("CAT", description.manufacturer());
            assertEquals("Catseye", description.name());
            assertEquals("1.4", description.version());
            assertEquals(2026, description.year());
            assertTrue("boot screens", description.timings().contains(new Timing(640, 480, 60, false)));
            assertEquals(preset, EdidPreset.findByName(preset.publicName()).orElseThrow());
        }
    }

    /** The bytes at their places in the standard, without the reader. */
    @Test
    public void theDefaultIsASmallMonitorOfOneBlock() {
        byte[] edid = EdidPreset.DEFAULT.edid().bytes();
        assertEquals(BLOCK, edid.length);
        assertEquals("preferred width", 1280, edid[56] & 0xff | (edid[58] & 0xf0) << 4);
        assertEquals("preferred height", 720, edid[59] & 0xff | (edid[61] & 0xf0) << 4);
        assertEquals("pixel clock in 10 kHz", 7425, edid[54] & 0xff | (edid[55] & 0xff) << 8);
        assertEquals("no extension", 0, edid[126]);
        int sum = 0;
        for (byte b : edid) {
            sum += b;
        }
        assertEquals("checksum", 0, sum & 0xff);
    }

    @Test
    public void anExtensionAddsTimingsSoundAndHdmi() throws BadEdidException {
        EdidDescription description = Edid.parseBytes(television()).describe();
        assertTrue(description.hdmi());
        assertTrue(description.audio());
        List<String> timings = description.timings().stream().map(Timing::description).toList();
        assertEquals("largest first, each once", List.of("3840x2160p at 30/s", "1920x1080p at 60/s", "1920x1080i at 30/s", "1280x720p at 60/s",
            "1024x768p at 60/s", "800x600p at 60/s", "640x480p at 60/s"), timings);
        assertEquals(List.of(200), description.unknownCodes());
        EdidDescription plain = EdidPreset.FULL_HD_60.edid().describe();
        assertFalse(plain.hdmi());
        assertFalse(plain.audio());
    }

    @Test
    public void standardTimingsAndTextsAreRead() throws BadEdidException {
        byte[] bytes = EdidPreset.HD_60.edid().bytes();
        bytes[38] = (byte) (1440 / 8 - 31);
        bytes[39] = 15;
        bytes[108 + 3] = (byte) 0xff;
        byte[] serial = "S/N 7\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(serial, 0, bytes, 108 + 5, serial.length);
        EdidDescription description = Edid.parseBytes(correctChecksums(bytes)).describe();
        assertTrue(description.timings().contains(new Timing(1440, 900, 75, false)));
        assertEquals("S/N 7?", description.serial());
    }

    @Test
    public void hexadecimalDigitsMayHaveSpacesAndUpperCase() throws BadEdidException {
        Edid edid = Edid.parseBytes(television());
        assertEquals(edid, Edid.parseHex(edid.hex().toUpperCase().replaceAll("(.{32})", "$1\n ")));
        assertArrayEquals(television(), edid.bytes());
    }

    @Test
    public void eachMistakeHasItsByteAndWhatWouldBeRight() {
        assertMistake("it has 0 bytes instead of 128, 256, 384 or 512", new byte[0]);
        assertMistake("it has 640 bytes instead of 128, 256, 384 or 512", new byte[640]);
        assertMistake("byte 0 is 0x47; it has to be 0x00, because an EDID begins with 00 ff ff ff ff ff ff 00", change(0, 'G'));
        assertMistake("byte 18 is 0x02; it has to be 0x01, the version of the format", change(18, 2));
        assertMistake("byte 126 is 0x03; it has to be 0x01, because there are 2 blocks", change(126, 3));
        byte[] damaged = television();
        int right = damaged[255] & 0xff;
        damaged[255]++;
        assertMistake(String.format("byte 255 is 0x%02x; it has to be 0x%02x, the checksum of block 1; the file may be damaged", right + 1 & 0xff, right), damaged);
        assertMistake("byte 130 is 0x03; it has to be 0x00, or 0x04 to 0x7f: where the detailed timings begin", correctChecksums(change(130, 3)));
        assertMistake("byte 132 is 0x5f; it has to be the start of a data block of at most 18 bytes, because the detailed timings begin there",
            correctChecksums(change(132, 0x5f)));
        assertEquals("the character at position 3 is no hexadecimal digit", assertThrows(BadEdidException.class, () -> Edid.parseHex("00xy")).getMessage());
        assertEquals("it has 3 hexadecimal digits, which is an odd number", assertThrows(BadEdidException.class, () -> Edid.parseHex("00f")).getMessage());
    }

    /** Any bytes are either described or refused with the declared exception. */
    @Test
    public void damagedBytesNeverFailInAnotherWay() {
        Random random = new Random(20_261_130);
        int valid = 0;
        for (int round = 0; round < 50_000; round++) {
            byte[] bytes = Arrays.copyOf(television(), BLOCK * (1 + random.nextInt(4)));
            for (int change = random.nextInt(20); change > 0; change--) {
                bytes[8 + random.nextInt(bytes.length - 8)] = (byte) random.nextInt(256);
            }
            bytes[18] = 1;
            bytes[126] = (byte) (bytes.length / BLOCK - 1);
            byte[] tried = random.nextInt(4) == 0 ? bytes : correctChecksums(bytes);
            try {
                EdidDescription description = Edid.parseBytes(tried).describe();
                assertTrue(description.timings().stream().allMatch(timing -> timing.width() > 0 && timing.height() > 0 && Double.isFinite(timing.fps())));
                valid++;
            } catch (BadEdidException e) {
                assertFalse(e.getMessage().isEmpty());
            }
        }
        assertTrue("most changes keep an EDID valid: " + valid, valid > 5_000);
    }

    private static byte[] change(int position, int value) {
        byte[] bytes = television();
        bytes[position] = (byte) value;
        return bytes;
    }

    private static void assertMistake(String message, byte[] bytes) {
        assertEquals(message, assertThrows(BadEdidException.class, () -> Edid.parseBytes(bytes)).getMessage());
    }
}
