package org.catseye.core.deploy.change;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.catseye.files.DurableFile;
import org.catseye.plugins.PluginDescription.Identity;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers the highest version of each plug-in that ran, and the trusted maker who has signed the last one that was installed. It is kept when a
 * plug-in is removed. The file has one line {@code <symbolic name> <version> <fingerprint or -> <name of the maker>} per plug-in. Thread-safe.
 */
public final class PluginHistory {

    private static final Logger LOG = LoggerFactory.getLogger(PluginHistory.class);
    private static final int MAX_BYTES = 2 << 20;
    private static final int MAX_PLUGINS = 1_000;
    private static final int MAX_VERSION_CHARS = 200;
    private static final int FIELDS = 4;
    private static final String NO_MAKER = "-";

    private record Entry(Version highest, Identity maker) {
    }

    private final DurableFile file;
    /** By symbolic name; guarded by this. Empty until the file was read. */
    private Optional<Map<String, Entry>> entries = Optional.empty();

    PluginHistory(Path file) {
        this.file = DurableFile.forOwnerOnly(file);
    }

    /** The highest version that ran. */
    public synchronized Optional<Version> findHighestVersion(String name) {
        return Optional.ofNullable(loadEntries().get(name)).map(Entry::highest);
    }

    /** The trusted maker who signed the last version that was installed. */
    public synchronized Optional<Identity> findMaker(String name) {
        return Optional.ofNullable(loadEntries().get(name)).map(Entry::maker).filter(maker -> !maker.equals(Identity.NONE));
    }

    /** A version runs. The maker stays, because nobody has decided about another one. */
    public synchronized void recordRun(String name, Version version) {
        store(name, version, Optional.ofNullable(loadEntries().get(name)).map(Entry::maker).orElse(Identity.NONE));
    }

    /** A version was installed, and stays. @param maker {@link Identity#NONE} if no trusted maker has signed it */
    public synchronized void recordInstallation(String name, Version version, Identity maker) {
        store(name, version, maker);
    }

    private void store(String name, Version version, Identity maker) {
        Map<String, Entry> all = loadEntries();
        Entry before = all.get(name);
        Entry now = new Entry(before != null && before.highest().compareTo(version) > 0 ? before.highest() : version, maker);
        if (now.equals(before)) {
            return;
        }
        if (before == null && all.size() >= MAX_PLUGINS || version.toString().length() > MAX_VERSION_CHARS) {
            LOG.warn("{} is too long, or {} has {} plug-ins already. The version of {} is not recorded", version, file.path(), all.size(), name);
            return;
        }
        all.put(name, now);
        try {
            DurableFile.createOwnerOnlyFolder(file.path().getParent());
            file.replaceContent(format(all).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.error("{} cannot be written. An older version of {} will not be recognized after a restart", file.path(), name, e);
        }
    }

    private static String format(Map<String, Entry> all) {
        StringBuilder text = new StringBuilder();
        all.forEach((name, entry) -> text.append(name).append(' ').append(entry.highest()).append(' ')
                .append(entry.maker().equals(Identity.NONE) ? NO_MAKER : entry.maker().fingerprint()).append(' ').append(entry.maker().name()).append('\n'));
        return text.toString();
    }

    private Map<String, Entry> loadEntries() {
        if (entries.isEmpty()) {
            Map<String, Entry> read = new TreeMap<>();
            try {
                file.readBytes(MAX_BYTES).map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse("").lines().forEach(line -> addLine(read, line));
            } catch (IOException e) {
                LOG.error("{} cannot be read. Older versions of plug-ins will not be recognized", file.path(), e);
            }
            entries = Optional.of(read);
        }
        return entries.get();
    }

    private void addLine(Map<String, Entry> read, String line) {
        String[] fields = line.split(" ", FIELDS);
        try {
            read.put(fields[0], new Entry(Version.parseVersion(fields[1]), fields[2].equals(NO_MAKER) ? Identity.NONE : new Identity(fields[FIELDS - 1], fields[2])));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            LOG.warn("{} has a damaged line, which is ignored", file.path(), e);
        }
    }
}
