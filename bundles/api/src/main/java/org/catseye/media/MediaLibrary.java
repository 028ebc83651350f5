package org.catseye.media;

import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The images of this device. Thread-safe. It checks no permissions and writes no audit log; its callers do. Each method may read the
 * disk.
 */
@ProviderType
public interface MediaLibrary {

    /** All images, in the order of their names. Empty while the folder cannot be used; {@link #readSpace()} says why. */
    List<MediaImage> listImages();

    /** The image with this id or, if there is none, with this name. */
    Optional<MediaImage> findImage(String idOrName);

    MediaSpace readSpace();

    /**
     * Opens an image for reading.
     *
     * @return at position 0; to be closed by the caller
     * @throws MediaException NOT_FOUND or UNAVAILABLE
     */
    SeekableByteChannel openImage(String id) throws MediaException;

    /**
     * Starts an upload.
     *
     * @param bytes the size; -1 if it is unknown
     * @throws MediaException BAD_NAME, EXISTS, NO_SPACE, TOO_MANY or UNAVAILABLE
     */
    MediaUpload startUpload(String name, long bytes, String user) throws MediaException;

    Optional<MediaUpload> findUpload(String id);

    /** The unfinished uploads, the oldest first. */
    List<MediaUpload> listUploads();

    /**
     * Starts to fetch an image, and returns at once.
     *
     * @throws MediaException BAD_URL, BAD_NAME, EXISTS, TOO_MANY or UNAVAILABLE; what is found out later is in {@link MediaDownload#reason()}
     */
    MediaDownload startDownload(DownloadRequest request) throws MediaException;

    /** The downloads that are running, and those that ended in the last hour; the oldest first. */
    List<MediaDownload> listDownloads();

    /** Ends a download, or forgets one that has ended. What has arrived is deleted. */
    void cancelDownload(String id) throws MediaException;

    /** @throws MediaException NOT_FOUND, BAD_NAME, EXISTS, IN_USE or UNAVAILABLE */
    MediaImage renameImage(String id, String name) throws MediaException;

    /** @throws MediaException NOT_FOUND, IN_USE while it is attached, or UNAVAILABLE */
    void deleteImage(String id) throws MediaException;
}
