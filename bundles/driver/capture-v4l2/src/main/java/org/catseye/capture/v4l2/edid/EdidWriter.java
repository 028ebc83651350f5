package org.catseye.capture.v4l2.edid;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes an EDID 1.4 of one block (VESA E-EDID A.2). */
final class EdidWriter {

    private static final int MIN_LINE_KILOHERTZ = 70;
    private static final int MIN_CLOCK_UNITS = 8;
    private static final int CLOCKS_PER_UNIT = 1000;

    static byte[] writeBlock(ModeLine preferred, ModeLine second) {
        ByteBuffer b = ByteBuffer.allocate(EdidBytes.BLOCK_BYTES);
        b.putLong(0x00ffffffffffff00L);
        // Manufacturer "CAT", product 1, serial 1, week 0 of 2026, EDID 1.4
        b.putShort((short) (3 << 10 | 1 << 5 | 20)).putShort((short) 0x0100).putInt(0x01000000);
        b.put((byte) 0).put((byte) (2026 - 1990)).put((byte) 1).put((byte) 4);
        // Digital, 8 bits, HDMI-a; 16:9 without a size; gamma 2.2; RGB 4:4:4, first timing is preferred
        b.put((byte) 0xa2).put((byte) 0x4f).put((byte) 0).put((byte) 120).put((byte) 0x06);
        // sRGB chromaticity
        b.put(new byte[] {(byte) 0xee, (byte) 0x91, (byte) 0xa3, 0x54, 0x4c, (byte) 0x99, 0x26, 0x0f, 0x50, 0x54});
        // Established timings: 640x480, 800x600 and 1024x768, each at 60 Hz; no standard timings
        b.put((byte) 0x21).put((byte) 0x08).put((byte) 0);
        for (int i = 0; i < 8; i++) {
            b.putShort((short) 0x0101);
        }
        putDetailedTiming(b, preferred);
        putDetailedTiming(b, second);
        putDescriptor(b, BaseBlock.NAME, "Catseye\n     ".getBytes(StandardCharsets.US_ASCII));
        putDescriptor(b, 0xfd, createRangeLimits(preferred));
        b.put((byte) 0);
        return b.put(EdidBytes.BLOCK_BYTES - 1, (byte) new EdidBytes(b.array(), 0).requiredChecksum()).array();
    }

    /** 24 to 61 Hz, 15 kHz and more, and a maximum clock in 10 MHz. */
    private static byte[] createRangeLimits(ModeLine preferred) {
        int kilohertz = Math.max(MIN_LINE_KILOHERTZ, (int) Math.ceil(preferred.lineRate() / 1000));
        int clock = Math.max(MIN_CLOCK_UNITS, (preferred.clock() + CLOCKS_PER_UNIT - 1) / CLOCKS_PER_UNIT);
        return new byte[] {24, 61, 15, (byte) kilohertz, (byte) clock, 1, 0x0a, 0x20, 0x20, 0x20, 0x20, 0x20, 0x20};
    }

    /** Appends a detailed timing of 18 bytes. */
    private static void putDetailedTiming(ByteBuffer b, ModeLine line) {
        b.put((byte) line.clock()).put((byte) (line.clock() >> 8));
        b.put((byte) line.across()).put((byte) line.blank()).put((byte) (line.across() >> 8 << 4 | line.blank() >> 8));
        b.put((byte) line.down()).put((byte) line.vBlank()).put((byte) (line.down() >> 8 << 4 | line.vBlank() >> 8));
        b.put((byte) line.front()).put((byte) line.sync()).put((byte) (line.vFront() << 4 | line.vSync()));
        b.put((byte) (line.front() >> 8 << 6 | line.sync() >> 8 << 4));
        // No size in mm, no border
        b.put((byte) 0).put((byte) 0).put((byte) 0).put((byte) 0).put((byte) 0).put((byte) line.polarity());
    }

    /** Appends a display descriptor of 18 bytes: its tag and 13 bytes of content. */
    private static void putDescriptor(ByteBuffer b, int tag, byte[] content) {
        b.putShort((short) 0).put((byte) 0).put((byte) tag).put((byte) 0).put(content);
    }

    private EdidWriter() {
    }
}
