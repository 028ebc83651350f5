package org.catseye.core.media.library;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.catseye.concurrent.NamedThreads;
import org.catseye.core.media.fetch.AddressRule;
import org.catseye.core.media.fetch.FetchUrl;
import org.catseye.core.media.fetch.ForbiddenAddressException;
import org.catseye.core.media.fetch.HttpSource;
import org.catseye.media.DownloadRequest;
import org.catseye.media.MediaDownload;
import org.catseye.media.MediaException;
import org.catseye.media.MediaException.Reason;

/** The downloads: at most four at a time, and two of one user, each on a thread of its own ({@code media-download-<n>}). Thread-safe. */
final class Downloads {

    static final int MAX_RUNNING = 4;
    static final int MAX_OF_ONE_USER = 2;
    private static final int MAX_ENDED = 50;
    private static final Duration KEPT = Duration.ofHours(1);
    private static final long STOP_SECONDS = 5;

    private final Images images;
    private final AddressRule addresses;
    private final HttpSource.Timeouts timeouts;
    private final ExecutorService threads;
    private final List<Download> downloads = new CopyOnWriteArrayList<>();

    Downloads(Images images, AddressRule addresses) {
        this(images, addresses, HttpSource.Timeouts.DEFAULT);
    }

    Downloads(Images images, AddressRule addresses, HttpSource.Timeouts timeouts) {
        this.images = images;
        this.addresses = addresses;
        this.timeouts = timeouts;
        threads = NamedThreads.newIdlingPool(MAX_RUNNING, Duration.ofSeconds(1), NamedThreads.withNumberedName("media-download"));
    }

    void stop() {
        downloads.forEach(Download::cancel);
        threads.shutdownNow();
        try {
            threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized MediaDownload startDownload(DownloadRequest request) throws MediaException {
        FetchUrl url = FetchUrl.parse(request.url()).orElseThrow(() -> new MediaException(Reason.BAD_URL, "The URL has to begin with http:// or https:// and name a server."));
        checkLiteralAddress(url, request.localAddresses());
        String sha256 = request.sha256().toLowerCase(Locale.ROOT);
        if (!sha256.matches("([0-9a-f]{64})?")) {
            throw new MediaException(Reason.BAD_URL, "The SHA-256 has to be 64 hexadecimal digits.");
        }
        if (downloads.stream().filter(Download::isRunning).count() >= MAX_RUNNING) {
            throw new MediaException(Reason.TOO_MANY, "There are " + MAX_RUNNING + " downloads already. Wait until one of them ends, or cancel it.");
        }
        if (downloads.stream().filter(each -> each.isRunning() && each.describe().user().equals(request.user())).count() >= MAX_OF_ONE_USER) {
            throw new MediaException(Reason.TOO_MANY, "You have " + MAX_OF_ONE_USER + " downloads already. Wait until one of them ends, or cancel it.");
        }
        String name = request.name().isEmpty() ? url.fileName() : request.name();
        PartialImage part = images.startPart(name, request.user());
        Download download = new Download(url, sha256, new HttpSource(url, request.localAddresses(), addresses, timeouts), timeouts.pauseMillis(), part, images);
        downloads.add(download);
        forgetOld();
        threads.execute(download);
        return download.describe();
    }

    /** A name is looked up later, when its addresses are checked. */
    private void checkLiteralAddress(FetchUrl url, boolean local) throws MediaException {
        if (!url.host().matches("[0-9.]+|.*:.*")) {
            return;
        }
        try {
            addresses.findAddresses(url.host(), local);
        } catch (ForbiddenAddressException e) {
            throw new MediaException(Reason.BAD_URL, e.getMessage(), e);
        } catch (IOException e) {
            throw new MediaException(Reason.BAD_URL, "The URL names no server.", e);
        }
    }

    private void forgetOld() {
        Instant oldest = Instant.now().minus(KEPT);
        downloads.removeIf(each -> each.endedBefore(oldest));
        List<Download> ended = new ArrayList<>(downloads.stream().filter(each -> !each.isRunning()).toList());
        while (ended.size() > MAX_ENDED) {
            downloads.remove(ended.remove(0));
        }
    }

    synchronized List<MediaDownload> listDownloads() {
        forgetOld();
        return downloads.stream().map(Download::describe).sorted(Comparator.comparing(MediaDownload::started)).toList();
    }

    synchronized void cancelDownload(String id) throws MediaException {
        Download found = downloads.stream().filter(each -> each.id().equals(id)).findFirst()
                .orElseThrow(() -> new MediaException(Reason.NOT_FOUND, "There is no such download."));
        if (found.isRunning()) {
            found.cancel();
        } else {
            downloads.remove(found);
        }
    }
}
