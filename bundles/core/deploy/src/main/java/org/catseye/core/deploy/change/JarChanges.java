package org.catseye.core.deploy.change;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.catseye.access.Caller;
import org.catseye.core.deploy.jar.DroppedJar;
import org.catseye.core.deploy.jar.JarContent;
import org.catseye.files.DurableFile;
import org.catseye.plugins.RollBack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a jar of the drop folder for a trial. The order of the file operations makes a stop harmless at any time: first the previous jar
 * is copied, then the record of the change is written, then the new jar is renamed into place. The record is deleted when the trial has
 * ended. If there is still a record at the next start, and the drop folder has the content that it names, the previous content is restored.
 * Each operation is complete and on the disk before the next one begins. Thread-safe.
 */
public final class JarChanges {

    /** Why a change is undone at the next start. */
    public static final String STOPPED = "Catseye ended during the trial of the new version";
    private static final Logger LOG = LoggerFactory.getLogger(JarChanges.class);
    private static final int MAX_RECORD_BYTES = 64 << 10;
    private static final String JAR_PERMISSIONS = "rw-r--r--";

    private final Path folder;
    private final Path records;
    private final KeptJars kept;
    private final FailedChanges failed;
    private final PluginHistory history;
    private final Clock clock;
    private final Runnable beforeStep;
    private final CompletableFuture<List<ChangeRecord>> recovered = new CompletableFuture<>();

    /**
     * @param folder the drop folder
     * @param home the folder for records and earlier jars; created when it is needed
     */
    public JarChanges(Path folder, Path home) {
        this(folder, home, Clock.systemUTC(), () -> { });
    }

    /** @param beforeStep called before each file operation; a test throws in it */
    JarChanges(Path folder, Path home, Clock clock, Runnable beforeStep) {
        this.folder = folder;
        this.records = home.resolve("trials");
        this.kept = new KeptJars(home.resolve("previous"));
        this.failed = new FailedChanges(home.resolve("rolled-back"));
        this.history = new PluginHistory(home.resolve("history"));
        this.clock = clock;
        this.beforeStep = beforeStep;
    }

    /**
     * Replaces a jar, or adds it, and leaves a record.
     *
     * @param next the new content; its path is where it is going to be
     * @param source the file with the new content
     * @param previous the jar at the same path
     * @param by the user who replaces it
     */
    public synchronized ChangeRecord replaceJar(DroppedJar next, Path source, Optional<DroppedJar> previous, boolean wasStopped, Caller by)
            throws IOException {
        if (next.fileName().chars().anyMatch(Character::isISOControl)) {
            throw new IOException("the name of the file has control characters");
        }
        String copy = "";
        if (previous.isPresent()) {
            beforeStep.run();
            copy = kept.keepCopy(next.symbolicName(), previous.get().version().toString(), previous.get().path(), clock.instant());
        }
        ChangeRecord change = new ChangeRecord(next.symbolicName(), next.fileName(), next.version().toString(), next.digest(), copy, wasStopped,
                by.session().user(), by.address());
        try {
            beforeStep.run();
            DurableFile.createOwnerOnlyFolder(records);
            recordFile(change.name()).replaceContent(change.format().getBytes(StandardCharsets.UTF_8));
            beforeStep.run();
            jarFile(change.fileName()).replaceContent(source);
            return change;
        } catch (IOException e) {
            undoAfterFailure(change, e);
            throw e;
        }
    }

    /** A full disk, for example. What cannot be undone either is undone at the next start. */
    private void undoAfterFailure(ChangeRecord change, IOException failure) {
        try {
            restore(change, "The file could not be written: " + failure.getMessage());
            if (!change.keptFile().isEmpty()) {
                Files.deleteIfExists(kept.findPath(change.name(), change.keptFile()));
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * The trial has succeeded: the new content stays.
     *
     * @param source the file with the new content; deleted if it is an earlier jar, because that is in use again
     */
    public synchronized void commit(ChangeRecord change, Path source) throws IOException {
        beforeStep.run();
        recordFile(change.name()).deleteIfExists();
        beforeStep.run();
        failed.delete(change.name());
        kept.deleteOldest(change.name(), source);
    }

    /**
     * The trial has failed: the previous content, or the absence of the file, is restored.
     *
     * @return false if someone else has changed the file since; then it stays as it is
     */
    public synchronized boolean restore(ChangeRecord change, String reason) throws IOException {
        boolean current = change.digest().equals(computeDigest(folder.resolve(change.fileName())));
        if (current) {
            beforeStep.run();
            storeReason(change, reason);
            beforeStep.run();
            if (change.keptFile().isEmpty()) {
                jarFile(change.fileName()).deleteIfExists();
            } else {
                jarFile(change.fileName()).replaceWith(kept.findPath(change.name(), change.keptFile()));
            }
        }
        beforeStep.run();
        recordFile(change.name()).deleteIfExists();
        return current;
    }

    /** A full disk must not prevent that the previous content is restored. That needs no space, but the reason does. */
    private void storeReason(ChangeRecord change, String reason) {
        try {
            failed.store(new RollBack(change.name(), change.version(), clock.instant(), reason));
        } catch (IOException e) {
            LOG.error("The reason why {} {} is rolled back cannot be stored: {}", change.name(), change.version(), reason, e);
        }
    }

    /**
     * Restores what was in a trial when the process ended. Call it once, before the drop folder is read.
     *
     * @param beforeRestore gets each change that was not ended, also if its file is already restored
     * @return the restored ones
     */
    public synchronized List<ChangeRecord> restoreUnfinished(Consumer<ChangeRecord> beforeRestore) {
        List<ChangeRecord> restored = new ArrayList<>();
        try {
            kept.deleteDrafts();
            for (ChangeRecord change : readRecords()) {
                beforeRestore.accept(change);
                if (restore(change, STOPPED)) {
                    LOG.warn("{} {} is rolled back: {}", change.name(), change.version(), STOPPED);
                    restored.add(change);
                }
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("An unfinished change of a plug-in cannot be undone. It will be tried again at the next start", e);
        } finally {
            recovered.complete(List.copyOf(restored));
        }
        return restored;
    }

    /** Whether a jar of this plug-in was replaced, and the trial has not ended. */
    public boolean isBeingTried(String name) {
        return Files.exists(records.resolve(name));
    }

    /** What is remembered about earlier versions. */
    public PluginHistory history() {
        return history;
    }

    /** Whether {@link #restoreUnfinished} has run. */
    public boolean hasRecovered() {
        return recovered.isDone();
    }

    /** Calls a listener once with what {@link #restoreUnfinished} has restored, as soon as it has run. */
    public void onRecovered(Consumer<List<ChangeRecord>> listener) {
        recovered.thenAccept(listener);
    }

    private List<ChangeRecord> readRecords() throws IOException {
        List<ChangeRecord> found = new ArrayList<>();
        if (!Files.isDirectory(records)) {
            return found;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(records, "[!.]*")) {
            for (Path file : files) {
                String text = DurableFile.forOwnerOnly(file).readBytes(MAX_RECORD_BYTES).map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse("");
                try {
                    found.add(ChangeRecord.parse(file.getFileName().toString(), text));
                } catch (IllegalArgumentException e) {
                    LOG.error("{} is damaged and is ignored", file, e);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }

    /** The earlier jars of a plug-in, the newest first. */
    public synchronized List<KeptJars.KeptJar> listKept(String name) throws IOException {
        return kept.listJars(name);
    }

    /** The last change of each plug-in that was undone, the newest first. */
    public synchronized List<RollBack> listRollBacks() {
        return failed.listAll();
    }

    /** Deletes a jar from the drop folder. */
    public synchronized void removeJar(String fileName) throws IOException {
        jarFile(fileName).deleteIfExists();
    }

    /** Deletes the earlier jars of a plug-in and its last failure. */
    public synchronized void forgetPlugin(String name) throws IOException {
        kept.deleteAll(name);
        failed.delete(name);
    }

    private DurableFile recordFile(String name) {
        return DurableFile.forOwnerOnly(records.resolve(name));
    }

    private DurableFile jarFile(String name) {
        return DurableFile.withPermissions(folder.resolve(name), JAR_PERMISSIONS);
    }

    /** Empty for a file that is missing. */
    private static String computeDigest(Path file) throws IOException {
        try {
            return JarContent.computeDigest(file);
        } catch (NoSuchFileException e) {
            return "";
        }
    }
}
