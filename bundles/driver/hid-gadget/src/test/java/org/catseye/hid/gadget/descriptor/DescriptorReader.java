package org.catseye.hid.gadget.descriptor;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads a report descriptor as a host does (HID 1.11 chapter 6.2.2): short items, global and local state, main items. */
final class DescriptorReader {

    /** @param usages the local usages, without their page; a range is stored as its two ends */
    record Field(boolean input, int count, int bits, int minimum, int maximum, int flags, int page, List<Integer> usages) {
        boolean isConstant() {
            return (flags & 1) != 0;
        }

        boolean isArray() {
            return (flags & 2) == 0;
        }

        boolean isRelative() {
            return (flags & 4) != 0;
        }
    }

    final List<Field> fields = new ArrayList<>();
    final List<Integer> collections = new ArrayList<>();
    /** Bits of input by report id; id 0 if the descriptor has no ids. */
    final Map<Integer, Integer> inputBits = new TreeMap<>();
    private int reportId;
    private int depth;
    private int page;
    private int minimum;
    private int maximum;
    private int bits;
    private int count;
    private List<Integer> usages = new ArrayList<>();

    DescriptorReader(String hexadecimal) {
        byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(hexadecimal);
        int at = 0;
        while (at < bytes.length) {
            int prefix = bytes[at++] & 0xff;
            int size = (prefix & 3) == 3 ? 4 : prefix & 3;
            long unsigned = 0;
            for (int i = 0; i < size; i++) {
                unsigned |= (bytes[at + i] & 0xffL) << 8 * i;
            }
            at += size;
            readItem(prefix & 0xfc, (int) unsigned, size == 0 ? 0 : (int) (unsigned << 64 - 8 * size >> 64 - 8 * size));
        }
        if (at != bytes.length || depth != 0) {
            throw new IllegalArgumentException("ends inside an item or a collection");
        }
    }

    int countOutputBits() {
        return fields.stream().filter(field -> !field.input()).mapToInt(field -> field.bits() * field.count()).sum();
    }

    private void readItem(int tag, int unsigned, int signed) {
        switch (tag) {
            case 0x04 -> page = unsigned;
            case 0x14 -> minimum = signed;
            case 0x24 -> maximum = signed;
            case 0x74 -> bits = unsigned;
            case 0x84 -> reportId = unsigned;
            case 0x94 -> count = unsigned;
            case 0x08, 0x18, 0x28 -> usages.add(unsigned);
            case 0x80, 0x90 -> {
                fields.add(new Field(tag == 0x80, count, bits, minimum, maximum, unsigned, page, List.copyOf(usages)));
                if (tag == 0x80) {
                    inputBits.merge(reportId, bits * count, Integer::sum);
                }
                usages = new ArrayList<>();
            }
            case 0xa0 -> {
                depth++;
                collections.add(unsigned);
                usages = new ArrayList<>();
            }
            case 0xc0 -> depth--;
            default -> throw new IllegalArgumentException("item " + Integer.toHexString(tag));
        }
    }
}
