package org.catseye.hid.gadget.drives;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.catseye.media.MediaKind;
import org.catseye.media.spi.Medium;

/** Refuses images that the kernel would reject without a reason, or truncate (fsg_lun_open in storage_common.c). */
final class ImageCheck {

    private static final int CD_SECTOR_BYTES = 2048;
    private static final int DISK_SECTOR_BYTES = 512;
    private static final int MIN_CD_SECTORS = 300;
    /**
     * Sectors of a CD of 256 minutes, without the last. Of a larger image, the kernel shows only this part to the remote computer
     * (measured with Linux 6.1).
     */
    private static final int MAX_CD_SECTORS = 256 * 60 * 75 - 1;
    static final long MAX_CD_BYTES = (long) MAX_CD_SECTORS * CD_SECTOR_BYTES;

    private ImageCheck() {
    }

    /** @throws IOException with a message for the user: what is wrong, and what would be right */
    static void requireUsable(Medium medium) throws IOException {
        Path file = medium.file();
        String name = "The image " + file.getFileName();
        if (!Files.exists(file)) {
            throw new IOException(name + " does not exist.");
        }
        if (Files.isDirectory(file)) {
            throw new IOException(name + " is a folder.");
        }
        if (!Files.isReadable(file) || !medium.readOnly() && !Files.isWritable(file)) {
            throw new IOException(name + " may not be " + (medium.readOnly() ? "read" : "written") + " by the user that Catseye runs as.");
        }
        if (Files.isRegularFile(file)) {
            requireFittingSize(name, medium.kind(), Files.size(file));
        }
    }

    private static void requireFittingSize(String name, MediaKind kind, long bytes) throws IOException {
        if (kind == MediaKind.CDROM && bytes / CD_SECTOR_BYTES > MAX_CD_SECTORS) {
            throw new IOException(name + " is too large for the CD drive: the kernel shows only the first 2.3 GB of a CD. Attach it to the "
                    + "drive \"disk\" instead, read-only; most installation images start from a USB disk too.");
        }
        if (kind == MediaKind.CDROM && bytes / CD_SECTOR_BYTES < MIN_CD_SECTORS) {
            throw new IOException(name + " is too small for the CD drive, which needs at least 600 KiB. Attach it to the drive \"disk\".");
        }
        if (bytes < DISK_SECTOR_BYTES) {
            throw new IOException(name + " is smaller than one sector of a disk (512 bytes).");
        }
    }
}
