package org.catseye.web.redfish.media;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.catseye.media.DownloadRequest;
import org.catseye.media.MediaDownload;
import org.catseye.media.MediaException;
import org.catseye.media.MediaException.Reason;
import org.catseye.media.MediaImage;
import org.catseye.media.MediaLibrary;
import org.catseye.web.redfish.route.RedfishException;
import org.catseye.web.redfish.task.Task;

/** An image that is fetched into the library, to be inserted when it is there. */
final class ImageDownload {

    private static final int MAX_NAMES = 50;
    private static final long POLL_MILLIS = Duration.ofMillis(250).toMillis();

    private final MediaLibrary library;
    private final MediaDownload started;

    private ImageDownload(MediaLibrary library, MediaDownload started) {
        this.library = library;
        this.started = started;
    }

    /**
     * Starts to fetch an image. It gets the name of the file, with a number if there is an image of this name.
     *
     * @param localAddresses as {@link DownloadRequest} has it
     */
    static ImageDownload start(MediaLibrary library, URI url, String user, boolean localAddresses) throws RedfishException {
        String name = "";
        for (int number = 2;; number++) {
            try {
                return new ImageDownload(library, library.startDownload(new DownloadRequest(url, name, "", user, localAddresses)));
            } catch (MediaException e) {
                if (e.reason() != Reason.EXISTS || number > MAX_NAMES) {
                    throw Drives.toRedfishException(e);
                }
                name = addNumber(url, number);
            }
        }
    }

    /** {@code boot-2.iso} for {@code boot.iso}. */
    static String addNumber(URI url, int number) {
        String path = url.getPath() == null ? "" : url.getPath();
        String file = path.substring(path.lastIndexOf('/') + 1);
        int dot = file.lastIndexOf('.');
        return dot <= 0 ? file + "-" + number : file.substring(0, dot) + "-" + number + file.substring(dot);
    }

    /**
     * Waits until the image is complete.
     *
     * @return its id
     */
    String await(Task task) throws RedfishException, InterruptedException {
        try {
            while (true) {
                MediaDownload now = findDownload().orElseThrow(() -> RedfishException.ofMessage(409, "The download was cancelled."));
                switch (now.state()) {
                    case DONE -> {
                        return now.image();
                    }
                    case FAILED -> throw RedfishException.ofMessage(502, "The image could not be fetched: " + now.reason());
                    case CANCELLED -> throw RedfishException.ofMessage(409, "The download was cancelled.");
                    case RUNNING -> reportProgress(task, now);
                }
                Thread.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            cancel();
            throw e;
        }
    }

    private Optional<MediaDownload> findDownload() {
        return library.listDownloads().stream().filter(download -> download.id().equals(started.id())).findFirst();
    }

    private static void reportProgress(Task task, MediaDownload download) {
        if (download.totalBytes() > 0) {
            // Attaching it is the rest.
            task.reportPercent((int) Math.min(99, download.receivedBytes() * 100 / download.totalBytes()));
        }
    }

    /**
     * The image that was fetched.
     *
     * @param id from {@link #await}
     * @return empty if it was deleted meanwhile, even if another image has its id now
     */
    Optional<MediaImage> findImage(String id) {
        // The library keeps whole seconds.
        Instant earliest = started.started().truncatedTo(ChronoUnit.SECONDS);
        return library.findImage(id).filter(image -> image.id().equals(id) && image.user().equals(started.user()) && !image.added().isBefore(earliest));
    }

    boolean isRunning() {
        return findDownload().filter(download -> download.state() == MediaDownload.State.RUNNING).isPresent();
    }

    /** Without effect if it has ended. */
    void cancel() {
        if (isRunning()) {
            try {
                library.cancelDownload(started.id());
            } catch (MediaException e) {
                // It has ended by itself.
            }
        }
    }
}
