package org.catseye.virtual.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The least of an image that firmware looks at. */
public final class Images {

    private static final int ISO_SECTOR = 2048;

    private Images() {
    }

    /** An ISO 9660 image with a primary volume descriptor and, if wanted, an El Torito boot record. */
    public static byte[] createIso(String label, boolean bootRecord) {
        ByteBuffer image = ByteBuffer.allocate(32 * ISO_SECTOR);
        putDescriptor(image, 16, 1, 8, " ".repeat(32) + String.format("%-32s", label));
        if (bootRecord) {
            putDescriptor(image, 17, 0, 7, "EL TORITO SPECIFICATION");
        }
        putDescriptor(image, bootRecord ? 18 : 17, 255, 7, "");
        return image.array();
    }

    private static void putDescriptor(ByteBuffer image, int sector, int type, int position, String text) {
        int at = sector * ISO_SECTOR;
        image.put(at, (byte) type);
        image.put(at + 1, "CD001".getBytes(StandardCharsets.US_ASCII));
        image.put(at + 6, (byte) 1);
        image.put(at + position, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A disk with a partition table and a FAT16 partition. */
    public static byte[] createFatDisk(String label) {
        ByteBuffer image = ByteBuffer.allocate(64 * 512).order(ByteOrder.LITTLE_ENDIAN);
        image.putInt(0x1be + 8, 8).putShort(510, (short) 0xaa55);
        image.put(8 * 512 + 43, String.format("%-11s", label).getBytes(StandardCharsets.US_ASCII));
        image.put(8 * 512 + 54, "FAT16   ".getBytes(StandardCharsets.US_ASCII)).putShort(8 * 512 + 510, (short) 0xaa55);
        return image.array();
    }

    public static Path write(byte[] image) throws IOException {
        Path file = Files.createTempFile("image", ".img");
        file.toFile().deleteOnExit();
        return Files.write(file, image);
    }

    /** An image without anything that firmware knows. */
    public static byte[] createBlank() {
        byte[] image = new byte[64 * 512];
        Arrays.fill(image, (byte) 0x55);
        return image;
    }
}
