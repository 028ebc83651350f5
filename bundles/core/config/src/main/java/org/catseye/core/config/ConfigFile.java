package org.catseye.core.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One configuration's file, and what ConfigurationAdmin was last told it says. Not thread-safe: the store's lock guards it.
 * A file that cannot be understood is never written over; its last good text stays in effect, over a restart too.
 */
final class ConfigFile {
    private static final Logger LOG = LoggerFactory.getLogger("org.catseye.core.config");
    private static final long GONE_NANOS = 500_000_000;
    private final Pid pid;
    private final Path path;
    private final Path lastGood;
    private final Format format;
    /** What ConfigurationAdmin holds; empty when it holds nothing. */
    private Optional<Map<String, Object>> base = Optional.empty();
    /** The state of the file that needs no further look; empty when it does. */
    private Optional<Stamp> seen = Optional.empty();
    private Optional<Stamp> reported = Optional.empty();
    /** Keys that an editor changed in this run: a form that was opened before it would take the change back without knowing. */
    private final Set<String> fromEditor = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private OptionalLong goneSince = OptionalLong.empty();

    /** Changes whenever the file does: a new time, size, or another file in its place. */
    private record Stamp(FileTime time, long size, Object inode) {
        static Optional<Stamp> of(Path file) throws IOException {
            try {
                var attributes = Files.readAttributes(file, BasicFileAttributes.class);
                return Optional.of(new Stamp(attributes.lastModifiedTime(), attributes.size(), String.valueOf(attributes.fileKey())));
            } catch (java.nio.file.NoSuchFileException e) {
                return Optional.empty();
            }
        }
    }

    ConfigFile(Pid pid, Path path, Path lastGood) {
        this.pid = pid;
        this.path = path;
        this.lastGood = lastGood;
        this.format = pid.format();
    }

    Pid pid() {
        return pid;
    }

    /** The values for ConfigurationAdmin, which counts as told. Empty when there is no file, or only a broken one and nothing before it. */
    Optional<Map<String, Object>> load() {
        try {
            base = read();
        } catch (IOException broken) {
            report(broken);
            base = lastGood().map(this::parsed);
        }
        return base;
    }

    /** ConfigurationAdmin now holds these values, which it has from this file. */
    void told(Map<String, Object> values) {
        fromEditor.addAll(Merge.changed(format, base.orElse(Map.of()), values));
        base = Optional.of(values);
    }

    /** Somebody set these values by ConfigurationAdmin. Changes that an editor made meanwhile are kept, and told later. */
    void store(Map<String, Object> values) throws IOException {
        format.check(values.keySet());
        String text;
        Map<String, Object> inFile;
        try {
            Optional<String> there = Files600.read(path);
            text = there.or(this::lastGood).orElse("");
            inFile = there.isPresent() ? format.parse(text) : base.orElse(Map.of());
        } catch (BrokenFileException broken) {
            LOG.warn("{} was saved from a form while its file was broken; a copy of the broken file is {}", pid.file(), Files600.copyAside(path, "broken").getFileName());
            text = lastGood().orElse("");
            inFile = base.orElse(Map.of());
        }
        Merge merge = Merge.of(format, base.orElse(Map.of()), values, inFile);
        Set<String> overruled = new TreeSet<>(Merge.changed(format, base.orElse(Map.of()), values));
        overruled.retainAll(fromEditor);
        overruled.addAll(merge.overruled());
        if (!overruled.isEmpty() && Files.exists(path)) {
            Path copy = Files600.copyAside(path, "before");
            LOG.warn("{} was changed in its file, and then by a form that may have been opened before: the form's {} stays, a copy of "
                    + "the file as it was is {}", pid.file(), String.join(", ", overruled), copy.getFileName());
            fromEditor.removeAll(overruled);
        }
        replace(text, merge.values());
        base = Optional.of(values);
        seen = Merge.same(format, merge.values(), values) ? Stamp.of(path) : Optional.empty();
    }

    private void replace(String text, Map<String, Object> values) throws IOException {
        String rewritten = format.rewrite(text, values);
        if (!rewritten.equals(text) || !Files.exists(path)) {
            Files600.write(path, rewritten);
        }
        keep(rewritten);
    }

    void delete(boolean fileToo) throws IOException {
        if (fileToo) {
            Files.deleteIfExists(path);
        }
        Files.deleteIfExists(lastGood);
        base = Optional.empty();
        seen = Optional.empty();
    }

    /**
     * What the file says and ConfigurationAdmin does not know. A broken file is reported once, and is no news.
     *
     * @param nanos the time, as of {@link System#nanoTime()}
     */
    Optional<FileStore.News> news(long nanos) throws IOException {
        Optional<Stamp> now = Stamp.of(path);
        if (now.isEmpty()) {
            return gone(nanos);
        }
        goneSince = OptionalLong.empty();
        if (now.equals(seen)) {
            return Optional.empty();
        }
        try {
            Optional<Map<String, Object>> values = read();
            if (values.isPresent() && (base.isEmpty() || !Merge.same(format, base.get(), values.get()))) {
                return Optional.of(new FileStore.News(pid, values, Merge.changed(format, base.orElse(Map.of()), values.get())));
            }
        } catch (IOException broken) {
            report(broken);
        }
        seen = now;
        return Optional.empty();
    }

    /** Many editors move the file away before they put the new one in its place, so it has to be gone for a while. */
    private Optional<FileStore.News> gone(long nanos) {
        if (goneSince.isEmpty() && base.isPresent()) {
            goneSince = OptionalLong.of(nanos);
        }
        boolean forGood = goneSince.isPresent() && nanos - goneSince.getAsLong() >= GONE_NANOS;
        return forGood ? base.map(values -> new FileStore.News(pid, Optional.empty(), Set.of())) : Optional.empty();
    }

    /** True when the file is gone, but not yet for long enough to be news. */
    boolean unsettled() {
        return goneSince.isPresent();
    }

    private Optional<Map<String, Object>> read() throws IOException {
        Optional<String> text = Files600.read(path);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> values = format.parse(text.get());
        keep(text.get());
        if (reported.isPresent()) {
            LOG.info("{} can be read again", pid.file());
            reported = Optional.empty();
        }
        return Optional.of(values);
    }

    private void report(IOException broken) {
        try {
            Optional<Stamp> now = Stamp.of(path);
            if (!now.equals(reported)) {
                reported = now;
                LOG.error("configuration file {}, {}. {}", path, broken.getMessage(), base.isPresent() || lastGood().isPresent()
                        ? "The last good values stay in effect." : "Until it is mended the defaults apply.");
            }
        } catch (IOException e) {
            LOG.error("configuration file {} cannot be read", path, e);
        }
    }

    /** A copy of a good text for a later start on a broken file. To be without it costs little, so a failure is only told. */
    private void keep(String text) {
        try {
            if (!lastGood().equals(Optional.of(text))) {
                Files600.write(lastGood, text);
            }
        } catch (IOException e) {
            LOG.warn("no copy of {} could be kept for the case that it gets broken", pid.file(), e);
        }
    }

    private Optional<String> lastGood() {
        try {
            return Files600.read(lastGood);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private Map<String, Object> parsed(String goodText) {
        try {
            return format.parse(goodText);
        } catch (BrokenFileException e) {
            LOG.warn("the kept copy of {} is broken too", pid.file(), e);
            return Map.of();
        }
    }
}
