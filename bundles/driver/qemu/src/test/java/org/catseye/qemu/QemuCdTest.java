package org.catseye.qemu;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.catseye.media.MediaKind;
import org.catseye.media.spi.MediaDrive;
import org.catseye.media.spi.Medium;
import org.catseye.power.PowerAction;
import org.catseye.qemu.drive.DriveList;
import org.catseye.testkit.MediaDriveContract;
import org.junit.After;
import org.junit.Assume;
import org.junit.Before;
import org.junit.Test;

/** The contract of drives against the CD drive of a real QEMU, seen by a guest. */
public final class QemuCdTest extends MediaDriveContract {

    private static final int CYCLES = 200;
    private static final int FIRST_CD = 0xe0;

    private final List<DriveList.Found> drives = new CopyOnWriteArrayList<>();
    private QemuProcess machine;
    private QemuTarget target;
    private Guest guest;

    @Before
    public void startMachine() throws Exception {
        Assume.assumeTrue("QEMU is installed (qemu-system-x86)", QemuProcess.isInstalled());
        String disk = GuestImage.writeDisk(folder.getRoot().toPath().resolve("disk")).toString();
        machine = new QemuProcess(folder.getRoot().toPath(), "-no-shutdown", "-S", "-drive", "if=ide,index=0,format=raw,file=" + disk,
                "-device", "ide-cd,bus=ide.1,unit=0,id=dvd", "-drive", "if=floppy", "-device", "virtio-scsi-pci", "-device", "scsi-cd", "-boot", "order=dc");
        guest = new Guest(machine);
        machine.execute("cont", Map.of());
        assertEquals("the BIOS starts the disk, because there is no CD", 0x80, guest.awaitStart());
    }

    @After
    public void stopMachine() throws Exception {
        if (target != null) {
            target.stopTarget();
            assertEquals("drives that are still offered", List.of(), drives);
        }
        if (machine != null) {
            guest.close();
            machine.close();
        }
    }

    @Override
    protected MediaDrive createDrive() throws Exception {
        target = new QemuTarget(Map.of("socket", machine.socket().toString(), "drives", List.of("dvd")), this::publishDrive);
        QemuProcess.awaitTrue("the drive is offered", () -> drives.size() == 1);
        assertEquals("cd", drives.get(0).name());
        return drives.get(0).drive();
    }

    private Runnable publishDrive(DriveList.Found drive) {
        drives.add(drive);
        return () -> drives.remove(drive);
    }

    @Override
    protected Optional<byte[]> readAsHost() throws Exception {
        return guest.readCd();
    }

    @Override
    protected void writeAsHost(byte[] sector) {
        throw new AssertionError("a CD is read-only");
    }

    @Override
    protected void lockAsHost(boolean locked) throws Exception {
        guest.lock(locked);
    }

    @Override
    protected void ejectAsHost() throws Exception {
        guest.eject();
    }

    @Override
    protected void breakDevice() throws Exception {
        machine.killQemu();
    }

    private List<String> ownNodes() throws Exception {
        return machine.execute("query-named-block-nodes", Map.of()).findValuesAsText("node-name").stream().filter(name -> name.startsWith("catseye-")).toList();
    }

    private long openFiles() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("/proc/" + machine.pid() + "/fd"))) {
            return files.count();
        }
    }

    @Test
    public void theComputerStartsFromAnInsertedCd() throws Exception {
        MediaDrive drive = createDrive();
        Path cd = GuestImage.writeCd(folder.getRoot().toPath().resolve("boot.iso"));
        drive.insertMedium(new Medium(cd, MediaKind.CDROM, true));
        target.performAction(PowerAction.RESET);
        assertTrue("the BIOS has started a CD", guest.awaitStart() >= FIRST_CD);
        drive.ejectMedium(false);
        target.performAction(PowerAction.CYCLE);
        assertEquals(0x80, guest.awaitStart());
    }

    @Test
    public void allCdDrivesAreOfferedButNoFloppyDrive() throws Exception {
        target = new QemuTarget(Map.of("socket", machine.socket().toString()), this::publishDrive);
        QemuProcess.awaitTrue("the drives are offered", () -> drives.size() == 2);
        assertEquals(List.of("cd", "cd2"), drives.stream().map(DriveList.Found::name).sorted().toList());
    }

    @Test
    public void manyChangesLeaveNeitherImagesNorFilesOpen() throws Exception {
        MediaDrive drive = createDrive();
        Medium medium = new Medium(GuestImage.writeCd(folder.getRoot().toPath().resolve("boot.iso")), MediaKind.CDROM, true);
        drive.insertMedium(medium);
        drive.ejectMedium(false);
        long before = openFiles();
        for (int i = 0; i < CYCLES; i++) {
            drive.insertMedium(medium);
            drive.ejectMedium(i % 2 == 0);
        }
        assertEquals(List.of(), ownNodes());
        QemuProcess.awaitTrue("no more open files than " + before, () -> openFiles() <= before);
    }

    @Test
    public void anImageThatTheGuestEjectsIsClosed() throws Exception {
        MediaDrive drive = createDrive();
        drive.insertMedium(new Medium(GuestImage.writeCd(folder.getRoot().toPath().resolve("boot.iso")), MediaKind.CDROM, true));
        assertEquals(1, ownNodes().size());
        guest.eject();
        QemuProcess.awaitTrue("the image is closed", () -> ownNodes().isEmpty());
    }

    @Test
    public void whatIsInTheDriveSurvivesTheDriverAndEndsWithQemu() throws Exception {
        MediaDrive drive = createDrive();
        Medium medium = new Medium(GuestImage.writeCd(folder.getRoot().toPath().resolve("boot.iso")), MediaKind.CDROM, true);
        drive.insertMedium(medium);
        target.stopTarget();
        MediaDrive second = createDrive();
        assertEquals(Optional.of(medium), second.readDrive().medium());
        machine.close();
        machine.startQemu();
        QemuProcess.awaitTrue("the drive is empty", () -> {
            try {
                return second.readDrive().medium().isEmpty();
            } catch (IOException e) {
                return false;
            }
        });
        second.insertMedium(medium);
        assertEquals(Optional.of(medium), second.readDrive().medium());
    }

    /** If QEMU looked at the content, it would open the file that the header names. */
    @Test
    public void aHeaderOfAnotherFormatIsPlainContent() throws Exception {
        MediaDrive drive = createDrive();
        Path secret = Files.writeString(folder.getRoot().toPath().resolve("secret"), "secret".repeat(1_000));
        ByteBuffer qcow2 = ByteBuffer.allocate(32 * 2_048).putInt(0x514649fb).putInt(2).putLong(72).putInt(secret.toString().length()).putInt(16)
                .putLong(4_096);
        qcow2.put(72, secret.toString().getBytes(StandardCharsets.UTF_8));
        Path image = Files.write(folder.getRoot().toPath().resolve("tricky.iso"), qcow2.array());
        drive.insertMedium(new Medium(image, MediaKind.CDROM, true));
        assertArrayEquals(qcow2.array(), guest.readCd().orElseThrow());
    }

    @Test
    public void anImageThatQemuMayNotOpenIsReported() throws Exception {
        MediaDrive drive = createDrive();
        Path directory = folder.newFolder().toPath();
        IOException failed = assertThrows(IOException.class, () -> drive.insertMedium(new Medium(directory, MediaKind.CDROM, true)));
        assertTrue(failed.getMessage(), failed.getMessage().startsWith("QEMU cannot open the image"));
        assertEquals(List.of(), ownNodes());
    }
}
