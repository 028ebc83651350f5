package org.catseye.core.media;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.catseye.core.media.library.Attachments;
import org.catseye.core.media.library.Attachments.Place;
import org.catseye.core.media.library.ImageFiles;
import org.catseye.core.media.library.ImageFiles.Located;
import org.catseye.media.AttachedMedium;
import org.catseye.media.DriveState;
import org.catseye.media.DriveState.Condition;
import org.catseye.media.MediaException;
import org.catseye.media.MediaException.Reason;
import org.catseye.media.MediaImage;
import org.catseye.media.MediaKind;
import org.catseye.testkit.FakeMediaDrive;
import org.catseye.testkit.FakeTime;
import org.junit.After;
import org.junit.Test;

public class TargetMediaHubTest {

    private static final Path A = Path.of("/library/a.iso");

    private final FakeMediaDrive cd = new FakeMediaDrive(MediaKind.CDROM);
    private final FakeMediaDrive disk = new FakeMediaDrive(MediaKind.DISK);
    private final List<Drive> drives = new ArrayList<>(List.of(drive("cd", cd), drive("disk", disk)));
    private final List<String> names = List.of("a.iso", "b.iso", "c.img");
    private int lookups;
    private final ImageFiles images = wanted -> names.stream().peek(name -> lookups++).filter(name -> wanted.equals(name) || wanted.equals(idOf(name)))
            .map(name -> new Located(new MediaImage(idOf(name), name, 0, "", "admin", Instant.EPOCH), Path.of("/library", name), !name.equals("b.iso"))).findFirst();
    private final Attachments attachments = new Attachments();
    private final List<String> ejects = new ArrayList<>();
    private final FakeTime time = new FakeTime();
    private final TargetMediaHub hub = new TargetMediaHub("bay1", () -> List.copyOf(drives), images, attachments,
            (target, drive, medium) -> ejects.add(drive + " " + medium.name()), time::nanos);

    private String idOf(String name) {
        return "id" + (names.indexOf(name) + 1);
    }

    private static Drive drive(String name, FakeMediaDrive device) {
        return new Drive(new Place("bay1", name), "The " + name, device);
    }

    @After
    public void close() {
        hub.close();
    }

    private DriveState read(String drive) throws InterruptedException {
        time.pass(Duration.ofSeconds(3));
        return hub.readDrives().stream().filter(state -> state.drive().equals(drive)).findFirst().orElseThrow();
    }

    private static Reason refused(Call call) {
        return assertThrows(MediaException.class, call::run).reason();
    }

    private interface Call {
        void run() throws Exception;
    }

    @Test
    public void aDriveHasAStateBeforeAndAfterItsFirstReading() throws Exception {
        CountDownLatch gate = cd.hang();
        assertEquals(Condition.UNAVAILABLE, hub.currentDrives().get(0).condition());
        gate.countDown();
        assertEquals(new DriveState("cd", "The cd", Set.of(MediaKind.CDROM), false, Condition.EMPTY, "", Optional.empty()), hub.readDrives().get(0));
        assertEquals(new DriveState("disk", "The disk", Set.of(MediaKind.DISK), true, Condition.EMPTY, "", Optional.empty()), hub.readDrives().get(1));
    }

    @Test
    public void anImageIsAttachedByIdOrNameAndEjected() throws Exception {
        hub.attachImage("cd", "id1", MediaKind.CDROM, false);
        assertEquals(List.of("eject", "insert a.iso cdrom read-only"), cd.calls());
        assertEquals(Optional.of(new AttachedMedium("id1", "a.iso", MediaKind.CDROM, true)), hub.currentDrives().get(0).medium());
        assertEquals(Optional.of(new Place("bay1", "cd")), attachments.findPlace(A));
        hub.attachImage("cd", "b.iso", MediaKind.CDROM, true);
        assertEquals(Optional.empty(), attachments.findPlace(A));
        hub.ejectImage("cd", false);
        assertEquals(Condition.EMPTY, read("cd").condition());
        assertEquals(Optional.empty(), attachments.findPlace(Path.of("/library/b.iso")));
        assertEquals("our own ejects are not the computer's", List.of(), ejects);
    }

    @Test
    public void whatDoesNotFitIsRefusedInWords() {
        assertEquals(Reason.NOT_FOUND, refused(() -> hub.attachImage("tape", "a.iso", MediaKind.CDROM, true)));
        assertEquals(Reason.NOT_FOUND, refused(() -> hub.ejectImage("tape", false)));
        assertEquals(Reason.NOT_FOUND, refused(() -> hub.attachImage("cd", "x.iso", MediaKind.CDROM, true)));
        assertEquals(Reason.UNSUPPORTED, refused(() -> hub.attachImage("cd", "a.iso", MediaKind.DISK, true)));
        assertEquals(Reason.UNSUPPORTED, refused(() -> hub.attachImage("disk", "a.iso", MediaKind.CDROM, true)));
        assertEquals("its folder is only read", Reason.UNSUPPORTED, refused(() -> hub.attachImage("disk", "b.iso", MediaKind.DISK, false)));
        assertEquals(List.of(), cd.calls());
    }

    @Test
    public void aLockedDriveKeepsItsMediumUntilItIsForced() throws Exception {
        hub.attachImage("cd", "a.iso", MediaKind.CDROM, true);
        cd.lock(true);
        assertEquals(Condition.LOCKED, read("cd").condition());
        assertEquals(Reason.LOCKED, refused(() -> hub.ejectImage("cd", false)));
        assertEquals(Reason.LOCKED, refused(() -> hub.attachImage("cd", "b.iso", MediaKind.CDROM, true)));
        assertEquals(Optional.of("id1"), read("cd").medium().map(AttachedMedium::image));
        assertTrue("the image is still attached", attachments.findPlace(A).isPresent());
        hub.ejectImage("cd", true);
        assertEquals(Condition.EMPTY, read("cd").condition());
    }

    @Test
    public void theComputersOwnEjectFreesTheImageAndIsReportedOnce() throws Exception {
        hub.attachImage("cd", "a.iso", MediaKind.CDROM, true);
        cd.ejectByHost();
        assertEquals(Condition.EMPTY, read("cd").condition());
        assertEquals(Condition.EMPTY, read("cd").condition());
        assertEquals(List.of("cd a.iso"), ejects);
        assertEquals(Optional.empty(), attachments.findPlace(A));
    }

    @Test
    public void aDriveMayComeWithAMediumInIt() throws Exception {
        hub.attachImage("cd", "a.iso", MediaKind.CDROM, true);
        attachments.releaseFile(new Place("bay1", "cd")); // As after a restart.
        read("cd");
        assertEquals(Optional.of(new Place("bay1", "cd")), attachments.findPlace(A));
        assertEquals(Reason.IN_USE, refused(() -> attachments.changeFile(A, () -> "deleted")));
    }

    /** Reading a drive every two seconds must not read the folders of the library as often. */
    @Test
    public void anImageIsLookedUpOnce() throws Exception {
        hub.attachImage("cd", "a.iso", MediaKind.CDROM, true);
        int before = lookups;
        assertEquals(Optional.of("id1"), read("cd").medium().map(AttachedMedium::image));
        assertEquals(Optional.of("id1"), read("cd").medium().map(AttachedMedium::image));
        assertEquals(before, lookups);
        hub.attachImage("cd", "b.iso", MediaKind.CDROM, true);
        assertEquals(Optional.of("id2"), read("cd").medium().map(AttachedMedium::image));
    }

    @Test
    public void oneImageIsReadByManyDrivesButWrittenByOne() throws Exception {
        FakeMediaDrive other = new FakeMediaDrive(MediaKind.DISK);
        drives.add(drive("other", other));
        hub.attachImage("disk", "c.img", MediaKind.DISK, true);
        hub.attachImage("other", "c.img", MediaKind.DISK, true);
        assertEquals(Reason.IN_USE, refused(() -> hub.attachImage("other", "c.img", MediaKind.DISK, false)));
        hub.ejectImage("disk", false);
        hub.attachImage("other", "c.img", MediaKind.DISK, false);
        assertEquals("insert c.img disk", other.calls().get(other.calls().size() - 1));
        assertEquals(Reason.IN_USE, refused(() -> hub.attachImage("disk", "c.img", MediaKind.DISK, true)));
    }

    @Test
    public void aDriveThatFailsIsAStateWithAReason() throws Exception {
        hub.attachImage("cd", "a.iso", MediaKind.CDROM, true);
        cd.failWith(new IOException("the cable is out"));
        DriveState state = read("cd");
        assertEquals(Condition.UNAVAILABLE, state.condition());
        assertEquals("the cable is out", state.reason());
        assertTrue("what is inside is unknown, so it stays attached", attachments.findPlace(A).isPresent());
        MediaException failure = assertThrows(MediaException.class, () -> hub.ejectImage("cd", false));
        assertEquals(Reason.FAILED, failure.reason());
        assertEquals("the cable is out", failure.getMessage());
        cd.failWith(null);
        assertEquals(Condition.ATTACHED, read("cd").condition());
        assertEquals(List.of(), ejects);
    }

    @Test
    public void anInsertThatFailsLeavesTheImageFree() throws Exception {
        FakeMediaDrive broken = new FakeMediaDrive(MediaKind.DISK);
        drives.set(1, drive("disk", broken));
        broken.failWith(new IOException("no such device"));
        assertEquals(Reason.FAILED, refused(() -> hub.attachImage("disk", "c.img", MediaKind.DISK, true)));
        assertEquals(Optional.empty(), attachments.findPlace(Path.of("/library/c.img")));
    }

    @Test
    public void aDriveThatHangsDelaysNoViewerAndIsReported() throws Exception {
        CountDownLatch gate = cd.hang();
        hub.currentDrives();
        time.pass(Duration.ofSeconds(5));
        assertEquals("The drive does not answer.", hub.currentDrives().get(0).reason());
        gate.countDown();
        await(() -> hub.currentDrives().get(0).reason().isEmpty());
    }

    @Test
    public void oneChangeRunsAtATimeAndNoReadingDisturbsIt() throws Exception {
        read("cd");
        CountDownLatch gate = cd.hang();
        Thread other = new Thread(() -> await(() -> !isBusy(() -> hub.attachImage("cd", "a.iso", MediaKind.CDROM, true))));
        other.start();
        await(() -> isBusy(() -> hub.ejectImage("disk", false)));
        gate.countDown();
        other.join(TimeUnit.SECONDS.toMillis(20));
        assertFalse(other.isAlive());
        assertEquals(Condition.ATTACHED, read("cd").condition());
        assertTrue(attachments.findPlace(A).isPresent());
    }

    private static boolean isBusy(Call change) {
        try {
            change.run();
            return false;
        } catch (MediaException e) {
            return e.reason() == Reason.BUSY;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertTrue("in time", System.nanoTime() < end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
