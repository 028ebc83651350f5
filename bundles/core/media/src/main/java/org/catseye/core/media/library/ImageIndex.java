package org.catseye.core.media.library;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.catseye.files.DurableFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known about images beyond their files, in one small text file: a line per image, fields separated by tabs. A damaged file is put
 * aside; then hashes are computed again, and the users who added the images are unknown. Not thread-safe.
 */
final class ImageIndex {

    private static final Logger LOG = LoggerFactory.getLogger(ImageIndex.class);
    private static final String HEAD = "catseye-media-index-1";
    private static final int FIELDS = 7;
    private static final int MAX_BYTES = 4 << 20;

    /**
     * What is known about an image.
     *
     * @param sha256 empty while it is unknown
     * @param bytes the size that the hash is for
     * @param changedMillis the time of the last change that the hash is for
     * @param user empty if somebody put the file into the folder
     */
    record Entry(String id, String sha256, long bytes, long changedMillis, String user, Instant added) {

        /** Whether the hash is that of a file of this size and time. */
        boolean isFor(long size, long changed) {
            return bytes == size && changedMillis == changed;
        }

        Entry withHash(String hash, long size, long changed) {
            return new Entry(id, hash, size, changed, user, added);
        }
    }

    private final DurableFile file;
    private final Map<String, Entry> entries = new HashMap<>();
    private boolean changed;

    private ImageIndex(Path path) {
        file = DurableFile.forOwnerOnly(path);
    }

    /** Reads the file. @throws IOException if it cannot be read, which is not the same as damaged */
    static ImageIndex load(Path path) throws IOException {
        ImageIndex index = new ImageIndex(path);
        Optional<byte[]> content = Files.exists(path) && Files.size(path) > MAX_BYTES ? Optional.of(new byte[0]) : index.file.readBytes(MAX_BYTES);
        if (content.isPresent() && !index.parse(new String(content.get(), StandardCharsets.UTF_8))) {
            index.entries.clear();
            Path aside = path.resolveSibling(path.getFileName() + ".damaged");
            Files.move(path, aside, StandardCopyOption.REPLACE_EXISTING);
            LOG.warn("The index of the media library is damaged. It is now {}, and a new one is made: hashes are computed again, and who added the "
                    + "images is unknown", aside);
        }
        return index;
    }

    private boolean parse(String text) {
        String[] lines = text.split("\n", -1);
        if (!lines[0].equals(HEAD) || !lines[lines.length - 1].isEmpty()) {
            return false;
        }
        for (int i = 1; i < lines.length - 1; i++) {
            String[] fields = lines[i].split("\t", -1);
            if (fields.length != FIELDS || !parseLine(fields)) {
                return false;
            }
        }
        return true;
    }

    private boolean parseLine(String[] fields) {
        try {
            if (!fields[0].matches("[a-z0-9]{1,32}") || !fields[1].matches("([0-9a-f]{64})?") || !ImageName.isValid(fields[6])) {
                return false;
            }
            Entry entry = new Entry(fields[0], fields[1], Long.parseLong(fields[2]), Long.parseLong(fields[3]), fields[5], Instant.parse(fields[4]));
            return entries.put(fields[6], entry) == null;
        } catch (NumberFormatException | DateTimeException e) {
            LOG.debug("A line of the index is damaged", e);
            return false;
        }
    }

    Optional<Entry> find(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    boolean hasId(String id) {
        return entries.values().stream().anyMatch(entry -> entry.id().equals(id));
    }

    int size() {
        return entries.size();
    }

    /** How many images a user has added. */
    long countOf(String user) {
        return entries.values().stream().filter(entry -> entry.user().equals(user)).count();
    }

    void put(String name, Entry entry) {
        changed |= !entry.equals(entries.put(name, entry));
    }

    Optional<Entry> remove(String name) {
        Optional<Entry> removed = Optional.ofNullable(entries.remove(name));
        changed |= removed.isPresent();
        return removed;
    }

    /** Forgets the images that are not in the folder. */
    void retainNames(Set<String> names) {
        changed |= entries.keySet().retainAll(names);
    }

    /** Stores the changes. A full disk costs hashes and users only, so it is no failure of what is being done. */
    void save() {
        if (!changed) {
            return;
        }
        StringBuilder text = new StringBuilder(HEAD).append('\n');
        new TreeMap<>(entries).forEach((name, entry) -> text.append(String.join("\t", entry.id(), entry.sha256(), Long.toString(entry.bytes()),
                Long.toString(entry.changedMillis()), entry.added().toString(), plainText(entry.user()), name)).append('\n'));
        try {
            file.replaceContent(text.toString().getBytes(StandardCharsets.UTF_8));
            changed = false;
        } catch (IOException e) {
            LOG.debug("The index of the media library was not stored; it is tried again at the next change", e);
        }
    }

    private static String plainText(String user) {
        return user.replaceAll("[\\p{Cntrl}]", "?");
    }
}
