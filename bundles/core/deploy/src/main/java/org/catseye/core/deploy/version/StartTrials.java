package org.catseye.core.deploy.version;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.catseye.core.deploy.jar.DroppedJar;
import org.catseye.files.DurableFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recognizes bundles that end the whole process. Before a bundle starts, its file name goes into a record on the disk, and leaves it half a
 * minute after the start. If the process ends in between, the record is still there at the next start. After the second such end in a row,
 * the bundles that were starting are held: they are not started until their files change. If none was starting, all that had just started
 * are held, but only for one run, because a power cut looks the same. Thread-safe.
 */
public final class StartTrials {

    private static final Logger LOG = LoggerFactory.getLogger(StartTrials.class);
    private static final int MAX_BYTES = 256 << 10;
    private static final int MAX_FAILED_STARTS = 2;
    private static final long TRIAL_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long TURN_MILLIS = 10_000;
    /** Why a held bundle does not run. */
    static final String HELD = "Catseye ended " + MAX_FAILED_STARTS + " times in a row while it started; to try it again, "
            + "remove the file and copy it again";

    private final DurableFile file;
    private final LongSupplier nanoClock;
    // Guarded by this.
    private TrialRecord record = TrialRecord.EMPTY;
    private final Map<String, Long> startedAt = new TreeMap<>();
    private final Map<String, String> heldForThisRun = new TreeMap<>();
    private boolean loaded;
    private boolean ended;
    private Optional<Thread> turn = Optional.empty();

    /** @param nanoClock {@link System#nanoTime} */
    public StartTrials(Path file, LongSupplier nanoClock) {
        this.file = DurableFile.forOwnerOnly(file);
        this.nanoClock = nanoClock;
    }

    /** Reads how the last run ended, and decides which bundles are held. */
    public synchronized void loadFile() {
        loaded = true;
        try {
            record = file.readBytes(MAX_BYTES).map(bytes -> TrialRecord.parse(new String(bytes, StandardCharsets.UTF_8))).orElse(TrialRecord.EMPTY);
        } catch (IOException e) {
            LOG.warn("{} cannot be read, and counts as empty", file.path(), e);
            record = TrialRecord.EMPTY;
        }
        Map<String, String> suspects = record.findSuspects();
        if (suspects.isEmpty()) {
            record = record.withoutFailures();
        } else if (record.failures() + 1 < MAX_FAILED_STARTS) {
            LOG.warn("Catseye ended while it started {}. They are started once more", describeFiles(suspects));
            record = record.withFailure();
        } else {
            hold(suspects);
        }
        saveFile();
    }

    private void hold(Map<String, String> suspects) {
        boolean certain = !record.starting().isEmpty();
        LOG.error("SAFE MODE for added bundles: Catseye ended {} times in a row while it started {}. {} not started{}. Everything else runs",
                MAX_FAILED_STARTS, describeFiles(suspects), suspects.size() == 1 ? "It is" : "They are",
                certain ? " until you replace or remove it in the drop folder" : " in this run");
        if (certain) {
            record = record.withHeld(suspects);
        } else {
            heldForThisRun.putAll(suspects);
            record = record.withHeld(Map.of());
        }
    }

    private static String describeFiles(Map<String, String> suspects) {
        return suspects.keySet().stream().collect(Collectors.joining(", "));
    }

    /** Whether this content of the file must not be started. */
    synchronized boolean isHeld(DroppedJar jar) {
        return jar.digest().equals(record.held().get(jar.fileName())) || jar.digest().equals(heldForThisRun.get(jar.fileName()));
    }

    /** The file was removed. If it comes back, it is tried again. */
    public synchronized void forget(String fileName) {
        heldForThisRun.remove(fileName);
        if (record.held().containsKey(fileName)) {
            record = record.withoutHeld(fileName);
            saveFile();
        }
    }

    /**
     * After a failure, the suspects start one at a time, so that the next failure names a single one.
     *
     * @return false if the run ends, so that the bundle must not start any more
     */
    synchronized boolean beginStart(DroppedJar jar) {
        boolean suspect = record.suspects().containsKey(jar.fileName());
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TURN_MILLIS);
        try {
            while (!ended && suspect && turn.isPresent() && deadline - System.nanoTime() > 0) {
                wait(TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()) + 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (ended) {
            return false;
        }
        turn = suspect ? Optional.of(Thread.currentThread()) : turn;
        startedAt.remove(jar.fileName());
        record = record.withStarting(jar.fileName(), jar.digest());
        saveFile();
        return true;
    }

    /** The start has returned or thrown. */
    synchronized void endStart(DroppedJar jar) {
        turn = turn.filter(thread -> thread != Thread.currentThread());
        notifyAll();
        if (ended) {
            return;
        }
        startedAt.put(jar.fileName(), nanoClock.getAsLong());
        record = record.withStarted(jar.fileName());
        saveFile();
    }

    /** Whether Catseye stops as intended. What starts or ends afterwards is not recorded. */
    synchronized boolean hasEnded() {
        return ended;
    }

    /** Ends the trial of each bundle that started long enough ago. Call it regularly. */
    public synchronized void endTrials() {
        long now = nanoClock.getAsLong();
        if (!ended && startedAt.values().removeIf(time -> now - time > TRIAL_NANOS)) {
            record = record.withTrialsOf(startedAt.keySet());
            if (record.findSuspects().isEmpty()) {
                record = record.withoutFailures();
            }
            saveFile();
        }
    }

    /** Catseye stops as intended, not because of a bundle. */
    public synchronized void endRun() {
        ended = true;
        notifyAll();
        if (!loaded) {
            return;
        }
        record = record.withoutTrials().withoutFailures();
        saveFile();
    }

    private void saveFile() {
        try {
            if (record.equals(TrialRecord.EMPTY)) {
                file.deleteIfExists();
            } else {
                file.replaceContent(record.format().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be written ({}). A bundle that ends the process will not be recognized", file.path(), e.toString());
        }
    }
}
