package org.catseye.qemu.drive;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.catseye.media.MediaKind;
import org.catseye.media.spi.DriveLockedException;
import org.catseye.qemu.qmp.QmpError;

/** A USB disk that is plugged in when there is an image for it, and unplugged when it is ejected. Thread-safe. */
final class UsbDisk extends MachineDrive {

    private static final String ID = "catseye-disk";
    private static final long UNPLUG_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long POLL_MILLIS = 20;

    UsbDisk(BlockLayer blocks) {
        super(blocks, MediaKind.DISK);
    }

    /** The device behind the USB device has a path of its own. */
    @Override
    Optional<BlockDevice> findDevice() throws IOException, InterruptedException {
        return blocks.listDevices().stream().filter(UsbDisk::isOwn).findFirst();
    }

    static boolean isOwn(BlockDevice device) {
        return device.qdev().equals(ID) || device.qdev().contains("/" + ID + "/");
    }

    @Override
    void attachNode(String node) throws IOException, InterruptedException {
        unplug(); // It may be there without a medium.
        try {
            blocks.execute("device_add", Map.of("driver", "usb-storage", "id", ID, "drive", node, "removable", true));
        } catch (QmpError e) {
            throw new IOException(e.description().contains("bus") ? "The virtual machine has no free USB port. Start QEMU with -device qemu-xhci."
                    : "QEMU cannot plug in the disk: " + e.description(), e);
        }
    }

    @Override
    void detachNode(BlockDevice device, boolean force) throws IOException, InterruptedException {
        if (device.locked() && !force) {
            throw new DriveLockedException();
        }
        unplug();
    }

    private void unplug() throws IOException, InterruptedException {
        long end = System.nanoTime() + UNPLUG_NANOS;
        while (findDevice().isPresent()) {
            try {
                blocks.execute("device_del", Map.of("id", ID));
            } catch (QmpError e) {
                if (System.nanoTime() > end) {
                    throw new IOException("QEMU cannot unplug the disk: " + e.description(), e);
                }
            }
            if (System.nanoTime() > end) {
                throw new IOException("QEMU has not unplugged the disk.");
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }
}
