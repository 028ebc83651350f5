package org.catseye.core.media.library;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.catseye.files.DurableFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of the library, from when it could be used until another one is in its place (another disk is mounted, say). Images are its
 * files. The hidden folder in it has the index and the unfinished uploads. Its owner's lock guards it.
 */
final class Shelf {

    static final String HIDDEN = ".catseye";
    static final int MAX_IMAGES = 1000;
    static final int MAX_OF_ONE_USER = 500;
    static final int MAX_UPLOADS = 200;
    private static final int MAX_ENTRIES = 20_000;
    private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);
    private static final String DESCRIPTION = ".upload";
    private static final String PART = ".part";
    private static final int MAX_DESCRIPTION_BYTES = 4096;

    /** A file of the folder. */
    record ImageFile(String name, Path path, long bytes, long changedMillis) {
    }

    private final Path folder;
    private final Object key;
    private final ImageIndex index;
    private final Map<String, PartialImage> uploads = new TreeMap<>();

    private Shelf(Path folder, Object key, ImageIndex index) {
        this.folder = folder;
        this.key = key;
        this.index = index;
    }

    /** @throws IOException if the folder cannot be used */
    static Shelf open(Path folder, PartialImage.Owner owner) throws IOException {
        Object key = Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
        Path hidden = folder.resolve(HIDDEN);
        if (!Files.isDirectory(hidden, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(hidden);
        }
        Shelf shelf = new Shelf(folder, key, ImageIndex.load(hidden.resolve("index")));
        shelf.loadUploads(owner);
        return shelf;
    }

    Path folder() {
        return folder;
    }

    ImageIndex index() {
        return index;
    }

    /** Whether this is still the same folder. */
    boolean isCurrent() throws IOException {
        BasicFileAttributes now = Files.readAttributes(folder, BasicFileAttributes.class);
        return now.isDirectory() && key.equals(now.fileKey()) && Files.isDirectory(folder.resolve(HIDDEN), LinkOption.NOFOLLOW_LINKS);
    }

    /** What is in a folder. @param complete whether nothing was left out */
    record Scan(List<ImageFile> images, boolean complete) {
    }

    /** The images of a folder, in the order of their names. Links, folders, devices and hidden files are none. */
    static Scan scanFolder(Path folder) throws IOException {
        List<ImageFile> images = new ArrayList<>();
        boolean complete = true;
        int entries = 0;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path path : all) {
                if (++entries > MAX_ENTRIES || images.size() >= MAX_IMAGES) {
                    complete = false;
                    break;
                }
                findImage(path).ifPresent(images::add);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        images.sort(Comparator.comparing(ImageFile::name));
        return new Scan(images, complete);
    }

    /** The image that is this file; empty if it is none. */
    static Optional<ImageFile> findImage(Path path) {
        String name = path.getFileName().toString();
        if (!ImageName.isValid(name)) {
            return Optional.empty();
        }
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile() ? Optional.of(new ImageFile(name, path, attributes.size(), attributes.lastModifiedTime().toMillis())) : Optional.empty();
        } catch (IOException e) {
            LOG.trace("{} has gone", path, e);
            return Optional.empty();
        }
    }

    /** Whether a file of the folder has this name, in upper or lower case. */
    boolean hasName(String name) throws IOException {
        String wanted = ImageName.toKey(name);
        // Also what is no image, such as a folder.
        if (Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        return scanFolder(folder).images().stream().anyMatch(file -> ImageName.toKey(file.name()).equals(wanted));
    }

    Collection<PartialImage> uploads() {
        return uploads.values();
    }

    Optional<PartialImage> findUpload(String id) {
        return Optional.ofNullable(uploads.get(id));
    }

    /** Creates the file of an upload, and what brings the upload back after a restart. */
    void storeUpload(PartialImage upload) throws IOException {
        String lines = String.join("\n", upload.name(), upload.user().replaceAll("\\p{Cntrl}", "?"), Long.toString(upload.length()), upload.started().toString(), "");
        createPart(upload.file());
        try {
            DurableFile.forOwnerOnly(describe(upload.id())).replaceContent(lines.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            upload.deleteFile();
            throw e;
        }
        uploads.put(upload.id(), upload);
    }

    /** An empty file for what arrives. */
    static void createPart(Path part) throws IOException {
        FileChannel.open(part, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))).close();
    }

    Path partOf(String id) {
        return folder.resolve(HIDDEN).resolve(id + PART);
    }

    private Path describe(String id) {
        return folder.resolve(HIDDEN).resolve(id + DESCRIPTION);
    }

    void forgetUpload(PartialImage upload) {
        uploads.remove(upload.id());
        upload.deleteFile();
        try {
            Files.deleteIfExists(describe(upload.id()));
        } catch (IOException e) {
            LOG.debug("An upload could not be deleted; it is tried again at the next start", e);
        }
    }

    /** Makes an upload an image. The name was found to be free. */
    void moveIntoFolder(PartialImage finished) throws IOException {
        Files.move(finished.file(), folder.resolve(finished.name()), StandardCopyOption.ATOMIC_MOVE);
        DurableFile.syncFolder(folder);
        forgetUpload(finished);
    }

    /** Parts without a description are those of downloads, which do not continue, or of uploads that were being deleted. */
    private void loadUploads(PartialImage.Owner owner) throws IOException {
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder.resolve(HIDDEN), "*" + PART)) {
            for (Path part : parts) {
                String id = part.getFileName().toString().replace(PART, "");
                Optional<PartialImage> upload = uploads.size() < MAX_UPLOADS ? loadUpload(id, part, owner) : Optional.empty();
                if (upload.isPresent()) {
                    uploads.put(id, upload.get());
                } else if (!Files.isDirectory(part, LinkOption.NOFOLLOW_LINKS)) {
                    Files.deleteIfExists(part);
                    Files.deleteIfExists(describe(id));
                }
            }
        }
    }

    private Optional<PartialImage> loadUpload(String id, Path part, PartialImage.Owner owner) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(part, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            String text = new String(DurableFile.forOwnerOnly(describe(id)).readBytes(MAX_DESCRIPTION_BYTES).orElse(new byte[0]), StandardCharsets.UTF_8);
            String[] lines = text.split("\n", -1);
            if (lines.length != 5 || !ImageName.isValid(lines[0]) || !attributes.isRegularFile()) {
                return Optional.empty();
            }
            long length = Long.parseLong(lines[2]);
            if (length >= 0 && attributes.size() > length) {
                return Optional.empty();
            }
            PartialImage.Description description = new PartialImage.Description(id, lines[0], lines[1], Instant.parse(lines[3]), part);
            return Optional.of(new PartialImage(description, length, attributes.size(), attributes.lastModifiedTime().toInstant(), owner));
        } catch (IOException | NumberFormatException | DateTimeException e) {
            LOG.debug("The upload {} cannot continue", id, e);
            return Optional.empty();
        }
    }
}
