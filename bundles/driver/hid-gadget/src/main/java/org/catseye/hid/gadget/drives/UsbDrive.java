package org.catseye.hid.gadget.drives;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.catseye.hid.gadget.descriptor.Drive;
import org.catseye.linux.Errno;
import org.catseye.linux.ErrnoException;
import org.catseye.media.MediaKind;
import org.catseye.media.spi.DriveLockedException;
import org.catseye.media.spi.DriveReading;
import org.catseye.media.spi.MediaDrive;
import org.catseye.media.spi.Medium;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A drive of the USB device. The remote computer sees a change as a changed medium, and keeps the device: the keyboard is not
 * disconnected. The medium stays in the drive when Catseye stops, so that an update does not interrupt an installation.
 *
 * <p>The kernel does not show whether the remote computer has locked the drive. It only refuses to eject. From then on, this class
 * checks with each reading whether it would still refuse.
 */
final class UsbDrive implements MediaDrive {

    private static final Logger LOG = LoggerFactory.getLogger(UsbDrive.class);
    private static final long READ_MILLIS = 3_000;
    private static final long CHANGE_MILLIS = 12_000;
    private static final String REMOVED_FILE = " (deleted)";
    private static final String YES = "1";
    private static final String NO = "0";
    /** A path that never exists, because its parent is not a folder. The kernel checks the lock first, and keeps the current medium. */
    private static final String IMPOSSIBLE_PATH = "/dev/null/none";
    private static final String NO_RESPONSE = "The drive does not respond: the remote computer stopped in the middle of a transfer, or the "
            + "storage with the image does not respond. \"Unplug and plug in again\" in the self-check ends the transfer.";

    private static final long RETRY_MILLIS = 50;

    private final Drive drive;
    private final DriveUnit unit;
    private final BoundedCalls calls;
    private final long lockPatienceMillis;
    /** What was inserted last, for the thread of {@link #calls}. */
    private Inserted inserted = new Inserted("", Optional.empty());
    /** Whether the kernel refused to eject; for the thread of {@link #calls}. */
    private boolean refused;

    /** @param shownPath the path that the kernel shows for it, without symbolic links */
    private record Inserted(String shownPath, Optional<Medium> medium) {
    }

    /**
     * @param lockPatienceMillis how long a lock must last before it is reported. An operating system locks a drive for a moment after each
     *     change of the medium, while it examines the new one.
     */
    UsbDrive(Drive drive, DriveUnit unit, BoundedCalls calls, long lockPatienceMillis) {
        this.lockPatienceMillis = lockPatienceMillis;
        this.drive = drive;
        this.unit = unit;
        this.calls = calls;
    }

    @Override
    public Set<MediaKind> supportedKinds() {
        return Set.of(drive.kind());
    }

    @Override
    public boolean supportsWriting() {
        return drive.kind() == MediaKind.DISK;
    }

    @Override
    public DriveReading readDrive() throws IOException {
        try {
            return makeCall(this::observe, READ_MILLIS, () -> { });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Reading the drive was interrupted.", e);
        }
    }

    @Override
    public void insertMedium(Medium medium) throws IOException, InterruptedException {
        if (medium.kind() != drive.kind()) {
            throw new IOException("The drive \"" + drive.driveName() + "\" takes only images for the kind \"" + drive.kind().publicName()
                    + "\".");
        }
        ImageCheck.requireUsable(medium);
        makeCall(() -> insert(medium), CHANGE_MILLIS, this::ejectLate);
    }

    @Override
    public void ejectMedium(boolean force) throws IOException, InterruptedException {
        makeCall(() -> eject(force), CHANGE_MILLIS, () -> { });
    }

    private <T> T makeCall(Callable<T> call, long timeoutMillis, Runnable late) throws IOException, InterruptedException {
        // Outside the call: these messages must not wait for a transfer.
        unit.requireUsable();
        try {
            return calls.call(call, timeoutMillis, late);
        } catch (TimeoutException e) {
            throw new IOException(NO_RESPONSE, e);
        }
    }

    private DriveReading observe() throws IOException {
        String path = unit.readValue(DriveUnit.FILE);
        if (path.isEmpty()) {
            refused = false;
            return DriveReading.EMPTY;
        }
        refused = refused && isStillRefused();
        return new DriveReading(Optional.of(describeMedium(path)), refused);
    }

    private Medium describeMedium(String path) throws IOException {
        String shown = path.endsWith(REMOVED_FILE) ? path.substring(0, path.length() - REMOVED_FILE.length()) : path;
        if (inserted.medium().isPresent() && inserted.shownPath().equals(shown)) {
            return inserted.medium().get();
        }
        return new Medium(Path.of(shown), drive.kind(), unit.readValue(DriveUnit.READ_ONLY).equals(YES));
    }

    private boolean isStillRefused() throws IOException {
        try {
            unit.writeValue(DriveUnit.FILE, IMPOSSIBLE_PATH);
        } catch (ErrnoException e) {
            return e.is(Errno.EBUSY);
        }
        return false;
    }

    private Void insert(Medium medium) throws IOException, InterruptedException {
        if (!unit.readValue(DriveUnit.FILE).isEmpty()) {
            eject(false);
        }
        unit.writeValue(DriveUnit.READ_ONLY, medium.readOnly() ? YES : NO);
        try {
            unit.writeValue(DriveUnit.FILE, medium.file().toString());
        } catch (ErrnoException e) {
            throw new IOException("The kernel refused the image " + medium.file().getFileName() + " (" + e.getMessage() + ").", e);
        }
        String shown = unit.readValue(DriveUnit.FILE);
        if (shown.isEmpty()) {
            throw new IOException("The kernel did not insert the image " + medium.file().getFileName() + ".");
        }
        if (!medium.readOnly() && unit.readValue(DriveUnit.READ_ONLY).equals(YES)) {
            // The kernel inserts it read-only instead if it may not write to the file.
            eject(true);
            throw new IOException("The kernel may not write to the image " + medium.file().getFileName() + ". Attach it read-only.");
        }
        inserted = new Inserted(shown, Optional.of(medium));
        return null;
    }

    private Void eject(boolean force) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(lockPatienceMillis);
        while (!tryEject(force)) {
            if (System.nanoTime() > end) {
                refused = true;
                throw new DriveLockedException();
            }
            Thread.sleep(RETRY_MILLIS);
        }
        if (!unit.readValue(DriveUnit.FILE).isEmpty()) {
            throw new IOException("The kernel did not eject the medium.");
        }
        inserted = new Inserted("", Optional.empty());
        refused = false;
        return null;
    }

    /** False if the remote computer has locked the drive. */
    private boolean tryEject(boolean force) throws IOException {
        try {
            unit.writeValue(force ? DriveUnit.FORCED_EJECT : DriveUnit.FILE, "");
            return true;
        } catch (ErrnoException e) {
            if (e.is(Errno.EBUSY)) {
                return false;
            }
            throw e;
        }
    }

    /** Undoes an insertion that was reported as failed and has succeeded after all. */
    private void ejectLate() {
        try {
            eject(false);
        } catch (IOException | InterruptedException e) {
            LOG.warn("A medium was inserted into the drive \"{}\" after a delay, and stays there: {}", drive.driveName(), e.getMessage());
        }
    }
}
