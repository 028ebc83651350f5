package org.catseye.qemu.drive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.catseye.media.spi.MediaDrive;
import org.catseye.qemu.qmp.QmpClient;
import org.catseye.qemu.qmp.QmpError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the drives of a virtual machine after each start of QEMU. For one thread, except where noted. */
public final class DriveList {

    private static final Logger LOG = LoggerFactory.getLogger(DriveList.class);
    private static final String DISK = "disk";

    private final BlockLayer blocks;
    private final List<String> wanted;
    private final Set<String> missing = new HashSet<>();
    /** By what identifies them in QEMU, in the order of their names. */
    private volatile Map<String, Found> known = Map.of();

    /** A drive. @param name in the API @param label for users */
    public record Found(String name, String label, MediaDrive drive) {
    }

    /** @param wanted the names or ids of the CD drives, or {@code disk} for the USB disk; empty for all */
    public DriveList(QmpClient client, List<String> wanted) {
        blocks = new BlockLayer(client);
        this.wanted = List.copyOf(wanted);
    }

    /** The drives of the latest {@link #findDrives()}. From any thread. */
    public List<Found> knownDrives() {
        return List.copyOf(known.values());
    }

    /**
     * Looks which drives there are, and closes images that an earlier start has left. A drive that was there before is the same object.
     *
     * @throws IOException if QEMU does not answer
     */
    public List<Found> findDrives() throws IOException, InterruptedException {
        blocks.removeUnusedNodes();
        Map<String, Found> next = new LinkedHashMap<>();
        List<BlockDevice> cds = listCds();
        for (BlockDevice device : cds) {
            String name = next.isEmpty() ? "cd" : "cd" + (next.size() + 1);
            String label = cds.size() == 1 ? "CD drive" : "CD drive " + (device.name().isEmpty() ? device.qdev() : device.name());
            next.put(device.qdev(), keepOrCreate(device.qdev(), name, label, () -> new CdDrive(blocks, device.qdev())));
        }
        if (wanted.isEmpty() ? blocks.hasUsb() : wanted.contains(DISK)) {
            next.put("", keepOrCreate("", DISK, "USB disk drive", () -> new UsbDisk(blocks)));
        }
        known = next;
        return knownDrives();
    }

    private Found keepOrCreate(String key, String name, String label, Supplier<MachineDrive> factory) {
        Found before = known.get(key);
        return before != null && before.name().equals(name) && before.label().equals(label) ? before : new Found(name, label, factory.get());
    }

    /** In the order of the setting, or else of QEMU. */
    private List<BlockDevice> listCds() throws IOException, InterruptedException {
        List<BlockDevice> cds = new ArrayList<>();
        for (BlockDevice device : blocks.listDevices()) {
            if (!UsbDisk.isOwn(device) && blocks.isCdDrive(device)) {
                cds.add(device);
            }
        }
        if (wanted.isEmpty()) {
            return cds;
        }
        List<BlockDevice> chosen = new ArrayList<>();
        for (String name : wanted) {
            cds.stream().filter(device -> device.isNamed(name)).findFirst().ifPresentOrElse(chosen::add, () -> warnOnce(name, cds));
        }
        return chosen;
    }

    private void warnOnce(String name, List<BlockDevice> cds) {
        if (!name.equals(DISK) && missing.add(name)) {
            LOG.warn("The virtual machine has no CD drive \"{}\". It has: {}", name, cds.stream().map(cd -> cd.name() + " " + cd.qdev()).toList());
        }
    }

    /** A guest may have ejected a medium: closes its image. */
    public void releaseEjected() throws InterruptedException {
        for (Found each : knownDrives()) {
            try {
                ((MachineDrive) each.drive()).releaseEjected();
            } catch (QmpError e) {
                LOG.warn("The ejected medium of the drive {} was not closed", each.name(), e);
            } catch (IOException e) {
                LOG.debug("The connection has ended", e);
            }
        }
    }
}
