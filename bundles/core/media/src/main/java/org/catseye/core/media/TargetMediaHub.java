package org.catseye.core.media;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.catseye.concurrent.BackgroundReading;
import org.catseye.concurrent.SingleAction;
import org.catseye.core.media.Drive.Outcome;
import org.catseye.core.media.library.Attachments;
import org.catseye.core.media.library.ImageFiles;
import org.catseye.media.AttachedMedium;
import org.catseye.media.DriveState;
import org.catseye.media.DriveState.Condition;
import org.catseye.media.MediaException;
import org.catseye.media.MediaException.Reason;
import org.catseye.media.MediaHub;
import org.catseye.media.MediaKind;
import org.catseye.media.spi.DriveLockedException;
import org.catseye.media.spi.Medium;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hub of one target. It reads drives on a thread of its own and changes media on another one, so that a drive that hangs delays neither
 * viewers nor the web server. Thread-safe.
 */
final class TargetMediaHub implements MediaHub {

    private static final Logger LOG = LoggerFactory.getLogger(TargetMediaHub.class);

    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(4);
    private static final Duration ACTION_TIMEOUT = Duration.ofSeconds(40);

    private final String target;
    private final Supplier<List<Drive>> drives;
    private final ImageFiles images;
    private final Attachments attachments;
    private final EjectListener ejectListener;
    private final BackgroundReading reading;
    /** By the name of the drive. */
    private final SingleAction<String> actions;
    /** How many changes have begun or ended: a reading that a change overlaps may be out of date. */
    private final AtomicLong changes = new AtomicLong();
    /** By the name of the drive; replaced as a whole. Written under this. */
    private volatile Map<String, Outcome> latest = Map.of();

    /** Hears that a remote computer ejected an image by itself. */
    @FunctionalInterface
    interface EjectListener {
        void handleEject(String target, String drive, AttachedMedium medium);
    }

    /** @param drives the current drives of the target, in the order of their names */
    TargetMediaHub(String target, Supplier<List<Drive>> drives, ImageFiles images, Attachments attachments, EjectListener ejectListener,
            LongSupplier clock) {
        this.target = target;
        this.drives = drives;
        this.images = images;
        this.attachments = attachments;
        this.ejectListener = ejectListener;
        reading = new BackgroundReading("media-" + target, this::readAll, FRESH, READ_TIMEOUT, clock);
        actions = new SingleAction<>("media-change-" + target, ACTION_TIMEOUT);
    }

    void close() {
        reading.close();
        actions.close();
    }

    @Override
    public List<DriveState> currentDrives() {
        reading.startIfDue();
        return describeDrives();
    }

    @Override
    public List<DriveState> readDrives() throws InterruptedException {
        if (!reading.awaitReading()) {
            LOG.debug("The drives of {} have not answered in time.", target);
        }
        return describeDrives();
    }

    /** A drive has come: reads what is in it. */
    void handleNewDrive() {
        reading.expire();
        reading.startIfDue();
    }

    /** Whether an image is attached, or may be. */
    boolean hasMedia() {
        return latest.values().stream().anyMatch(outcome -> outcome.shown().isPresent() || !outcome.failure().isEmpty());
    }

    private List<DriveState> describeDrives() {
        Map<String, Outcome> known = latest;
        boolean stuck = reading.isStuck();
        return drives.get().stream().map(drive -> describeDrive(drive, known.getOrDefault(nameOf(drive), Outcome.UNREAD), stuck)).toList();
    }

    private static String nameOf(Drive drive) {
        return drive.place().drive();
    }

    private DriveState describeDrive(Drive drive, Outcome outcome, boolean stuck) {
        String reason = stuck ? "The drive does not answer." : outcome.failure();
        Condition condition = !reason.isEmpty() ? Condition.UNAVAILABLE : outcome.shown().isEmpty() ? Condition.EMPTY
                : outcome.reading().locked() ? Condition.LOCKED : Condition.ATTACHED;
        return new DriveState(nameOf(drive), drive.label(), drive.device().supportedKinds(), drive.device().supportsWriting(), condition, reason,
                outcome.shown());
    }

    private Outcome readOutcome(Drive drive) {
        Outcome before = latest.getOrDefault(nameOf(drive), Outcome.UNREAD);
        return drive.readOutcome(medium -> before.findShown(medium).orElseGet(() -> describeMedium(medium)));
    }

    /** Reads the folders of the library. */
    private AttachedMedium describeMedium(Medium medium) {
        String name = String.valueOf(medium.file().getFileName());
        Path file = Attachments.toRealFile(medium.file());
        String image = images.locateImage(name).filter(found -> Attachments.toRealFile(found.file()).equals(file)).map(found -> found.image().id()).orElse("");
        return new AttachedMedium(image, name, medium.kind(), medium.readOnly());
    }

    private void readAll() {
        long before = changes.get();
        List<Drive> current = drives.get();
        Map<String, Outcome> next = new HashMap<>();
        for (Drive drive : current) {
            Outcome outcome = readOutcome(drive);
            String known = Optional.ofNullable(latest.get(nameOf(drive))).map(Outcome::failure).orElse("");
            if (!outcome.failure().isEmpty() && !outcome.failure().equals(known)) {
                LOG.warn("Target {}: the drive {} cannot be used: {}", target, drive.label(), outcome.failure());
            }
            next.put(nameOf(drive), outcome);
        }
        synchronized (this) {
            if (changes.get() == before) {
                current.forEach(drive -> followDrive(drive, next.get(nameOf(drive))));
                latest = Map.copyOf(next);
            }
        }
    }

    /** The remote computer may have ejected what was in the drive, and a drive may come with something in it. */
    private void followDrive(Drive drive, Outcome outcome) {
        if (!outcome.failure().isEmpty()) {
            return; // What is in it is unknown, so nobody may delete it.
        }
        Optional<AttachedMedium> before = Optional.ofNullable(latest.get(nameOf(drive))).flatMap(Outcome::shown);
        if (outcome.reading().medium().isPresent()) {
            Medium medium = outcome.reading().medium().get();
            attachments.recordFile(drive.place(), medium.file(), medium.readOnly());
        } else {
            attachments.releaseFile(drive.place());
            before.ifPresent(gone -> ejectListener.handleEject(target, nameOf(drive), gone));
        }
    }

    @Override
    public void attachImage(String drive, String image, MediaKind kind, boolean readOnly) throws MediaException, InterruptedException {
        Drive found = findDrive(drive);
        requireSupport(found, kind, readOnly);
        Medium medium = new Medium(images.requireImage(image, !readOnly && kind != MediaKind.CDROM).file(), kind, readOnly);
        changeMedium(found, () -> {
            attachments.requireFree(found.place(), medium.file(), medium.readOnly());
            ejectNow(found, false);
            attachments.claimFile(found.place(), medium.file(), medium.readOnly());
            try {
                found.device().insertMedium(medium);
            } catch (IOException | InterruptedException | RuntimeException e) {
                attachments.releaseFile(found.place());
                throw e;
            }
        });
    }

    private Drive findDrive(String name) throws MediaException {
        List<Drive> current = drives.get();
        return current.stream().filter(drive -> nameOf(drive).equals(name)).findFirst().orElseThrow(() -> new MediaException(Reason.NOT_FOUND,
                "This computer has no such drive. It has: " + current.stream().map(TargetMediaHub::nameOf).collect(Collectors.joining(", ")) + "."));
    }

    private static void requireSupport(Drive drive, MediaKind kind, boolean readOnly) throws MediaException {
        if (!drive.device().supportedKinds().contains(kind)) {
            throw new MediaException(Reason.UNSUPPORTED, "The drive \"" + nameOf(drive) + "\" takes "
                    + (kind == MediaKind.CDROM ? "disks only, no CDs." : "CDs only, no disks."));
        }
        if (kind == MediaKind.DISK && !readOnly && !drive.device().supportsWriting()) {
            throw new MediaException(Reason.UNSUPPORTED, "The computer cannot write to the drive \"" + nameOf(drive) + "\". Attach the image read-only.");
        }
    }

    @Override
    public void ejectImage(String drive, boolean force) throws MediaException, InterruptedException {
        Drive found = findDrive(drive);
        changeMedium(found, () -> ejectNow(found, force));
    }

    private void ejectNow(Drive drive, boolean force) throws IOException, InterruptedException {
        drive.device().ejectMedium(force);
        attachments.releaseFile(drive.place());
    }

    /** A change of what is in a drive. */
    private interface Change {
        void run() throws IOException, InterruptedException;
    }

    private void changeMedium(Drive drive, Change change) throws MediaException, InterruptedException {
        Optional<String> other;
        try {
            other = actions.perform(nameOf(drive), () -> { }, () -> {
                changes.incrementAndGet();
                try {
                    change.run();
                } finally {
                    recordChange(drive);
                }
                return null;
            });
        } catch (RejectedExecutionException e) {
            throw new MediaException(Reason.UNAVAILABLE, "The drive has been removed.");
        } catch (TimeoutException e) {
            throw new MediaException(Reason.FAILED, "The drive has not answered within " + ACTION_TIMEOUT.toSeconds() + " s.", e);
        } catch (ExecutionException e) {
            throw toMediaException(drive, e.getCause());
        }
        if (other.isPresent()) {
            throw new MediaException(Reason.BUSY, "The medium of the drive \"" + other.get() + "\" is just being changed. Try again when that is done.");
        }
    }

    /** So that the next question gets the new state, without the time of a reading, and the eject is not taken for the computer's. */
    private void recordChange(Drive drive) {
        Outcome outcome = readOutcome(drive);
        synchronized (this) {
            Map<String, Outcome> next = new HashMap<>(latest);
            next.put(nameOf(drive), outcome);
            latest = Map.copyOf(next);
            changes.incrementAndGet();
        }
        reading.expire();
    }

    private MediaException toMediaException(Drive drive, Throwable cause) {
        if (cause instanceof MediaException refused) {
            return refused;
        }
        if (cause instanceof DriveLockedException) {
            return new MediaException(Reason.LOCKED, "The computer has locked the drive \"" + nameOf(drive)
                    + "\": it is using what is inside. Eject it there, or eject it by force; the computer may lose data then.", cause);
        }
        LOG.warn("Target {}: the medium of the drive {} could not be changed", target, drive.label(), cause);
        return new MediaException(Reason.FAILED, cause.getMessage() == null ? "The drive failed; the log has the details." : cause.getMessage(), cause);
    }
}
