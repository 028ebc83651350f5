package org.catseye.hid.gadget.drives;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.catseye.hid.gadget.descriptor.Drive;
import org.catseye.hid.gadget.descriptor.DriveSet;
import org.catseye.media.spi.MediaDrive;
import org.catseye.testkit.MediaDriveContract;
import org.junit.After;

/**
 * The contract against a real kernel: the drive's files, USB, and the block device that the host side makes of it. Run in the rig as
 * root; the gadget is up. System properties: rig.drive, the drive's name; rig.udc, the controller.
 */
public class RigDriveContract extends MediaDriveContract {

    private static final Path GADGET = Path.of("/sys/kernel/config/usb_gadget/catseye");
    private static final Path LINK = GADGET.resolve("configs/c.1/5.drives");
    private static final long PATIENCE_SECONDS = 60;

    private final Drive drive = System.getProperty("rig.drive").equals("cd") ? Drive.CD : Drive.DISK;
    private final DriveService service = new DriveService(GADGET, DriveSet.BOTH, drive, "usb-drive-contract");
    private RandomAccessFile held;

    @Override
    protected MediaDrive createDrive() throws Exception {
        if (!Files.exists(LINK)) {
            Files.createSymbolicLink(LINK, GADGET.resolve("functions/mass_storage.drives"));
            Files.writeString(GADGET.resolve("UDC"), System.getProperty("rig.udc") + "\n");
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (findDevice().isEmpty() && System.nanoTime() < end) {
            Thread.sleep(100);
        }
        return service.drive();
    }

    /** The host's block device: the one whose INQUIRY has our text. */
    private Optional<Path> findDevice() throws IOException {
        try (var devices = Files.newDirectoryStream(Path.of("/sys/block"), "s*")) {
            for (Path device : devices) {
                Path model = device.resolve("device/model");
                if (Files.exists(model) && Files.readString(model).strip().equals(drive == Drive.CD ? "CD drive" : "Disk")) {
                    return Optional.of(Path.of("/dev").resolve(device.getFileName()));
                }
            }
        }
        return Optional.empty();
    }

    @Override
    protected Optional<byte[]> readAsHost() throws Exception {
        try (RandomAccessFile device = new RandomAccessFile(findDevice().orElseThrow().toFile(), "r")) {
            byte[] content = new byte[Math.toIntExact(device.length() == 0 ? device.getChannel().size() : device.length())];
            device.readFully(content);
            return content.length == 0 ? Optional.empty() : Optional.of(content);
        } catch (IOException noMedium) {
            return Optional.empty();
        }
    }

    @Override
    protected void writeAsHost(byte[] sector) throws Exception {
        try (RandomAccessFile device = new RandomAccessFile(findDevice().orElseThrow().toFile(), "rws")) {
            device.write(sector);
        }
    }

    @Override
    protected void lockAsHost(boolean locked) throws Exception {
        if (locked) {
            // Linux locks a drive while its device is open.
            held = new RandomAccessFile(findDevice().orElseThrow().toFile(), "r");
        } else if (held != null) {
            held.close();
            held = null;
        }
    }

    @Override
    protected void ejectAsHost() throws Exception {
        Process eject = new ProcessBuilder("eject", drive == Drive.CD ? "-r" : "-s", findDevice().orElseThrow().toString())
                .inheritIO().start();
        if (eject.waitFor() != 0) {
            throw new IOException("eject failed");
        }
    }

    @Override
    protected void breakDevice() throws Exception {
        Files.writeString(GADGET.resolve("UDC"), "\n");
        Files.delete(LINK);
    }

    @After
    public void leaveEmpty() throws Exception {
        lockAsHost(false);
        createDrive().ejectMedium(true);
        service.close();
    }
}
