package org.catseye.qemu.drive;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.catseye.media.MediaKind;
import org.catseye.media.spi.DriveLockedException;

/** A CD drive that QEMU was started with. Thread-safe. */
final class CdDrive extends MachineDrive {

    /** A guest that is asked to release the medium may do so. */
    private static final long REQUEST_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long POLL_MILLIS = 50;

    private final String qdev;

    /** @param qdev the id of the device or its path */
    CdDrive(BlockLayer blocks, String qdev) {
        super(blocks, MediaKind.CDROM);
        this.qdev = qdev;
    }

    @Override
    Optional<BlockDevice> findDevice() throws IOException, InterruptedException {
        return Optional.of(requireDevice());
    }

    private BlockDevice requireDevice() throws IOException, InterruptedException {
        return blocks.listDevices().stream().filter(device -> device.qdev().equals(qdev)).findFirst()
                .orElseThrow(() -> new IOException("The virtual machine no longer has this drive."));
    }

    @Override
    void attachNode(String node) throws IOException, InterruptedException {
        openTray(true); // Nothing is in it, whether it is locked or not.
        blocks.execute("blockdev-insert-medium", Map.of("id", qdev, "node-name", node));
        closeTray();
    }

    @Override
    void detachNode(BlockDevice device, boolean force) throws IOException, InterruptedException {
        if (!device.trayOpen()) {
            openTray(force || !device.locked());
        }
        blocks.execute("blockdev-remove-medium", Map.of("id", qdev));
        closeTray();
    }

    /** @param force opens it even if it is locked; otherwise QEMU asks the guest to open it */
    private void openTray(boolean force) throws IOException, InterruptedException {
        blocks.execute("blockdev-open-tray", Map.of("id", qdev, "force", force));
        long end = System.nanoTime() + REQUEST_NANOS;
        while (!force && !requireDevice().trayOpen()) {
            if (System.nanoTime() > end) {
                throw new DriveLockedException();
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private void closeTray() throws IOException, InterruptedException {
        blocks.execute("blockdev-close-tray", Map.of("id", qdev));
    }
}
