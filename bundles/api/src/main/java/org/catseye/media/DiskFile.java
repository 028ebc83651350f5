package org.catseye.media;

import java.util.Objects;

/**
 * A file or a folder on a disk image.
 *
 * @param path from the root of the disk, such as {@code logs/boot.txt}; without a slash at the ends
 * @param folder whether it is a folder
 * @param bytes its size; 0 for a folder
 */
public record DiskFile(String path, boolean folder, long bytes) {

    public DiskFile {
        Objects.requireNonNull(path, "path");
    }
}
