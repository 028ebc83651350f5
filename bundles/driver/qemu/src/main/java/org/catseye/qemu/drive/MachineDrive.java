package org.catseye.qemu.drive;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.catseye.media.MediaKind;
import org.catseye.media.spi.DriveReading;
import org.catseye.media.spi.MediaDrive;
import org.catseye.media.spi.Medium;

/** What the drives of a virtual machine have in common. Changes of the medium exclude each other; readings do not wait for them. */
abstract class MachineDrive implements MediaDrive {

    final BlockLayer blocks;
    private final MediaKind kind;
    private volatile Optional<Inserted> inserted = Optional.empty();

    /** A medium that Catseye has inserted, and its node. */
    private record Inserted(String node, Medium medium) {
    }

    MachineDrive(BlockLayer blocks, MediaKind kind) {
        this.blocks = blocks;
        this.kind = kind;
    }

    /** The device; empty if it is not plugged in. @throws IOException if QEMU does not answer; the message is for the user */
    abstract Optional<BlockDevice> findDevice() throws IOException, InterruptedException;

    /** Connects the node with the device. The device is empty. */
    abstract void attachNode(String node) throws IOException, InterruptedException;

    /** Takes out what is in the device; its image stays open. @throws DriveLockedException if the guest has locked it, unless force */
    abstract void detachNode(BlockDevice device, boolean force) throws IOException, InterruptedException;

    @Override
    public final Set<MediaKind> supportedKinds() {
        return Set.of(kind);
    }

    @Override
    public final boolean supportsWriting() {
        return kind == MediaKind.DISK;
    }

    @Override
    public final DriveReading readDrive() throws IOException {
        try {
            Optional<BlockDevice> device = findDevice();
            Optional<Medium> medium = device.flatMap(BlockDevice::visibleNode).map(this::describeNode);
            return new DriveReading(medium, medium.isPresent() && device.get().locked());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The reading was interrupted.", e);
        }
    }

    private Medium describeNode(BlockDevice.Node node) {
        return inserted.filter(own -> own.node().equals(node.name())).map(Inserted::medium).orElseGet(() -> node.toMedium(kind));
    }

    @Override
    public final synchronized void insertMedium(Medium medium) throws IOException, InterruptedException {
        String node = blocks.addNode(medium);
        try {
            removeMedium(false);
            attachNode(node);
            inserted = Optional.of(new Inserted(node, medium));
        } catch (IOException | InterruptedException | RuntimeException e) {
            dropNode(node, e);
            throw e;
        }
    }

    private void dropNode(String node, Exception cause) {
        try {
            blocks.removeNode(node);
        } catch (IOException | InterruptedException e) {
            cause.addSuppressed(e); // The next connection removes it.
        }
    }

    @Override
    public final synchronized void ejectMedium(boolean force) throws IOException, InterruptedException {
        removeMedium(force);
    }

    private void removeMedium(boolean force) throws IOException, InterruptedException {
        Optional<BlockDevice> device = findDevice();
        if (device.isPresent() && device.get().node().isPresent()) {
            detachNode(device.get(), force);
            blocks.removeNode(device.get().node().get().name());
            inserted = Optional.empty();
        }
    }

    /** The guest may have opened the tray: closes the image, so that its file can be deleted. */
    final synchronized void releaseEjected() throws IOException, InterruptedException {
        Optional<BlockDevice> device = findDevice();
        if (device.isPresent() && device.get().trayOpen() && device.get().node().filter(node -> BlockLayer.isOwnNode(node.name())).isPresent()) {
            removeMedium(true);
        }
    }
}
