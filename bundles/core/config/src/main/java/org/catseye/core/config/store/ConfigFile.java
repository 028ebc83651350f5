package org.catseye.core.config.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.catseye.core.config.format.BrokenFileException;
import org.catseye.core.config.format.ConfigurationPid;
import org.catseye.core.config.format.FileFormat;
import org.catseye.secrets.SecretSettings;
import org.catseye.settings.SettingsState.Writer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One configuration's file, and the values that ConfigurationAdmin has of it. Not thread-safe: the store's lock guards it. A file that
 * cannot be parsed is never overwritten; its last good values stay in effect, after a restart too.
 */
final class ConfigFile {
    private static final Logger LOG = LoggerFactory.getLogger("org.catseye.core.config");
    private static final long REMOVAL_NANOS = 500_000_000;
    private final ConfigurationPid pid;
    private final Path path;
    private final FileFormat format;
    private final LastGoodCopy lastGood;
    /** The values that ConfigurationAdmin has; empty if it has none. */
    private Optional<Map<String, Object>> base = Optional.empty();
    /** The stamp of the file that was read last; empty if the file must be read again. */
    private Optional<FileStamp> lastRead = Optional.empty();
    /** The stamp of the broken file that was logged last. */
    private Optional<FileStamp> reportedStamp = Optional.empty();
    /** The stamp of the file whose dots in place of a secret were logged last. */
    private Optional<FileStamp> reportedDots = Optional.empty();
    /** Keys that an editor changed since the start: a form that was opened before would undo the change silently. */
    private final Set<String> fromEditor = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private OptionalLong removedSince = OptionalLong.empty();
    /** What changed the values last; empty if nothing did since the start. */
    private Optional<Writer> lastWriter = Optional.empty();

    ConfigFile(ConfigurationPid pid, Path path, Path lastGoodPath) {
        this.pid = pid;
        this.path = path;
        this.format = pid.fileFormat();
        this.lastGood = new LastGoodCopy(lastGoodPath, format);
    }

    ConfigurationPid pid() {
        return pid;
    }

    /** The values for ConfigurationAdmin, which has them from now on. Empty without a file, and for a broken one without a good copy. */
    Optional<Map<String, Object>> loadValues() {
        try {
            base = readFile();
        } catch (IOException broken) {
            reportBroken(broken);
            base = lastGood.readValues();
        }
        return base;
    }

    /** The values that ConfigurationAdmin has, with the secrets in clear text. */
    Optional<Map<String, Object>> deliveredValues() {
        return base;
    }

    Optional<Writer> lastWriter() {
        return lastWriter;
    }

    /** Only the owner may read the file from now on, because it contains a secret. A failure is only logged. */
    void restrictAccess() {
        try {
            if (TextFiles.restrictToOwner(path)) {
                LOG.info("{} contains a secret, so only its owner may read it from now on", pid.fileName());
            }
        } catch (IOException e) {
            LOG.warn("{} contains a secret, and other users of this machine can read it: chmod 600 {}", pid.fileName(), path, e);
        }
    }

    /** ConfigurationAdmin now has these values, which come from this file. */
    void recordDelivered(Map<String, Object> values) {
        Set<String> changed = ValueMerge.findChangedKeys(format, base.orElse(Map.of()), values);
        fromEditor.addAll(changed);
        if (!changed.isEmpty()) {
            lastWriter = Optional.of(Writer.FILE);
        }
        base = Optional.of(values);
    }

    /** Writes values that were set through ConfigurationAdmin. Changes that an editor made meanwhile are kept, and delivered later. */
    void storeValues(Map<String, Object> values) throws IOException {
        format.checkKeys(values.keySet());
        String text;
        Map<String, Object> inFile;
        try {
            Optional<String> existing = TextFiles.readText(path);
            text = existing.or(lastGood::readText).orElse("");
            inFile = existing.isPresent() ? parseValues(text) : base.orElse(Map.of());
        } catch (BrokenFileException broken) {
            LOG.warn("{} was saved from a form while its file was broken; the broken file was copied to {}", pid.fileName(),
                    TextFiles.copyAside(path, "broken").getFileName());
            text = lastGood.readText().orElse("");
            inFile = base.orElse(Map.of());
        }
        ValueMerge merge = ValueMerge.mergeChanges(format, base.orElse(Map.of()), values, inFile);
        keepOverruled(merge, values);
        replaceText(text, merge.values());
        lastWriter = Optional.of(Writer.FORM);
        base = Optional.of(values);
        lastRead = ValueMerge.haveEqualValues(format, merge.values(), values) ? FileStamp.readStamp(path) : Optional.empty();
    }

    /** Copies the file if the form undoes an editor's change. */
    private void keepOverruled(ValueMerge merge, Map<String, Object> formValues) throws IOException {
        Set<String> overruled = new TreeSet<>(ValueMerge.findChangedKeys(format, base.orElse(Map.of()), formValues));
        overruled.retainAll(fromEditor);
        overruled.addAll(merge.overruled());
        if (!overruled.isEmpty() && Files.exists(path)) {
            Path copy = TextFiles.copyAside(path, "before");
            LOG.warn("{} was changed in its file, and then by a form that may have been opened before: the form's {} is used, and "
                    + "the file's former content is in {}", pid.fileName(), String.join(", ", overruled), copy.getFileName());
            fromEditor.removeAll(overruled);
        }
    }

    private void replaceText(String text, Map<String, Object> values) throws IOException {
        String rewritten = format.rewriteText(text, values);
        if (!rewritten.equals(text) || !Files.exists(path)) {
            TextFiles.writeText(path, rewritten);
        }
        lastGood.keepText(rewritten);
    }

    void deleteFile(boolean withFile) throws IOException {
        if (withFile) {
            Files.deleteIfExists(path);
        }
        lastGood.deleteCopy();
        base = Optional.empty();
        lastRead = Optional.empty();
    }

    /**
     * The change that ConfigurationAdmin does not have yet. A broken file is logged once, and is no change.
     *
     * @param nowNanos the time, as {@link System#nanoTime()}
     */
    Optional<FileChange> findChange(long nowNanos) throws IOException {
        Optional<FileStamp> current = FileStamp.readStamp(path);
        if (current.isEmpty()) {
            return findRemoval(nowNanos);
        }
        removedSince = OptionalLong.empty();
        if (current.equals(lastRead)) {
            return Optional.empty();
        }
        try {
            Optional<Map<String, Object>> values = readFile();
            if (values.isPresent() && (base.isEmpty() || !ValueMerge.haveEqualValues(format, base.get(), values.get()))) {
                return Optional.of(new FileChange(pid, values, ValueMerge.findChangedKeys(format, base.orElse(Map.of()), values.get())));
            }
        } catch (IOException broken) {
            reportBroken(broken);
        }
        lastRead = current;
        return Optional.empty();
    }

    /** Many editors move the file away before they put the new one in its place, so it must be missing for a while. */
    private Optional<FileChange> findRemoval(long nowNanos) {
        if (removedSince.isEmpty() && base.isPresent()) {
            removedSince = OptionalLong.of(nowNanos);
        }
        boolean removed = removedSince.isPresent() && nowNanos - removedSince.getAsLong() >= REMOVAL_NANOS;
        return removed ? base.map(values -> new FileChange(pid, Optional.empty(), Set.of())) : Optional.empty();
    }

    /** Whether the file is missing, but not yet for long enough to be removed. */
    boolean awaitsRemoval() {
        return removedSince.isPresent();
    }

    private Optional<Map<String, Object>> readFile() throws IOException {
        Optional<String> text = TextFiles.readText(path);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> values = parseValues(text.get());
        lastGood.keepText(text.get());
        reportDots(text.get(), values);
        if (reportedStamp.isPresent()) {
            LOG.info("{} can be read again", pid.fileName());
            reportedStamp = Optional.empty();
        }
        return Optional.of(values);
    }

    /** A file has each secret itself. A reference that was copied into it stands for nothing, so only its dots remain. */
    private Map<String, Object> parseValues(String text) throws BrokenFileException {
        Map<String, Object> values = format.parseText(text);
        values.replaceAll((key, value) -> SecretSettings.isReference(value) ? SecretSettings.UNKNOWN : value);
        return values;
    }

    /** Once for each change of the file, because the folder is read every few seconds. */
    private void reportDots(String text, Map<String, Object> values) throws IOException {
        List<String> keys = values.keySet().stream().filter(key -> SecretSettings.isReference(values.get(key))).toList();
        Optional<FileStamp> current = keys.isEmpty() ? Optional.empty() : FileStamp.readStamp(path);
        if (!current.equals(reportedDots)) {
            reportedDots = current;
            if (!keys.isEmpty()) {
                LOG.error("configuration file {}{}: {} has dots in place of its value. Enter the value itself; until then it is a wrong setting.",
                        path, describeLineWithDots(text), String.join(", ", keys));
            }
        }
    }

    /** Empty if the file has the dots as escapes. */
    private static String describeLineWithDots(String text) {
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).stripLeading().startsWith("#") && lines.get(i).contains(SecretSettings.UNKNOWN)) {
                return ", line " + (i + 1);
            }
        }
        return "";
    }

    private void reportBroken(IOException broken) {
        try {
            Optional<FileStamp> current = FileStamp.readStamp(path);
            if (!current.equals(reportedStamp)) {
                reportedStamp = current;
                LOG.error("configuration file {}, {}. {}", path, broken.getMessage(), base.isPresent() || lastGood.readText().isPresent()
                        ? "The last good values stay in effect." : "Until the file is corrected the defaults apply.");
            }
        } catch (IOException e) {
            LOG.error("configuration file {} cannot be read", path, e);
        }
    }
}
