package org.catseye.testkit;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.catseye.media.MediaKind;
import org.catseye.media.spi.DriveLockedException;
import org.catseye.media.spi.DriveReading;
import org.catseye.media.spi.MediaDrive;
import org.catseye.media.spi.Medium;

/** A drive in memory that records what is put into it. Thread-safe. */
public final class FakeMediaDrive implements MediaDrive {

    private final Set<MediaKind> kinds;
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile Optional<Medium> inside = Optional.empty();
    private volatile boolean locked;
    private final FakeFailures failures = new FakeFailures();

    /** @param kinds what it takes; a drive for disks is writable */
    public FakeMediaDrive(MediaKind... kinds) {
        this.kinds = EnumSet.copyOf(List.of(kinds));
    }

    /** As if the remote computer locked or unlocked it. */
    public void lock(boolean on) {
        locked = on;
    }

    /** As if the remote computer ejected what is inside. */
    public void ejectByHost() {
        inside = Optional.empty();
        locked = false;
    }

    /** Everything fails from now on; null for not any more. */
    public void failWith(IOException next) {
        failures.failWith(next);
    }

    /** From now on, everything waits until the latch is counted down. */
    public CountDownLatch hang() {
        return failures.hang();
    }

    public Optional<Medium> inside() {
        return inside;
    }

    /** What was done so far, as in {@code insert a.iso cdrom read-only} and {@code eject}; a copy. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    @Override
    public Set<MediaKind> supportedKinds() {
        return kinds;
    }

    @Override
    public boolean supportsWriting() {
        return kinds.contains(MediaKind.DISK);
    }

    @Override
    public DriveReading readDrive() throws IOException {
        failures.awaitTurn();
        return new DriveReading(inside, locked);
    }

    @Override
    public void insertMedium(Medium medium) throws IOException {
        failures.awaitTurn();
        if (inside.isPresent() && locked) {
            throw new DriveLockedException();
        }
        calls.add("insert " + medium.file().getFileName() + " " + medium.kind().publicName() + (medium.readOnly() ? " read-only" : ""));
        inside = Optional.of(medium);
    }

    @Override
    public void ejectMedium(boolean force) throws IOException {
        failures.awaitTurn();
        if (locked && !force) {
            throw new DriveLockedException();
        }
        calls.add(force ? "eject by force" : "eject");
        ejectByHost();
    }
}
