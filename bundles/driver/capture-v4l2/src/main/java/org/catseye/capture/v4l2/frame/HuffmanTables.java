package org.catseye.capture.v4l2.frame;

import java.nio.ByteBuffer;
import javax.imageio.plugins.jpeg.JPEGHuffmanTable;

/**
 * The standard tables of ITU-T T.81 annex K as one DHT segment. MJPEG from a UVC device may leave its tables out, which implies these
 * ones, but Safari and newer JDKs reject such a picture. The segment belongs directly behind SOI.
 */
final class HuffmanTables {

    /** Bytes of the segment, including its marker. */
    static final int LENGTH = 420;

    private static final ByteBuffer SEGMENT = createSegment();

    /** Appends the segment at the buffer's position. */
    static void appendTo(ByteBuffer to) {
        to.put(to.position(), SEGMENT, 0, LENGTH);
        to.position(to.position() + LENGTH);
    }

    private static ByteBuffer createSegment() {
        ByteBuffer dht = ByteBuffer.allocate(LENGTH);
        dht.putShort((short) 0xffc4).putShort((short) (LENGTH - 2));
        putTable(dht, 0x00, JPEGHuffmanTable.StdDCLuminance);
        putTable(dht, 0x10, JPEGHuffmanTable.StdACLuminance);
        putTable(dht, 0x01, JPEGHuffmanTable.StdDCChrominance);
        putTable(dht, 0x11, JPEGHuffmanTable.StdACChrominance);
        if (dht.hasRemaining()) {
            throw new IllegalStateException("the JDK's tables are not the standard ones");
        }
        return dht;
    }

    private static void putTable(ByteBuffer dht, int classAndId, JPEGHuffmanTable table) {
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
