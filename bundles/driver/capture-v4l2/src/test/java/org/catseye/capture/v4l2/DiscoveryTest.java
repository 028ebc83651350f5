package org.catseye.capture.v4l2;

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

public class DiscoveryTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final List<String> asked = new ArrayList<>();
    private SysfsTree tree;

    @Before
    public void plant() throws IOException {
        tree = new SysfsTree(folder.getRoot().toPath());
    }

    @Test
    public void tellsPortIdsAndSpeed() throws IOException {
        tree.usb(0, "1-1.3", "534d", "2109");
        Stick stick = discovery().sticks().get(0);
        assertEquals("/dev/video0", stick.node());
        assertEquals("1-1.3", stick.port());
        assertEquals("534d:2109", stick.ids());
        assertEquals(Chip.MS2109, stick.chip());
        assertEquals(480, stick.speed());
        assertEquals("/dev/video0 (MS2109 534d:2109 at USB port 1-1.3)", stick.words());
        assertTrue(Files.exists(stick.usb().orElseThrow().resolve("idVendor")));
    }

    @Test
    public void aDeviceThatIsNotOnUsbHasItsBusName() throws IOException {
        tree.platform(4, "tc358743 10-000f", "fe801000.csi");
        Stick stick = discovery().sticks().get(0);
        assertEquals("fe801000.csi", stick.port());
        assertEquals("", stick.ids());
        assertEquals("/dev/video4 (tc358743 10-000f at fe801000.csi)", stick.words());
    }

    @Test
    public void metadataNodesAreSortedOutByAskingThem() throws IOException {
        tree.usb(0, "1-1", "534d", "2109");
        tree.usb(1, "1-1", "534d", "2109");
        Discovery discovery = new Discovery(tree.sysfs(), node -> {
            asked.add(node);
            return node.equals("/dev/video0");
        });
        assertEquals(1, discovery.sticks().size());
        assertEquals(1, discovery.sticks().size());
        assertEquals("each is asked once", 2, asked.size());
    }

    @Test
    public void codecsOfTheRaspberryPiAreNotEvenAsked() throws IOException {
        tree.platform(10, "bcm2835-codec-decode", "bcm2835-codec");
        tree.platform(13, "bcm2835-isp-capture0", "bcm2835-isp");
        tree.platform(19, "rpi-hevc-dec", "rpi-hevc-dec");
        tree.platform(20, "pispbe-output", "pispbe");
        assertEquals(List.of(), discovery().sticks());
        assertEquals(List.of(), asked);
    }

    @Test
    public void sticksComeInTheOrderOfPortsAsPeopleCount() throws IOException {
        tree.usb(0, "1-1.10", "534d", "2109");
        tree.usb(2, "1-1.2", "534d", "2109");
        assertEquals(List.of("1-1.2", "1-1.10"), discovery().sticks().stream().map(Stick::port).toList());
    }

    @Test
    public void aNodeThatMayNotBeOpenedIsListedAndAskedAgain() throws IOException {
        tree.usb(0, "1-1", "534d", "2109");
        Discovery discovery = new Discovery(tree.sysfs(), node -> {
            asked.add(node);
            throw new ErrnoException("open", node, Errno.EACCES.code());
        });
        assertEquals(1, discovery.sticks().size());
        discovery.sticks();
        assertEquals(2, asked.size());
    }

    @Test
    public void aNodeThatIsGoingIsNotListed() throws IOException {
        tree.usb(0, "1-1", "534d", "2109");
        Discovery discovery = new Discovery(tree.sysfs(), node -> {
            throw new ErrnoException("open", node, Errno.ENODEV.code());
        });
        assertEquals(List.of(), discovery.sticks());
    }

    @Test
    public void aReplacedStickIsAskedAnew() throws IOException {
        tree.usb(0, "1-1", "534d", "2109");
        Discovery discovery = discovery();
        discovery.sticks();
        tree.remove(0);
        discovery.sticks();
        tree.usb(0, "1-1", "534d", "2109");
        discovery.sticks();
        assertEquals(2, asked.size());
    }

    @Test
    public void aMachineWithoutVideoHasNothing() {
        assertEquals(List.of(), new Discovery(Path.of("/no/such/folder"), node -> true).sticks());
    }

    private Discovery discovery() {
        return new Discovery(tree.sysfs(), node -> {
            asked.add(node);
            return true;
        });
    }
}
