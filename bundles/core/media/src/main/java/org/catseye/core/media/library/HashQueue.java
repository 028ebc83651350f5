package org.catseye.core.media.library;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.catseye.core.media.library.Shelf.ImageFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Computes the hashes of images in the background, each once. Thread-safe. */
final class HashQueue {

    private static final Logger LOG = LoggerFactory.getLogger(HashQueue.class);

    private final Path folder;
    private final Attachments attachments;
    private final Executor background;
    private final Store store;
    /** Names of images whose hash is due. */
    private final Set<String> queued = ConcurrentHashMap.newKeySet();

    /** Takes a hash. */
    @FunctionalInterface
    interface Store {

        /** @param file as it was before the hash was computed; it may have changed since */
        void storeHash(ImageFile file, String hash) throws IOException;
    }

    /** @param background runs one task at a time */
    HashQueue(Path folder, Attachments attachments, Executor background, Store store) {
        this.folder = folder;
        this.attachments = attachments;
        this.background = background;
        this.store = store;
    }

    /** Without effect if the hash of this image is due already. Never blocks. */
    void addName(String name) {
        if (queued.add(name)) {
            try {
                background.execute(() -> computeHash(name));
            } catch (RejectedExecutionException e) {
                LOG.debug("The library has stopped", e);
            }
        }
    }

    private void computeHash(String name) {
        try {
            Optional<ImageFile> before = Shelf.findImage(folder.resolve(name));
            // It changes while it is attached for writing; the hash is computed when somebody lists the images after that.
            if (before.isPresent() && attachments.findPlace(before.get().path()).isEmpty()) {
                store.storeHash(before.get(), ImageHashes.compute(before.get().path()));
            }
        } catch (IOException e) {
            LOG.debug("The hash of an image was not computed", e);
        } finally {
            queued.remove(name);
        }
    }
}
