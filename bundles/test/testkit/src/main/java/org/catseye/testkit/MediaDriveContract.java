package org.catseye.testkit;

import static org.catseye.testkit.DeviceAssertions.assertFailsInWords;
import static org.catseye.testkit.DeviceAssertions.await;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.catseye.media.MediaKind;
import org.catseye.media.spi.DriveLockedException;
import org.catseye.media.spi.DriveReading;
import org.catseye.media.spi.MediaDrive;
import org.catseye.media.spi.Medium;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * The contract that every drive must fulfil. The test of a driver provides a drive with a real or simulated computer behind it, and tells
 * what that computer sees.
 */
public abstract class MediaDriveContract {

    /** A multiple of the sector of a CD. */
    private static final int IMAGE_BYTES = 512 * 2048;
    private static final long LIMIT_MILLIS = 15_000;
    private static final int CYCLES = 20;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    /** A drive that can be used, with nothing in it. Called once per test. */
    protected abstract MediaDrive createDrive() throws Exception;

    /** What the remote computer reads from the drive; empty if it sees no medium. */
    protected abstract Optional<byte[]> readAsHost() throws Exception;

    /** The remote computer writes to the first sector of the medium. */
    protected abstract void writeAsHost(byte[] sector) throws Exception;

    /** The remote computer locks or unlocks the drive. */
    protected abstract void lockAsHost(boolean locked) throws Exception;

    /** The remote computer ejects the medium. */
    protected abstract void ejectAsHost() throws Exception;

    /** Makes the drive fail at its next use, and from then on: removes the device. */
    protected abstract void breakDevice() throws Exception;

    /** Whether the remote computer can lock and eject. */
    protected boolean hostLocks() {
        return true;
    }

    private Path createImage(int seed) throws IOException {
        byte[] content = new byte[IMAGE_BYTES];
        new Random(seed).nextBytes(content);
        return Files.write(folder.newFile().toPath(), content);
    }

    @Test
    public final void supportsAKind() throws Exception {
        MediaDrive drive = createDrive();
        assertFalse(drive.supportedKinds().isEmpty());
        assertEquals(DriveReading.EMPTY, drive.readDrive());
    }

    @Test
    public final void theComputerReadsEachKindOfMediumByteForByte() throws Exception {
        MediaDrive drive = createDrive();
        int seed = 1;
        for (MediaKind kind : drive.supportedKinds()) {
            Medium medium = new Medium(createImage(seed++), kind, true);
            drive.insertMedium(medium);
            assertEquals(Optional.of(medium), drive.readDrive().medium());
            byte[] expected = Files.readAllBytes(medium.file());
            await("the computer sees the " + kind, () -> readAsHost().filter(seen -> Arrays.equals(expected, seen)).isPresent());
            drive.ejectMedium(false);
            assertEquals(DriveReading.EMPTY, drive.readDrive());
            await("the computer sees that the drive is empty", () -> readAsHost().isEmpty());
        }
    }

    @Test
    public final void theComputerWritesOnlyWhatIsNotReadOnly() throws Exception {
        MediaDrive drive = createDrive();
        assumeTrue("the drive is writable", drive.supportsWriting());
        byte[] sector = new byte[512];
        Arrays.fill(sector, (byte) 0x5a);
        Path image = createImage(3);
        byte[] before = Files.readAllBytes(image);
        drive.insertMedium(new Medium(image, MediaKind.DISK, true));
        await("the computer sees the disk", () -> readAsHost().isPresent());
        assertThrows(Exception.class, () -> writeAsHost(sector));
        drive.ejectMedium(false);
        assertTrue("a read-only disk is unchanged", Arrays.equals(before, Files.readAllBytes(image)));
        drive.insertMedium(new Medium(image, MediaKind.DISK, false));
        await("the computer sees the disk", () -> readAsHost().isPresent());
        writeAsHost(sector);
        drive.ejectMedium(false);
        byte[] after = Files.readAllBytes(image);
        assertTrue("what was written is in the file", Arrays.equals(sector, Arrays.copyOf(after, sector.length)));
        assertTrue("the rest is unchanged", Arrays.equals(before, sector.length, before.length, after, sector.length, after.length));
    }

    @Test
    public final void aLockedDriveIsEjectedOnlyByForce() throws Exception {
        assumeTrue("the computer can lock the drive", hostLocks());
        MediaDrive drive = createDrive();
        Medium first = new Medium(createImage(4), drive.supportedKinds().iterator().next(), true);
        drive.insertMedium(first);
        await("the computer sees it", () -> readAsHost().isPresent());
        lockAsHost(true);
        assertThrows(DriveLockedException.class, () -> drive.ejectMedium(false));
        assertThrows(DriveLockedException.class, () -> drive.insertMedium(new Medium(createImage(5), first.kind(), true)));
        assertEquals(Optional.of(first), drive.readDrive().medium());
        drive.ejectMedium(true);
        assertEquals(Optional.empty(), drive.readDrive().medium());
    }

    @Test
    public final void theStateFollowsTheComputer() throws Exception {
        assumeTrue("the computer can eject", hostLocks());
        MediaDrive drive = createDrive();
        drive.insertMedium(new Medium(createImage(6), drive.supportedKinds().iterator().next(), true));
        await("the computer sees it", () -> readAsHost().isPresent());
        ejectAsHost();
        await("the drive reports that it is empty", () -> drive.readDrive().medium().isEmpty());
    }

    @Test
    public final void ejectingNothingHasNoEffect() throws Exception {
        MediaDrive drive = createDrive();
        drive.ejectMedium(false);
        drive.ejectMedium(true);
        assertEquals(DriveReading.EMPTY, drive.readDrive());
    }

    @Test
    public final void mediaCanBeChangedOften() throws Exception {
        MediaDrive drive = createDrive();
        MediaKind kind = drive.supportedKinds().iterator().next();
        Path[] images = {createImage(7), createImage(8)};
        for (int i = 0; i < CYCLES; i++) {
            drive.insertMedium(new Medium(images[i % 2], kind, true));
            byte[] expected = Files.readAllBytes(images[i % 2]);
            await("medium " + i, () -> readAsHost().filter(seen -> Arrays.equals(expected, seen)).isPresent());
            drive.ejectMedium(false);
        }
    }

    @Test
    public final void aMissingFileIsReportedInWords() throws Exception {
        MediaDrive drive = createDrive();
        Path missing = folder.getRoot().toPath().resolve("missing.iso");
        assertFailsInWords(() -> drive.insertMedium(new Medium(missing, drive.supportedKinds().iterator().next(), true)), LIMIT_MILLIS);
        assertEquals(DriveReading.EMPTY, drive.readDrive());
    }

    @Test
    public final void aBrokenDeviceIsReportedInWordsAndInTime() throws Exception {
        MediaDrive drive = createDrive();
        MediaKind kind = drive.supportedKinds().iterator().next();
        breakDevice();
        assertFailsInWords(drive::readDrive, LIMIT_MILLIS);
        assertFailsInWords(() -> drive.insertMedium(new Medium(createImage(9), kind, true)), LIMIT_MILLIS);
    }
}
