package org.catseye.capture.v4l2;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.catseye.linux.Errno;
import org.catseye.linux.Struct;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an HDMI bridge tells the computer about the monitor it pretends to be. Without one a computer sends nothing. One block,
 * EDID 1.4 (VESA E-EDID A.2): a digital monitor named Catseye that likes 1280x720 at 60 Hz and also takes 1920x1080 at 30 Hz and
 * the VESA sizes of boot screens; the bridges of a Raspberry Pi have the bandwidth for these.
 */
final class Edid {

    static final int BLOCK = 128;

    private static final Logger LOG = LoggerFactory.getLogger(Edid.class);

    /** Gives the input an EDID if it has none. A device that has its own, or does not take any, stays as it is. */
    static void ensure(VideoNode node, int input) {
        ByteBuffer block = Struct.allocate(BLOCK);
        ByteBuffer edid = Struct.allocate(node.layout().edid()).putInt(0, input);
        Struct.putPointer(edid, V4l2.EDID_POINTER, block);
        // blocks = 0 asks how many there are; ENODATA says none.
        int result = node.fd().tryIoctl(V4l2.getEdid(node.layout()), edid);
        boolean none = result == -Errno.ENODATA.code() || result >= 0 && edid.getInt(V4l2.EDID_BLOCKS) == 0;
        if (!none) {
            return;
        }
        block.put(0, block());
        Struct.clear(edid);
        edid.putInt(0, input).putInt(V4l2.EDID_BLOCKS, 1);
        Struct.putPointer(edid, V4l2.EDID_POINTER, block);
        result = node.fd().tryIoctl(V4l2.setEdid(node.layout()), edid);
        LOG.info("{}: {} an EDID so that the computer sees a monitor", node.fd().path(), result < 0 ? "does not take" : "was given");
    }

    static byte[] block() {
        ByteBuffer b = ByteBuffer.allocate(BLOCK);
        b.putLong(0x00ffffffffffff00L);
        // Manufacturer "CAT", product 1, serial 1, week 0 of 2026, EDID 1.4
        b.putShort((short) (3 << 10 | 1 << 5 | 20)).putShort((short) 0x0100).putInt(0x01000000);
        b.put((byte) 0).put((byte) (2026 - 1990)).put((byte) 1).put((byte) 4);
        // Digital, 8 bits, HDMI-a; 16:9 without a size; gamma 2.2; RGB 4:4:4, first timing is preferred
        b.put((byte) 0xa2).put((byte) 0x4f).put((byte) 0).put((byte) 120).put((byte) 0x06);
        // sRGB chromaticity
        b.put(new byte[] {(byte) 0xee, (byte) 0x91, (byte) 0xa3, 0x54, 0x4c, (byte) 0x99, 0x26, 0x0f, 0x50, 0x54});
        // Established: 640x480, 800x600, 1024x768, each at 60 Hz; no standard timings
        b.put((byte) 0x21).put((byte) 0x08).put((byte) 0);
        for (int i = 0; i < 8; i++) {
            b.putShort((short) 0x0101);
        }
        timing(b, 7425, 1280, 370, 110, 40, 720, 30, 5, 5);
        timing(b, 7425, 1920, 280, 88, 44, 1080, 45, 4, 5);
        descriptor(b, 0xfc, "Catseye\n     ".getBytes(StandardCharsets.US_ASCII));
        // Range limits: 24-61 Hz, 15-70 kHz, 80 MHz
        descriptor(b, 0xfd, new byte[] {24, 61, 15, 70, 8, 1, 0x0a, 0x20, 0x20, 0x20, 0x20, 0x20, 0x20});
        b.put((byte) 0);
        int sum = 0;
        for (int i = 0; i < BLOCK - 1; i++) {
            sum += b.get(i);
        }
        return b.put(BLOCK - 1, (byte) -sum).array();
    }

    /** A detailed timing of 18 bytes. Clock in 10 kHz; active, blanking, front porch and sync in pixels and lines. */
    private static void timing(ByteBuffer b, int clock, int across, int blank, int front, int sync, int down, int vBlank,
            int vFront, int vSync) {
        b.put((byte) clock).put((byte) (clock >> 8));
        b.put((byte) across).put((byte) blank).put((byte) (across >> 8 << 4 | blank >> 8));
        b.put((byte) down).put((byte) vBlank).put((byte) (down >> 8 << 4 | vBlank >> 8));
        b.put((byte) front).put((byte) sync).put((byte) (vFront << 4 | vSync)).put((byte) 0);
        // No size in mm, no border, digital separate sync, both positive
        b.put((byte) 0).put((byte) 0).put((byte) 0).put((byte) 0).put((byte) 0).put((byte) 0x1e);
    }

    /** A display descriptor: its tag and 13 bytes. */
    private static void descriptor(ByteBuffer b, int tag, byte[] content) {
        b.putShort((short) 0).put((byte) 0).put((byte) tag).put((byte) 0).put(content);
    }

    private Edid() {
    }
}
