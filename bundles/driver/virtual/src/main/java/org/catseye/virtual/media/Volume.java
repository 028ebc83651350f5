package org.catseye.virtual.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What firmware finds on a medium.
 *
 * @param format {@code ISO 9660} or {@code FAT}; empty if it is unknown
 * @param label the volume label, in printable ASCII; may be empty
 * @param bootRecord whether there is a boot record: El Torito on a CD, a boot sector with its signature on a disk
 */
public record Volume(String format, String label, boolean bootRecord) {

    static final String ISO = "ISO 9660";
    static final String FAT = "FAT";

    private static final Volume UNKNOWN = new Volume("", "", false);

    /** ECMA-119: volume descriptors begin at sector 16 and end with one of type 255. */
    private static final int ISO_SECTOR = 2048;
    private static final int ISO_FIRST = 16;
    private static final int ISO_MAX_DESCRIPTORS = 16;
    private static final int ISO_BOOT = 0;
    private static final int ISO_PRIMARY = 1;
    private static final int ISO_END = 255;
    private static final int ISO_LABEL = 40;
    private static final int ISO_LABEL_LENGTH = 32;
    private static final int ISO_SYSTEM = 7;
    private static final Pattern EL_TORITO = Pattern.compile("EL TORITO SPECIFICATION");

    private static final int SECTOR = 512;
    private static final int SIGNATURE = 510;
    private static final short SIGNATURE_VALUE = (short) 0xaa55;
    /** Of the first entry of a partition table: where its sectors begin. */
    private static final int PARTITION_START = 0x1be + 8;
    /** Microsoft's FAT specification, BPB: the type's text, and the label before it. */
    private static final int FAT16_LABEL = 43;
    private static final int FAT16_TYPE = 54;
    private static final int FAT32_LABEL = 71;
    private static final int FAT32_TYPE = 82;
    private static final int FAT_LABEL_LENGTH = 11;

    /** Reads what is on a medium. Anything may be on it. */
    static Volume readVolume(FileChannel medium) throws IOException {
        Optional<Volume> iso = readIso(medium);
        ByteBuffer first = readBytes(medium, 0, SECTOR);
        boolean signed = first.remaining() == SECTOR && first.getShort(SIGNATURE) == SIGNATURE_VALUE;
        if (iso.isPresent()) {
            return new Volume(ISO, iso.get().label(), iso.get().bootRecord() || signed);
        }
        if (!signed) {
            return UNKNOWN;
        }
        long start = Integer.toUnsignedLong(first.getInt(PARTITION_START));
        Optional<String> label = readFatLabel(first).or(() -> readPartitionLabel(medium, start * SECTOR));
        return new Volume(label.isPresent() ? FAT : "", label.orElse(""), true);
    }

    private static Optional<Volume> readIso(FileChannel medium) throws IOException {
        String label = null;
        boolean bootRecord = false;
        for (int i = 0; i < ISO_MAX_DESCRIPTORS; i++) {
            ByteBuffer descriptor = readBytes(medium, (long) (ISO_FIRST + i) * ISO_SECTOR, ISO_SECTOR);
            if (descriptor.remaining() < ISO_SECTOR || !readText(descriptor, 1, 5).equals("CD001")) {
                break;
            }
            int type = descriptor.get(0) & 0xff;
            if (type == ISO_END) {
                break;
            }
            if (type == ISO_PRIMARY && label == null) {
                label = readText(descriptor, ISO_LABEL, ISO_LABEL_LENGTH);
            }
            bootRecord |= type == ISO_BOOT && EL_TORITO.matcher(readText(descriptor, ISO_SYSTEM, 32)).lookingAt();
        }
        return label == null ? Optional.empty() : Optional.of(new Volume(ISO, label, bootRecord));
    }

    private static Optional<String> readPartitionLabel(FileChannel medium, long start) {
        try {
            return readFatLabel(readBytes(medium, start, SECTOR));
        } catch (IOException e) {
            return Optional.empty(); // The table names a sector that cannot be read.
        }
    }

    private static Optional<String> readFatLabel(ByteBuffer sector) {
        if (sector.remaining() < SECTOR) {
            return Optional.empty();
        }
        if (readText(sector, FAT16_TYPE, 3).equals("FAT")) {
            return Optional.of(readText(sector, FAT16_LABEL, FAT_LABEL_LENGTH));
        }
        return readText(sector, FAT32_TYPE, 3).equals("FAT") ? Optional.of(readText(sector, FAT32_LABEL, FAT_LABEL_LENGTH)) : Optional.empty();
    }

    /** Fewer bytes at the end of the medium. */
    private static ByteBuffer readBytes(FileChannel medium, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining() && medium.read(bytes, position + bytes.position()) > 0) {
            // A read may return fewer bytes than there are.
        }
        return bytes.flip();
    }

    /** Without blanks at the end, and with a question mark for each character that the screen cannot show. */
    private static String readText(ByteBuffer from, int position, int length) {
        byte[] bytes = new byte[length];
        from.get(position, bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("[^ -~\\x00]", "?").replace('\0', ' ').strip();
    }
}
