package org.catseye.core.deploy.version;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers for each bundle of the drop folder which content is in the framework's cache, and whether a user has stopped it. It is kept in a
 * file of the cache with one line {@code <digest> <stopped|started> <location>} per bundle. If the file is lost, the bundles are only
 * updated once more. Thread-safe.
 */
public final class InstalledJars {

    private static final Logger LOG = LoggerFactory.getLogger(InstalledJars.class);

    private record Entry(String digest, boolean stopped) {
    }

    private final Path file;
    /** By location; guarded by this. */
    private final Map<String, Entry> entries = new TreeMap<>();

    public InstalledJars(Path file) {
        this.file = file;
    }

    /** A missing or damaged file counts as empty. */
    public synchronized void loadFile() {
        try {
            for (String line : Files.readAllLines(file)) {
                String[] parts = line.split(" ", 3);
                if (parts.length == 3) {
                    entries.put(parts[2], new Entry(parts[0], parts[1].equals("stopped")));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            entries.clear();
        }
    }

    synchronized boolean isUnchanged(String location, String digest) {
        return digest.equals(findDigest(location));
    }

    synchronized String findDigest(String location) {
        return findEntry(location).digest();
    }

    private Entry findEntry(String location) {
        return Optional.ofNullable(entries.get(location)).orElse(new Entry("none", false));
    }

    synchronized void storeDigest(String location, String digest) {
        put(location, new Entry(digest, isStopped(location)));
    }

    public synchronized boolean isStopped(String location) {
        return findEntry(location).stopped();
    }

    /** @param stopped whether a user has stopped the bundle, so that it stays stopped after a restart */
    public synchronized void storeStopped(String location, boolean stopped) {
        put(location, new Entry(findEntry(location).digest(), stopped));
    }

    public synchronized void remove(String location) {
        if (entries.remove(location) != null) {
            saveFile();
        }
    }

    private void put(String location, Entry entry) {
        if (!entry.equals(entries.put(location, entry))) {
            saveFile();
        }
    }

    private void saveFile() {
        StringBuilder text = new StringBuilder();
        entries.forEach((location, entry) -> text.append(entry.digest()).append(entry.stopped() ? " stopped " : " started ").append(location)
                .append('\n'));
        try {
            Path draft = file.resolveSibling(file.getFileName() + ".tmp");
            Files.write(draft, text.toString().getBytes(StandardCharsets.UTF_8));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("{} cannot be written ({}). The bundles of the drop folder will be updated at the next start", file, e.toString());
        }
    }
}
