package org.catseye.web.redfish.media;

import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.catseye.media.AttachedMedium;
import org.catseye.media.DownloadRequest;
import org.catseye.media.DriveState;
import org.catseye.media.MediaDownload;
import org.catseye.media.MediaDownload.State;
import org.catseye.media.MediaException;
import org.catseye.media.MediaException.Reason;
import org.catseye.media.MediaHub;
import org.catseye.media.MediaImage;
import org.catseye.media.MediaKind;
import org.catseye.media.MediaLibrary;
import org.catseye.media.MediaSpace;
import org.catseye.media.MediaUpload;

/** A target with a drive for CDs and one for both kinds, and a library that fetches images when the test lets it. Thread-safe. */
final class FakeDrives implements MediaHub, MediaLibrary {

    final List<DownloadRequest> requests = new CopyOnWriteArrayList<>();
    private final List<MediaImage> images = new ArrayList<>();
    private final List<MediaDownload> downloads = new ArrayList<>();
    private Optional<AttachedMedium> cd = Optional.empty();
    private Optional<AttachedMedium> usb = Optional.empty();
    private MediaException failure;
    private Instant now = Instant.EPOCH;
    private boolean clockRuns = true;

    /** The next images are added in the same second. */
    synchronized void stopClock() {
        clockRuns = false;
    }

    /** An id occurs again after its image was deleted. */
    synchronized void addImage(String name, String user) {
        now = now.plusSeconds(clockRuns ? 1 : 0);
        images.add(new MediaImage("id" + (images.size() + 1), name, 4096, "", user, now));
    }

    synchronized void failWith(MediaException e) {
        failure = e;
    }

    /** Ends the newest download. */
    synchronized void finishDownload(State state) {
        MediaDownload last = downloads.remove(downloads.size() - 1);
        if (state == State.DONE) {
            addImage(last.name(), last.user());
        }
        downloads.add(new MediaDownload(last.id(), last.url(), last.name(), last.user(), last.started(), state, 4096, 4096,
                state == State.DONE ? images.get(images.size() - 1).id() : "", state == State.FAILED ? "The server answers 404." : ""));
    }

    synchronized List<String> names() {
        return images.stream().map(MediaImage::name).toList();
    }

    @Override
    public synchronized List<DriveState> currentDrives() {
        return List.of(state("cd", "CD drive", Set.of(MediaKind.CDROM), false, cd), state("usb", "USB drive", EnumSet.allOf(MediaKind.class), true, usb));
    }

    private static DriveState state(String name, String label, Set<MediaKind> kinds, boolean writable, Optional<AttachedMedium> medium) {
        return new DriveState(name, label, kinds, writable, medium.isPresent() ? DriveState.Condition.ATTACHED : DriveState.Condition.EMPTY, "", medium);
    }

    @Override
    public List<DriveState> readDrives() {
        return currentDrives();
    }

    @Override
    public synchronized void attachImage(String drive, String image, MediaKind kind, boolean readOnly) throws MediaException {
        if (failure != null) {
            throw failure;
        }
        MediaImage found = findImage(image).orElseThrow(() -> new MediaException(Reason.NOT_FOUND, "There is no such image."));
        Optional<AttachedMedium> medium = Optional.of(new AttachedMedium(found.id(), found.name(), kind, readOnly));
        if (drive.equals("cd")) {
            cd = medium;
        } else {
            usb = medium;
        }
    }

    @Override
    public synchronized void ejectImage(String drive, boolean force) throws MediaException {
        if (failure != null) {
            throw failure;
        }
        if (drive.equals("cd")) {
            cd = Optional.empty();
        } else {
            usb = Optional.empty();
        }
    }

    @Override
    public synchronized List<MediaImage> listImages() {
        return List.copyOf(images);
    }

    @Override
    public synchronized Optional<MediaImage> findImage(String idOrName) {
        return images.stream().filter(image -> image.id().equals(idOrName) || image.name().equals(idOrName)).findFirst();
    }

    public SeekableByteChannel openImage(String id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MediaSpace readSpace() {
        throw new UnsupportedOperationException();
    }

    @Override
    public MediaUpload startUpload(String name, long bytes, String user) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<MediaUpload> findUpload(String id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<MediaUpload> listUploads() {
        throw new UnsupportedOperationException();
    }

    @Override
    public synchronized MediaDownload startDownload(DownloadRequest request) throws MediaException {
        URI url = request.url();
        String name = request.name().isEmpty() ? url.getPath().substring(url.getPath().lastIndexOf('/') + 1) : request.name();
        if (findImage(name).isPresent()) {
            throw new MediaException(Reason.EXISTS, "There is an image of this name.");
        }
        requests.add(request);
        downloads.add(new MediaDownload("d" + downloads.size(), url.toString(), name, request.user(), now, State.RUNNING, 1024, 4096, "", ""));
        return downloads.get(downloads.size() - 1);
    }

    @Override
    public synchronized List<MediaDownload> listDownloads() {
        return List.copyOf(downloads);
    }

    @Override
    public void cancelDownload(String id) {
        finishDownload(State.CANCELLED);
    }

    @Override
    public MediaImage renameImage(String id, String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public synchronized void deleteImage(String id) {
        images.removeIf(image -> image.id().equals(id));
    }
}
