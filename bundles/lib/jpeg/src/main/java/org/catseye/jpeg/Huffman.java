package org.catseye.jpeg;

import java.io.ByteArrayOutputStream;
import javax.imageio.plugins.jpeg.JPEGHuffmanTable;

/** One of the four Huffman tables of ITU T.81 annex K.3: code and length for each symbol. */
final class Huffman {

    static final Huffman LUMA_DC = new Huffman(0x00, JPEGHuffmanTable.StdDCLuminance);
    static final Huffman LUMA_AC = new Huffman(0x10, JPEGHuffmanTable.StdACLuminance);
    static final Huffman CHROMA_DC = new Huffman(0x01, JPEGHuffmanTable.StdDCChrominance);
    static final Huffman CHROMA_AC = new Huffman(0x11, JPEGHuffmanTable.StdACChrominance);

    /** By symbol: the code, and how many bits it has. */
    final int[] code = new int[256];
    final int[] length = new int[256];
    private final int id;
    private final JPEGHuffmanTable table;

    private Huffman(int id, JPEGHuffmanTable table) {
        this.id = id;
        this.table = table;
        int next = 0;
        int at = 0;
        short[] counts = table.getLengths();
        for (int bits = 1; bits <= counts.length; bits++, next <<= 1) {
            for (int i = 0; i < counts[bits - 1]; i++) {
                int symbol = table.getValues()[at++];
                code[symbol] = next++;
                length[symbol] = bits;
            }
        }
    }

    /** Appends the table as it stands in a DHT segment (T.81 B.2.4.2). */
    void writeTable(ByteArrayOutputStream out) {
        out.write(id);
        short[] counts = table.getLengths();
        for (int i = 0; i < 16; i++) {
            out.write(i < counts.length ? counts[i] : 0);
        }
        for (short value : table.getValues()) {
            out.write(value);
        }
    }
}
