package org.catseye.capture.v4l2.stick;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.catseye.linux.Errno;
import org.catseye.linux.ErrnoException;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class StickDiscoveryTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final List<String> probed = new ArrayList<>();
    private SysfsTree tree;

    @Before
    public void createTree() throws IOException {
        tree = new SysfsTree(folder.getRoot().toPath());
    }

    @Test
    public void readsPortIdsAndSpeed() throws IOException {
        tree.addUsbStick(0, "1-1.3", "534d", "2109");
        Stick stick = createDiscovery().findSticks().get(0);
        assertEquals("/dev/video0", stick.node());
        assertEquals("1-1.3", stick.port());
        assertEquals("534d:2109", stick.usbIds());
        assertEquals(Chip.MS2109, stick.chip());
        assertEquals(480, stick.speedMegabits());
        assertEquals("/dev/video0 (MS2109 534d:2109 at USB port 1-1.3)", stick.description());
        assertTrue(Files.exists(stick.usbFolder().orElseThrow().resolve("idVendor")));
    }

    @Test
    public void deviceThatIsNotOnUsbIsIdentifiedByItsBusName() throws IOException {
        tree.addPlatformDevice(4, "tc358743 10-000f", "fe801000.csi");
        Stick stick = createDiscovery().findSticks().get(0);
        assertEquals("fe801000.csi", stick.port());
        assertEquals("", stick.usbIds());
        assertEquals("/dev/video4 (tc358743 10-000f at fe801000.csi)", stick.description());
    }

    @Test
    public void metadataNodesAreFilteredOutByProbing() throws IOException {
        tree.addUsbStick(0, "1-1", "534d", "2109");
        tree.addUsbStick(1, "1-1", "534d", "2109");
        StickDiscovery discovery = new StickDiscovery(tree.sysfs(), node -> {
            probed.add(node);
            return node.equals("/dev/video0");
        });
        assertEquals(1, discovery.findSticks().size());
        assertEquals(1, discovery.findSticks().size());
        assertEquals("each node is probed once", 2, probed.size());
    }

    @Test
    public void codecsOfTheRaspberryPiAreNotEvenProbed() throws IOException {
        tree.addPlatformDevice(10, "bcm2835-codec-decode", "bcm2835-codec");
        tree.addPlatformDevice(13, "bcm2835-isp-capture0", "bcm2835-isp");
        tree.addPlatformDevice(19, "rpi-hevc-dec", "rpi-hevc-dec");
        tree.addPlatformDevice(20, "pispbe-output", "pispbe");
        assertEquals(List.of(), createDiscovery().findSticks());
        assertEquals(List.of(), probed);
    }

    @Test
    public void sticksAreSortedByPortNumbers() throws IOException {
        tree.addUsbStick(0, "1-1.10", "534d", "2109");
        tree.addUsbStick(2, "1-1.2", "534d", "2109");
        assertEquals(List.of("1-1.2", "1-1.10"), createDiscovery().findSticks().stream().map(Stick::port).toList());
    }

    @Test
    public void nodeWithoutPermissionIsListedAndProbedAgain() throws IOException {
        tree.addUsbStick(0, "1-1", "534d", "2109");
        StickDiscovery discovery = new StickDiscovery(tree.sysfs(), node -> {
            probed.add(node);
            throw new ErrnoException("open", node, Errno.EACCES.code());
        });
        assertEquals(1, discovery.findSticks().size());
        discovery.findSticks();
        assertEquals(2, probed.size());
    }

    @Test
    public void nodeThatIsBeingRemovedIsNotListed() throws IOException {
        tree.addUsbStick(0, "1-1", "534d", "2109");
        StickDiscovery discovery = new StickDiscovery(tree.sysfs(), node -> {
            throw new ErrnoException("open", node, Errno.ENODEV.code());
        });
        assertEquals(List.of(), discovery.findSticks());
    }

    @Test
    public void replacedStickIsProbedAgain() throws IOException {
        tree.addUsbStick(0, "1-1", "534d", "2109");
        StickDiscovery discovery = createDiscovery();
        discovery.findSticks();
        tree.removeDevice(0);
        discovery.findSticks();
        tree.addUsbStick(0, "1-1", "534d", "2109");
        discovery.findSticks();
        assertEquals(2, probed.size());
    }

    @Test
    public void machineWithoutVideoHasNoSticks() {
        assertEquals(List.of(), new StickDiscovery(Path.of("/no/such/folder"), node -> true).findSticks());
    }

    private StickDiscovery createDiscovery() {
        return new StickDiscovery(tree.sysfs(), node -> {
            probed.add(node);
            return true;
        });
    }
}
