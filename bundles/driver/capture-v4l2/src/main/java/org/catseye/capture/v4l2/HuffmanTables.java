package org.catseye.capture.v4l2;

import java.nio.ByteBuffer;
import javax.imageio.plugins.jpeg.JPEGHuffmanTable;

/**
 * The standard tables of ITU-T T.81 annex K as one DHT segment. MJPEG from a UVC device may come without tables and means these;
 * Safari and newer JDKs refuse such a picture. Goes directly behind SOI.
 */
final class HuffmanTables {

    /** Bytes of the segment, marker included. */
    static final int LENGTH = 420;

    private static final ByteBuffer SEGMENT = segment();

    /** Puts the segment at the buffer's position. */
    static void put(ByteBuffer to) {
        to.put(to.position(), SEGMENT, 0, LENGTH);
        to.position(to.position() + LENGTH);
    }

    private static ByteBuffer segment() {
        ByteBuffer dht = ByteBuffer.allocate(LENGTH);
        dht.putShort((short) 0xffc4).putShort((short) (LENGTH - 2));
        table(dht, 0x00, JPEGHuffmanTable.StdDCLuminance);
        table(dht, 0x10, JPEGHuffmanTable.StdACLuminance);
        table(dht, 0x01, JPEGHuffmanTable.StdDCChrominance);
        table(dht, 0x11, JPEGHuffmanTable.StdACChrominance);
        if (dht.hasRemaining()) {
            throw new IllegalStateException("the JDK's tables are not the standard ones");
        }
        return dht;
    }

    private static void table(ByteBuffer dht, int classAndId, JPEGHuffmanTable table) {
        dht.put((byte) classAndId);
        short[] counts = table.getLengths();
        for (int i = 0; i < 16; i++) {
            dht.put((byte) (i < counts.length ? counts[i] : 0));
        }
        for (short value : table.getValues()) {
            dht.put((byte) value);
        }
    }

    private HuffmanTables() {
    }
}
