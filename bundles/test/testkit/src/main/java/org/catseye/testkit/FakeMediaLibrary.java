package org.catseye.testkit;

import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.catseye.media.DownloadRequest;
import org.catseye.media.MediaDownload;
import org.catseye.media.MediaException;
import org.catseye.media.MediaException.Reason;
import org.catseye.media.MediaImage;
import org.catseye.media.MediaLibrary;
import org.catseye.media.MediaSpace;
import org.catseye.media.MediaUpload;

/** A library with a fixed list of images, and without any file. Uploads and downloads are refused. Thread-safe. */
public final class FakeMediaLibrary implements MediaLibrary {

    private static final long IMAGE_BYTES = 4096;

    private final List<MediaImage> images = new CopyOnWriteArrayList<>();

    /** The images get the ids {@code id1}, {@code id2} and so on. */
    public FakeMediaLibrary(String... names) {
        for (String name : names) {
            addImage(name, "admin");
        }
    }

    public MediaImage addImage(String name, String user) {
        MediaImage added = new MediaImage("id" + (images.size() + 1), name, IMAGE_BYTES, "", user, Instant.EPOCH);
        images.add(added);
        return added;
    }

    @Override
    public List<MediaImage> listImages() {
        return new ArrayList<>(images);
    }

    @Override
    public Optional<MediaImage> findImage(String idOrName) {
        return images.stream().filter(image -> image.id().equals(idOrName) || image.name().equals(idOrName)).findFirst();
    }

    @Override
    public SeekableByteChannel openImage(String id) throws MediaException {
        throw refusal();
    }

    @Override
    public MediaSpace readSpace() {
        return new MediaSpace(1 << 30, 1 << 29, "");
    }

    @Override
    public MediaUpload startUpload(String name, long bytes, String user) throws MediaException {
        throw refusal();
    }

    private static MediaException refusal() {
        return new MediaException(Reason.UNAVAILABLE, "This library takes no images.");
    }

    @Override
    public Optional<MediaUpload> findUpload(String id) {
        return Optional.empty();
    }

    @Override
    public List<MediaUpload> listUploads() {
        return List.of();
    }

    @Override
    public MediaDownload startDownload(DownloadRequest request) throws MediaException {
        throw refusal();
    }

    @Override
    public List<MediaDownload> listDownloads() {
        return List.of();
    }

    @Override
    public void cancelDownload(String id) throws MediaException {
        throw refusal();
    }

    @Override
    public MediaImage renameImage(String id, String name) throws MediaException {
        throw refusal();
    }

    @Override
    public void deleteImage(String id) throws MediaException {
        throw refusal();
    }
}
