package org.catseye.core.media.library;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.catseye.concurrent.NamedThreads;
import org.catseye.core.media.library.ImageFiles.Located;
import org.catseye.core.media.library.Shelf.ImageFile;
import org.catseye.core.media.settings.LibrarySettings;
import org.catseye.files.DurableFile;
import org.catseye.media.MediaException;
import org.catseye.media.MediaException.Reason;
import org.catseye.media.MediaImage;
import org.catseye.media.MediaSpace;
import org.catseye.media.MediaUpload;
import org.catseye.secrets.Secrets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The images and unfinished uploads of the folder, and the images of the read-only folders. One thread of low priority computes hashes and
 * deletes expired uploads. Thread-safe.
 */
final class Images implements PartialImage.Owner {

    static final String NOT_THERE = "There is no such image.";
    private static final Logger LOG = LoggerFactory.getLogger(Images.class);
    private static final long MAINTENANCE_SECONDS = 600;
    private static final long STOP_SECONDS = 5;
    private static final long SHARE_TIMEOUT_MILLIS = 3000;
    /** A file that changed a moment ago is probably still being copied. */
    private static final long SETTLED_MILLIS = 10_000;

    private final LibrarySettings settings;
    private final Attachments attachments;
    private final List<SharedFolder> shared;
    private final ScheduledThreadPoolExecutor background;
    private final HashQueue hashes;
    /** Guarded by {@link #lock}. */
    private final LibraryFolder folder;
    /** Guards what follows. */
    private final Object lock = new Object();
    /** Parts of downloads, which take space as well. */
    private final Set<PartialImage> downloads = new HashSet<>();
    private boolean stopped;

    Images(LibrarySettings settings, Attachments attachments) {
        this.settings = settings;
        this.attachments = attachments;
        shared = settings.readOnlyFolders().stream().map(folder -> new SharedFolder(folder, SHARE_TIMEOUT_MILLIS)).toList();
        background = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = NamedThreads.newDaemonThread(task, "media-library");
            thread.setPriority(Thread.MIN_PRIORITY);
            return thread;
        });
        hashes = new HashQueue(settings.folder(), attachments, background, this::storeHash);
        folder = new LibraryFolder(settings, this);
    }

    void startBackground() {
        background.scheduleWithFixedDelay(this::maintain, 0, MAINTENANCE_SECONDS, TimeUnit.SECONDS);
    }

    void stop() {
        shared.forEach(SharedFolder::stop);
        background.shutdownNow();
        synchronized (lock) {
            stopped = true;
            folder.lastShelf().ifPresent(shelf -> shelf.uploads().forEach(PartialImage::stopAppending));
        }
        try {
            background.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void maintain() {
        try {
            deleteExpired(Instant.now());
            listImages();
        } catch (RuntimeException e) {
            LOG.error("The media library could not be maintained", e);
        }
    }

    /** To be called with the lock. @throws MediaException UNAVAILABLE */
    private Shelf requireShelf() throws MediaException {
        if (stopped) {
            throw new MediaException(Reason.UNAVAILABLE, "The media library is being restarted. Try again in a second.");
        }
        return folder.requireShelf();
    }

    MediaSpace readSpace() {
        synchronized (lock) {
            try {
                Shelf current = requireShelf();
                return new MediaSpace(folder.findStore().getTotalSpace(), Math.max(0, freeBytes(current)), "");
            } catch (IOException e) {
                return new MediaSpace(0, 0, folder.toUnavailable(e).getMessage());
            }
        }
    }

    /** What a new image may take; below 0 if even those under way do not fit. With the lock. */
    private long freeBytes(Shelf current) throws IOException {
        long announced = current.uploads().stream().mapToLong(PartialImage::reservedBytes).sum() + downloads.stream().mapToLong(PartialImage::missingBytes).sum();
        return folder.usableBytes() - announced;
    }

    /** In the order of their names. Of several with the same name, the one of the first folder. */
    List<Located> listImages() {
        Map<String, Located> byKey = new HashMap<>();
        listOwn().forEach(image -> byKey.put(ImageName.toKey(image.image().name()), image));
        for (SharedFolder folder : shared) {
            folder.listImages().forEach(file -> byKey.putIfAbsent(ImageName.toKey(file.name()), describeShared(file)));
        }
        return byKey.values().stream().sorted(Comparator.comparing(each -> each.image().name())).toList();
    }

    private static Located describeShared(ImageFile file) {
        MediaImage image = new MediaImage(deriveId(file.path().toString()), file.name(), file.bytes(), "", "", toTime(file.changedMillis()));
        return new Located(image, file.path(), false);
    }

    private static Instant toTime(long millis) {
        return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS);
    }

    private List<Located> listOwn() {
        synchronized (lock) {
            List<Located> images = new ArrayList<>();
            try {
                Shelf current = requireShelf();
                Shelf.Scan scan = Shelf.scanFolder(current.folder());
                scan.images().forEach(file -> images.add(describeOwn(current, file)));
                if (scan.complete()) {
                    current.index().retainNames(scan.images().stream().map(ImageFile::name).collect(Collectors.toSet()));
                }
                current.index().save();
            } catch (IOException e) {
                // The space has the reason.
                LOG.debug("The images cannot be listed", e);
            }
            return images;
        }
    }

    private Located describeOwn(Shelf current, ImageFile file) {
        ImageIndex index = current.index();
        ImageIndex.Entry entry = index.find(file.name()).orElseGet(() -> {
            ImageIndex.Entry found = new ImageIndex.Entry(newId(index, file.name()), "", 0, 0, "", toTime(file.changedMillis()));
            index.put(file.name(), found);
            return found;
        });
        boolean known = !entry.sha256().isEmpty() && entry.isFor(file.bytes(), file.changedMillis());
        if (!known && System.currentTimeMillis() - file.changedMillis() > SETTLED_MILLIS) {
            hashes.addName(file.name());
        }
        return new Located(new MediaImage(entry.id(), file.name(), file.bytes(), known ? entry.sha256() : "", entry.user(), entry.added()), file.path(), true);
    }

    /** The same again if the index is lost, unless the image was renamed. */
    private static String newId(ImageIndex index, String name) {
        String id = deriveId(name);
        return index.hasId(id) ? randomId() : id;
    }

    private static String deriveId(String text) {
        return HexFormat.of().formatHex(Secrets.digest(text), 0, 8);
    }

    static String randomId() {
        return HexFormat.of().formatHex(Secrets.random(16));
    }

    Optional<Located> findImage(String idOrName) {
        List<Located> all = listImages();
        return all.stream().filter(each -> each.image().id().equals(idOrName)).findFirst()
                .or(() -> all.stream().filter(each -> each.image().name().equals(idOrName)).findFirst());
    }

    private Located requireImage(String id) throws MediaException {
        return listImages().stream().filter(each -> each.image().id().equals(id)).findFirst().orElseThrow(() -> new MediaException(Reason.NOT_FOUND, NOT_THERE));
    }

    private Located requireOwn(String id) throws MediaException {
        Located located = requireImage(id);
        if (!located.writable()) {
            throw new MediaException(Reason.UNSUPPORTED, "The image is in a folder that is only read. Change it there.");
        }
        return located;
    }

    SeekableByteChannel openImage(String id) throws MediaException {
        Located located = requireImage(id);
        try {
            return FileChannel.open(located.file(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw new MediaException(Reason.UNAVAILABLE, "The image can't be read: " + LibraryFolder.describe(e) + ".", e);
        }
    }

    MediaUpload startUpload(String name, long bytes, String user) throws MediaException {
        String checked = requireNewName(name);
        synchronized (lock) {
            Shelf current = requirePlace(checked, user);
            long own = current.uploads().stream().filter(each -> each.user().equals(user)).count();
            if (own >= settings.maxUploads() || current.uploads().size() >= Shelf.MAX_UPLOADS) {
                throw new MediaException(Reason.TOO_MANY, "You have " + own + " unfinished uploads. Finish or delete one first.");
            }
            requireFree(current, Math.max(0, bytes));
            PartialImage upload = newPart(current, checked, bytes, user);
            try {
                current.storeUpload(upload);
            } catch (IOException e) {
                throw notStored(e);
            }
            return upload;
        }
    }

    private PartialImage newPart(Shelf current, String name, long bytes, String user) {
        String id = randomId();
        return new PartialImage(new PartialImage.Description(id, name, user, Instant.now().truncatedTo(ChronoUnit.MILLIS), current.partOf(id)), bytes, 0, Instant.now(), this);
    }

    /** A part that is not listed as an upload, and does not survive a restart. */
    PartialImage startPart(String name, String user) throws MediaException {
        String checked = requireNewName(name);
        synchronized (lock) {
            Shelf current = requirePlace(checked, user);
            PartialImage part = newPart(current, checked, -1, user);
            try {
                Shelf.createPart(part.file());
            } catch (IOException e) {
                throw notStored(e);
            }
            downloads.add(part);
            return part;
        }
    }

    /** Sets the size of a download, if there is so much space. */
    void announceLength(PartialImage download, long bytes) throws MediaException {
        synchronized (lock) {
            Shelf current = requireShelf();
            download.setLength(-1);
            requireFree(current, bytes - download.offset());
            download.setLength(bytes);
        }
    }

    private void requireFree(Shelf current, long bytes) throws MediaException {
        try {
            long free = freeBytes(current);
            if (bytes > free || free <= 0) {
                throw new MediaException(Reason.NO_SPACE, "There is not enough space: the image has " + bytes + " bytes, and " + Math.max(0, free)
                        + " are free. Delete images that you no longer need.");
            }
        } catch (IOException e) {
            throw folder.toUnavailable(e);
        }
    }

    private static MediaException notStored(IOException e) {
        boolean full = String.valueOf(e.getMessage()).contains("space");
        return new MediaException(full ? Reason.NO_SPACE : Reason.FAILED, full ? "The disk is full." : "The disk failed: " + LibraryFolder.describe(e) + ".", e);
    }

    /** An image of a share must not be replaced by one that somebody adds under its name. Reads the shares, so without the lock. */
    private String requireNewName(String name) throws MediaException {
        String checked = ImageName.require(name);
        String key = ImageName.toKey(checked);
        if (shared.stream().flatMap(folder -> folder.listImages().stream()).anyMatch(file -> ImageName.toKey(file.name()).equals(key))) {
            throw new MediaException(Reason.EXISTS, "A folder that is only read has an image of this name. Choose another name.");
        }
        return checked;
    }

    /** With the lock. */
    private Shelf requirePlace(String checked, String user) throws MediaException {
        Shelf current = requireShelf();
        requireFreeName(current, checked);
        requireRoom(current, user);
        return current;
    }

    /** One user must not fill the list, which has room for so many images only. With the lock. */
    private void requireRoom(Shelf current, String user) throws MediaException {
        long own = current.index().countOf(user) + current.uploads().stream().filter(each -> each.user().equals(user)).count();
        if (own >= Shelf.MAX_OF_ONE_USER || current.index().size() + current.uploads().size() + downloads.size() >= Shelf.MAX_IMAGES) {
            throw new MediaException(Reason.TOO_MANY, "The library can have " + Shelf.MAX_IMAGES + " images, and " + Shelf.MAX_OF_ONE_USER
                    + " of one user. Delete images that you no longer need.");
        }
    }

    private static void requireFreeName(Shelf current, String name) throws MediaException {
        try {
            if (current.hasName(name)) {
                throw new MediaException(Reason.EXISTS, "There is an image of this name already. Choose another name, or delete that image first.");
            }
        } catch (MediaException e) {
            throw e;
        } catch (IOException e) {
            throw new MediaException(Reason.UNAVAILABLE, "The folder " + current.folder() + " cannot be read: " + LibraryFolder.describe(e) + ".", e);
        }
    }

    Optional<MediaUpload> findUpload(String id) {
        synchronized (lock) {
            try {
                return requireShelf().findUpload(id).filter(each -> each.isAppending() || each.expires().isAfter(Instant.now())).map(each -> each);
            } catch (MediaException e) {
                LOG.debug("There are no uploads", e);
                return Optional.empty();
            }
        }
    }

    List<MediaUpload> listUploads() {
        synchronized (lock) {
            try {
                return requireShelf().uploads().stream().sorted(Comparator.comparing(PartialImage::started)).map(MediaUpload.class::cast).toList();
            } catch (MediaException e) {
                LOG.debug("There are no uploads", e);
                return List.of();
            }
        }
    }

    void deleteExpired(Instant now) {
        synchronized (lock) {
            try {
                List.copyOf(requireShelf().uploads()).stream().filter(each -> !each.isAppending() && each.expires().isBefore(now)).forEach(PartialImage::discardUpload);
            } catch (MediaException e) {
                LOG.debug("There are no uploads", e);
            }
        }
    }

    @Override
    public void requireSpace() throws MediaException {
        try {
            if (folder.usableBytes() <= 0) {
                throw new MediaException(Reason.NO_SPACE, "The disk is full. What has arrived is kept, so the upload can continue when there is space.");
            }
        } catch (IOException e) {
            throw folder.toUnavailable(e);
        }
    }

    @Override
    public MediaImage addImage(PartialImage finished) throws MediaException {
        synchronized (lock) {
            Shelf current = requireShelf();
            requireFreeName(current, finished.name());
            try {
                current.moveIntoFolder(finished);
            } catch (IOException e) {
                throw notStored(e);
            }
            downloads.remove(finished);
            ImageIndex index = current.index();
            Instant added = Instant.now().truncatedTo(ChronoUnit.SECONDS);
            // Not derived from the name: whoever remembers the id of an image that is gone must not find this one.
            ImageIndex.Entry entry = new ImageIndex.Entry(randomId(), "", 0, 0, finished.user(), added);
            index.put(finished.name(), entry);
            index.save();
            hashes.addName(finished.name());
            return new MediaImage(entry.id(), finished.name(), finished.offset(), "", entry.user(), added);
        }
    }

    @Override
    public void discardImage(PartialImage discarded) {
        synchronized (lock) {
            downloads.remove(discarded);
            folder.lastShelf().ifPresentOrElse(shelf -> shelf.forgetUpload(discarded), discarded::deleteFile);
        }
    }

    MediaImage renameImage(String id, String name) throws MediaException {
        ImageName.require(name);
        Located old = requireOwn(id);
        String checked = requireNewName(name);
        synchronized (lock) {
            if (old.image().name().equals(checked)) {
                return old.image();
            }
            Shelf current = requireShelf();
            if (!ImageName.toKey(old.image().name()).equals(ImageName.toKey(checked))) {
                requireFreeName(current, checked);
            }
            changeFile(old, () -> Files.move(old.file(), current.folder().resolve(checked), StandardCopyOption.ATOMIC_MOVE));
            current.index().remove(old.image().name()).ifPresent(entry -> current.index().put(checked, entry));
            current.index().save();
            if (old.image().sha256().isEmpty()) {
                hashes.addName(checked); // The one under the old name may not have begun.
            }
            MediaImage image = old.image();
            return new MediaImage(image.id(), checked, image.bytes(), image.sha256(), image.user(), image.added());
        }
    }

    void deleteImage(String id) throws MediaException {
        Located old = requireOwn(id);
        synchronized (lock) {
            Shelf current = requireShelf();
            changeFile(old, () -> Files.delete(old.file()));
            current.index().remove(old.image().name());
            current.index().save();
        }
    }

    private interface FileChange {
        void run() throws IOException;
    }

    /** Changes a file that is not attached, and makes its name durable. */
    private void changeFile(Located old, FileChange change) throws MediaException {
        attachments.changeFile(old.file(), () -> {
            try {
                change.run();
                DurableFile.syncFolder(old.file().getParent());
            } catch (IOException e) {
                throw notStored(e);
            }
            return null;
        });
    }

    private void storeHash(ImageFile file, String hash) throws IOException {
        synchronized (lock) {
            // Unchanged meanwhile.
            if (Shelf.findImage(file.path()).filter(file::equals).isPresent()) {
                ImageIndex index = requireShelf().index();
                index.find(file.name()).ifPresent(entry -> index.put(file.name(), entry.withHash(hash, file.bytes(), file.changedMillis())));
                index.save();
            }
        }
    }
}
