package org.catseye.media;

import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Disk images with a FAT file system, to pass files to a remote computer and back. A file system has one writer at a time: files are not
 * changed while the image is attached, and not even listed while a computer can write to it. Thread-safe. It checks no permissions and
 * writes no audit log; its callers do. Each method blocks while a program runs.
 */
@ProviderType
public interface FileDisks {

    /** The smallest and the largest disk: a floppy disk, and what FAT32 is made for. */
    long MIN_BYTES = 1_474_560;
    long MAX_BYTES = 32L << 30;

    /** The largest file that is copied to or from a disk. Larger content is better an image of its own. */
    long MAX_FILE_BYTES = 1L << 30;

    /**
     * Creates an empty disk in the library.
     *
     * @param name of the image
     * @param label the volume label: up to eleven capital letters, digits, blanks, dashes and underscores; may be empty
     * @param bytes the size of the image; rounded down to sectors
     * @param user who asks
     * @throws MediaException BAD_NAME, EXISTS, NO_SPACE, TOO_LARGE, or UNAVAILABLE without the programs
     */
    MediaImage createDisk(String name, String label, long bytes, String user) throws MediaException, InterruptedException;

    /**
     * The files and folders of a disk, each folder before what is in it.
     *
     * @param image the id of the image
     * @throws MediaException NOT_FOUND, IN_USE, UNSUPPORTED if there is no FAT file system, or UNAVAILABLE
     */
    List<DiskFile> listFiles(String image) throws MediaException, InterruptedException;

    /**
     * Puts a file on a disk, in place of one with the same path. Folders on the way are created.
     *
     * @param path as in {@link DiskFile#path()}
     * @param content a file to copy from
     * @throws MediaException NOT_FOUND, BAD_NAME, IN_USE, NO_SPACE if the disk is full, UNSUPPORTED or UNAVAILABLE
     */
    void writeFile(String image, String path, Path content) throws MediaException, InterruptedException;

    /**
     * Copies a file from a disk.
     *
     * @param content a file to write to
     * @throws MediaException as {@link #listFiles}, TOO_LARGE, or NO_SPACE where the content is written
     */
    void readFile(String image, String path, Path content) throws MediaException, InterruptedException;

    /** Deletes a file, or a folder with what is in it. @throws MediaException as {@link #writeFile} */
    void deleteFile(String image, String path) throws MediaException, InterruptedException;
}
