package org.catseye.core.media.library;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.catseye.concurrent.NamedThreads;
import org.catseye.core.media.library.Shelf.ImageFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder whose images are only read, such as a mounted share. A share whose server does not answer can block its readers for ever, so
 * a thread of its own reads it, one at a time. Thread-safe.
 */
final class SharedFolder {

    private static final Logger LOG = LoggerFactory.getLogger(SharedFolder.class);
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final Path folder;
    private final long timeoutMillis;
    private final ExecutorService reader;
    private volatile String lastProblem = "";
    /** Guarded by this; null before the first one. */
    private Future<List<ImageFile>> listing;

    SharedFolder(Path folder, long timeoutMillis) {
        this.folder = folder;
        this.timeoutMillis = timeoutMillis;
        reader = NamedThreads.newIdlingPool(1, IDLE, NamedThreads.withName("media-share"));
    }

    Path folder() {
        return folder;
    }

    /** Empty while the folder cannot be read, or does not answer in time. */
    List<ImageFile> listImages() {
        try {
            List<ImageFile> images = startListing().get(timeoutMillis, TimeUnit.MILLISECONDS);
            reportProblem("");
            return images;
        } catch (TimeoutException | RejectedExecutionException e) {
            LOG.debug("{} is being read", folder, e);
            reportProblem("it does not answer");
        } catch (ExecutionException e) {
            LOG.debug("{} cannot be read", folder, e);
            reportProblem(e.getCause() instanceof IOException ? "it does not exist, or may not be read" : String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return List.of();
    }

    /** Callers that come at the same time share one. */
    private synchronized Future<List<ImageFile>> startListing() {
        if (listing == null || listing.isDone()) {
            listing = reader.submit(() -> Shelf.scanFolder(folder).images());
        }
        return listing;
    }

    private void reportProblem(String problem) {
        if (!problem.equals(lastProblem)) {
            lastProblem = problem;
            if (problem.isEmpty()) {
                LOG.info("The images of {} are listed again", folder);
            } else {
                LOG.warn("The images of {} are not listed: {}", folder, problem);
            }
        }
    }

    void stop() {
        reader.shutdownNow();
    }
}
