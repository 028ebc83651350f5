package org.catseye.capture.v4l2.bridge;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.catseye.capture.v4l2.kernel.V4l2;
import org.catseye.capture.v4l2.kernel.VideoNode;
import org.catseye.linux.Errno;
import org.catseye.linux.Struct;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The EDID of an HDMI bridge: it describes to the computer the monitor that the bridge emulates. A computer sends no picture to an
 * input without an EDID. It is one block of EDID 1.4 (VESA E-EDID A.2) for a digital monitor named Catseye that prefers 1280x720 at
 * 60 Hz, and also supports 1920x1080 at 30 Hz and the VESA sizes of boot screens. The bridges of a Raspberry Pi have enough bandwidth
 * for these.
 */
public final class Edid {

    public static final int BLOCK_BYTES = 128;

    private static final Logger LOG = LoggerFactory.getLogger(Edid.class);

    /** Gives the input an EDID if it has none. A device with its own EDID, or one that accepts none, stays unchanged. */
    static void ensurePresent(VideoNode node, int input) {
        ByteBuffer block = Struct.allocate(BLOCK_BYTES);
        ByteBuffer edid = Struct.allocate(node.layout().edidBytes()).putInt(0, input);
        Struct.putPointer(edid, V4l2.EDID_POINTER, block);
        // blocks = 0 queries how many blocks there are; ENODATA means none.
        int result = node.descriptor().tryIoctl(V4l2.getEdidRequest(node.layout()), edid);
        boolean none = result == -Errno.ENODATA.code() || result >= 0 && edid.getInt(V4l2.EDID_BLOCKS) == 0;
        if (!none) {
            return;
        }
        block.put(0, createBlock());
        Struct.clear(edid);
        edid.putInt(0, input).putInt(V4l2.EDID_BLOCKS, 1);
        Struct.putPointer(edid, V4l2.EDID_POINTER, block);
        result = node.descriptor().tryIoctl(V4l2.setEdidRequest(node.layout()), edid);
        LOG.info("{}: {}", node.descriptor().path(),
            result < 0 ? "the input does not accept an EDID" : "set an EDID, so that the computer detects a monitor");
    }

    static byte[] createBlock() {
        ByteBuffer b = ByteBuffer.allocate(BLOCK_BYTES);
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
        putDetailedTiming(b, 7425, 1280, 370, 110, 40, 720, 30, 5, 5);
        putDetailedTiming(b, 7425, 1920, 280, 88, 44, 1080, 45, 4, 5);
        putDescriptor(b, 0xfc, "Catseye\n     ".getBytes(StandardCharsets.US_ASCII));
        // Range limits: 24-61 Hz, 15-70 kHz, 80 MHz
        putDescriptor(b, 0xfd, new byte[] {24, 61, 15, 70, 8, 1, 0x0a, 0x20, 0x20, 0x20, 0x20, 0x20, 0x20});
        b.put((byte) 0);
        int sum = 0;
        for (int i = 0; i < BLOCK_BYTES - 1; i++) {
            sum += b.get(i);
        }
        return b.put(BLOCK_BYTES - 1, (byte) -sum).array();
    }

    /** Appends a detailed timing of 18 bytes. The clock is in 10 kHz; active, blanking, front porch and sync are pixels or lines. */
    private static void putDetailedTiming(ByteBuffer b, int clock, int across, int blank, int front, int sync, int down, int vBlank,
            int vFront, int vSync) {
        b.put((byte) clock).put((byte) (clock >> 8));
        b.put((byte) across).put((byte) blank).put((byte) (across >> 8 << 4 | blank >> 8));
        b.put((byte) down).put((byte) vBlank).put((byte) (down >> 8 << 4 | vBlank >> 8));
        b.put((byte) front).put((byte) sync).put((byte) (vFront << 4 | vSync)).put((byte) 0);
        // No size in mm, no border, digital separate sync, both positive
        b.put((byte) 0).put((byte) 0).put((byte) 0).put((byte) 0).put((byte) 0).put((byte) 0x1e);
    }

    /** Appends a display descriptor of 18 bytes: its tag and 13 bytes of content. */
    private static void putDescriptor(ByteBuffer b, int tag, byte[] content) {
        b.putShort((short) 0).put((byte) 0).put((byte) tag).put((byte) 0).put(content);
    }

    private Edid() {
    }
}
