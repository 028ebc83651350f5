package org.catseye.hid.gadget.drives;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.catseye.hid.gadget.descriptor.Drive;
import org.catseye.hid.gadget.fake.FakeUnit;
import org.catseye.media.MediaKind;
import org.catseye.media.spi.DriveLockedException;
import org.catseye.media.spi.DriveReading;
import org.catseye.media.spi.Medium;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class UsbDriveTest {

    private static final long LOCK_PATIENCE_MILLIS = 20;
    private static final int MEGABYTE = 1 << 20;

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();
    private final FakeUnit unit = new FakeUnit(false);
    private final BoundedCalls calls = new BoundedCalls("usb-drive-test");
    private final UsbDrive disk = new UsbDrive(Drive.DISK, unit, calls, LOCK_PATIENCE_MILLIS);

    @After
    public void closeCalls() {
        calls.close();
    }

    @Test
    public void theKernelGetsTheReadOnlyFlagWhileTheDriveIsEmptyAndThenTheFile() throws Exception {
        Path first = createImage("a.img", MEGABYTE);
        Path second = createImage("b.img", MEGABYTE);
        disk.insertMedium(new Medium(first, MediaKind.DISK, true));
        disk.insertMedium(new Medium(second, MediaKind.DISK, false));
        assertEquals(List.of("ro=1", "file=" + first, "file=", "ro=0", "file=" + second), unit.writes);
    }

    @Test
    public void aMediumFromBeforeARestartIsReadFromTheKernel() throws Exception {
        Path image = createImage("a.img", MEGABYTE);
        disk.insertMedium(new Medium(image, MediaKind.DISK, true));
        UsbDrive restarted = new UsbDrive(Drive.DISK, unit, calls, LOCK_PATIENCE_MILLIS);
        assertEquals(Optional.of(new Medium(image, MediaKind.DISK, true)), restarted.readDrive().medium());
    }

    @Test
    public void aLockIsReportedAfterARefusalUntilTheComputerUnlocks() throws Exception {
        Medium medium = new Medium(createImage("a.img", MEGABYTE), MediaKind.DISK, true);
        disk.insertMedium(medium);
        unit.lockAsHost(true);
        assertFalse("the kernel does not show it", disk.readDrive().locked());
        assertThrows(DriveLockedException.class, () -> disk.ejectMedium(false));
        assertTrue(disk.readDrive().locked());
        assertTrue(disk.readDrive().locked());
        unit.lockAsHost(false);
        assertEquals(new DriveReading(Optional.of(medium), false), disk.readDrive());
        disk.ejectMedium(false);
        assertEquals(DriveReading.EMPTY, disk.readDrive());
    }

    @Test
    public void aLockThatLastsOnlyForAMomentDoesNotPreventAnEject() throws Exception {
        disk.insertMedium(new Medium(createImage("a.img", MEGABYTE), MediaKind.DISK, true));
        unit.lockAsHost(true);
        unit.unlockAfterRefusals(3);
        new UsbDrive(Drive.DISK, unit, calls, 60_000).ejectMedium(false);
        assertEquals(DriveReading.EMPTY, disk.readDrive());
    }

    @Test
    public void imagesThatTheKernelWouldTruncateOrRejectAreRefusedInWords() throws Exception {
        UsbDrive cd = new UsbDrive(Drive.CD, new FakeUnit(true), calls, LOCK_PATIENCE_MILLIS);
        cd.insertMedium(new Medium(createImage("largest.iso", ImageCheck.MAX_CD_BYTES), MediaKind.CDROM, true));
        assertRefused(cd, createImage("large.iso", ImageCheck.MAX_CD_BYTES + 2048), MediaKind.CDROM,
                "The image large.iso is too large for the CD drive: the kernel shows only the first 2.3 GB of a CD. Attach it to the "
                        + "drive \"disk\" instead, read-only; most installation images start from a USB disk too.");
        assertRefused(cd, createImage("small.iso", 300 * 2048 - 1), MediaKind.CDROM,
                "The image small.iso is too small for the CD drive, which needs at least 600 KiB. Attach it to the drive \"disk\".");
        assertRefused(disk, createImage("tiny.img", 511), MediaKind.DISK,
                "The image tiny.img is smaller than one sector of a disk (512 bytes).");
        assertRefused(disk, folder.newFolder("folder").toPath(), MediaKind.DISK, "The image folder is a folder.");
        assertRefused(cd, createImage("a.img", MEGABYTE), MediaKind.DISK, "The drive \"cd\" takes only images for the kind \"cdrom\".");
        assertEquals("a refused image does not eject the medium", ImageCheck.MAX_CD_BYTES,
                cd.readDrive().medium().orElseThrow().file().toFile().length());
    }

    @Test
    public void anImageThatTheKernelMayNotWriteToIsEjectedAgain() throws Exception {
        unit.mediaNotWritable = true;
        Path image = createImage("a.img", MEGABYTE);
        IOException refusal = assertThrows(IOException.class, () -> disk.insertMedium(new Medium(image, MediaKind.DISK, false)));
        assertEquals("The kernel may not write to the image a.img. Attach it read-only.", refusal.getMessage());
        assertEquals(DriveReading.EMPTY, disk.readDrive());
    }

    @Test
    public void aTransferThatNeverEndsIsReportedInTimeAndTheDriveWorksAfterIt() throws Exception {
        CountDownLatch transfer = unit.stopTransfer();
        IOException stuck = assertThrows(IOException.class, disk::readDrive);
        assertTrue(stuck.getMessage(), stuck.getMessage().startsWith("The drive does not respond:"));
        assertThrows("the next call too, although it is in the queue", IOException.class, disk::readDrive);
        transfer.countDown();
        disk.insertMedium(new Medium(createImage("a.img", MEGABYTE), MediaKind.DISK, true));
        assertTrue(disk.readDrive().medium().isPresent());
    }

    private void assertRefused(UsbDrive drive, Path image, MediaKind kind, String reason) {
        IOException refusal = assertThrows(IOException.class, () -> drive.insertMedium(new Medium(image, kind, true)));
        assertEquals(reason, refusal.getMessage());
    }

    /** A file with a hole of this size. */
    private Path createImage(String name, long bytes) throws IOException {
        Path image = folder.getRoot().toPath().resolve(name);
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(bytes);
        }
        return image;
    }
}
