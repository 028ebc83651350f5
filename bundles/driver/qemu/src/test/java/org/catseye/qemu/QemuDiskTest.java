package org.catseye.qemu;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.catseye.media.spi.MediaDrive;
import org.catseye.qemu.drive.DriveList;
import org.catseye.testkit.MediaDriveContract;
import org.junit.After;
import org.junit.Assume;
import org.junit.Before;

/** The contract of drives against a USB disk of a real QEMU. The computer's part is played by QEMU's own access to the emulated disk. */
public final class QemuDiskTest extends MediaDriveContract {

    private final List<DriveList.Found> drives = new CopyOnWriteArrayList<>();
    private QemuProcess machine;
    private QemuTarget target;

    @Before
    public void startMachine() throws Exception {
        Assume.assumeTrue("QEMU is installed (qemu-system-x86)", QemuProcess.isInstalled());
        machine = new QemuProcess(folder.getRoot().toPath(), "-S", "-device", "qemu-xhci");
    }

    @After
    public void stopMachine() {
        if (target != null) {
            target.stopTarget();
        }
        if (machine != null) {
            machine.close();
        }
    }

    @Override
    protected MediaDrive createDrive() throws Exception {
        target = new QemuTarget(Map.of("socket", machine.socket().toString()), drive -> {
            drives.add(drive);
            return () -> drives.remove(drive);
        });
        QemuProcess.awaitTrue("the drive is offered", () -> drives.size() == 1);
        return drives.get(0).drive();
    }

    private Optional<JsonNode> findDisk() throws Exception {
        for (JsonNode device : machine.execute("query-block", Map.of())) {
            if (device.path("qdev").asText().contains("catseye-disk") && device.has("inserted")) {
                return Optional.of(device);
            }
        }
        return Optional.empty();
    }

    /** QEMU has no command that reads as the disk does; what the device has is at least the file. */
    @Override
    protected Optional<byte[]> readAsHost() throws Exception {
        Optional<JsonNode> disk = findDisk();
        return disk.isEmpty() ? Optional.empty() : Optional.of(Files.readAllBytes(Path.of(disk.get().path("inserted").path("file").asText())));
    }

    @Override
    protected void writeAsHost(byte[] sector) throws Exception {
        String qdev = findDisk().orElseThrow().path("qdev").asText();
        String write = "write -P 0x" + HexFormat.of().toHexDigits(sector[0]) + " 0 " + sector.length;
        machine.execute("human-monitor-command", Map.of("command-line", "qemu-io -d " + qdev + " \"" + write + "\""));
        // The command prints its result to the output of the process.
        if (!Arrays.equals(sector, Arrays.copyOf(readAsHost().orElseThrow(), sector.length))) {
            throw new IOException("the disk is read-only");
        }
    }

    @Override
    protected boolean hostLocks() {
        return false;
    }

    @Override
    protected void lockAsHost(boolean locked) {
        throw new AssertionError("not used");
    }

    @Override
    protected void ejectAsHost() {
        throw new AssertionError("not used");
    }

    @Override
    protected void breakDevice() throws Exception {
        machine.killQemu();
    }
}
