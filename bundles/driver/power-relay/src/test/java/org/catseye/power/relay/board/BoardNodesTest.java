package org.catseye.power.relay.board;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** With folders in the place of /dev and /sys. The nodes have the numbers of devices that do nothing, such as /dev/null. */
public class BoardNodesTest {

    private static final BoardAddress ANY_HID = new BoardAddress(BoardKind.HID, "", "");
    private static final BoardAddress ANY_LCUS = new BoardAddress(BoardKind.LCUS, "", "");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();
    private Path dev;
    private Path sys;
    private BoardNodes nodes;

    @Before
    public void createFolders() throws Exception {
        dev = folder.newFolder("dev").toPath().toRealPath();
        sys = folder.newFolder("sys").toPath().toRealPath();
        nodes = new BoardNodes(dev, new SysfsDevices(sys.resolve("class")));
        assumeTrue("the test may create nodes", makeNode("probe", 3));
    }

    private boolean makeNode(String name, int minor) throws Exception {
        Process mknod = new ProcessBuilder("mknod", dev.resolve(name).toString(), "c", "1", Integer.toString(minor)).redirectErrorStream(true).start();
        return mknod.waitFor(60, TimeUnit.SECONDS) && mknod.exitValue() == 0;
    }

    private void plugInHid(String name, int minor, String ids, String label) throws Exception {
        Path device = Files.createDirectories(sys.resolve("class/hidraw").resolve(name).resolve("device"));
        Files.writeString(device.resolve("uevent"), "DRIVER=hid-generic\nHID_ID=0003:" + ids + "\nHID_NAME=" + label + "\nHID_PHYS=usb-0000:01:00.0-1.1/input0\n");
        Files.writeString(device.resolveSibling("dev"), "1:" + minor + "\n");
        assertTrue(makeNode(name, minor));
    }

    private void plugInSerial(String name, int minor, String vendor, String product) throws Exception {
        Path usb = Files.createDirectories(sys.resolve("devices").resolve(name + "-usb"));
        Files.writeString(usb.resolve("idVendor"), vendor + "\n");
        Files.writeString(usb.resolve("idProduct"), product + "\n");
        Path port = Files.createDirectories(usb.resolve("1-1:1.0").resolve(name));
        Path tty = Files.createDirectories(sys.resolve("class/tty").resolve(name));
        Files.createSymbolicLink(tty.resolve("device"), port);
        Files.writeString(tty.resolve("dev"), "1:" + minor + "\n");
        assertTrue(makeNode(name, minor));
    }

    private String refused(BoardAddress address) {
        return assertThrows(IOException.class, () -> nodes.findNode(address)).getMessage();
    }

    private static BoardAddress hid(String device) {
        return new BoardAddress(BoardKind.HID, device, "");
    }

    private static BoardAddress lcus(String device) {
        return new BoardAddress(BoardKind.LCUS, device, "");
    }

    @Test
    public void theOnlyHidBoardIsFoundAmongOtherDevices() throws Exception {
        assertEquals("No USB relay board (USBRelay, 16c0:05df) is plugged in.", refused(ANY_HID));
        plugInHid("hidraw0", 3, "0000534D:00002109", "MACROSILICON");
        plugInHid("hidraw1", 5, "000016C0:000005DF", "somebody Thermometer");
        assertEquals("No USB relay board (USBRelay, 16c0:05df) is plugged in.", refused(ANY_HID));
        plugInHid("hidraw10", 7, "000016C0:000005DF", "www.dcttech.com USBRelay2");
        assertEquals(new BoardNode(BoardKind.HID, dev + "/hidraw10", 2), nodes.findNode(ANY_HID));
    }

    @Test
    public void aGivenNodeHasToBeARelayBoard() throws Exception {
        plugInHid("hidraw0", 3, "0000534D:00002109", "MACROSILICON");
        plugInHid("hidraw1", 5, "000016C0:000005DF", "nameless");
        assertEquals("/dev/hidraw0 is not a USB relay board: it is the device 534d:2109.", refused(hid("/dev/hidraw0")));
        assertEquals("a board of another name may be chosen by hand", new BoardNode(BoardKind.HID, dev + "/hidraw1", 8), nodes.findNode(hid("/dev/hidraw1")));
        assertTrue(refused(hid("/dev/hidraw2")).startsWith("There is no device /dev/hidraw2"));
    }

    @Test
    public void aNodeOfAnotherDeviceIsRefused() throws Exception {
        plugInHid("hidraw0", 3, "000016C0:000005DF", "www.dcttech.com USBRelay1");
        Files.delete(dev.resolve("hidraw0"));
        assertTrue(makeNode("hidraw0", 5));
        assertEquals("/dev/hidraw0 is not the node of a device of this kind.", refused(hid("/dev/hidraw0")));
        Files.delete(dev.resolve("hidraw0"));
        Files.createFile(dev.resolve("hidraw0"));
        assertEquals("/dev/hidraw0 is not the node of a device of this kind.", refused(hid("/dev/hidraw0")));
        Files.delete(dev.resolve("hidraw0"));
        assertTrue(makeNode("sda", 3));
        Files.createSymbolicLink(dev.resolve("hidraw0"), Path.of("sda"));
        assertEquals("/dev/hidraw0 leads to /dev/sda; a relay board has to be /dev/hidraw and a number.", refused(hid("/dev/hidraw0")));
    }

    @Test
    public void aNodeThatIsOfThisKindButNotTheDeviceIsRefusedWhenItIsOpened() throws Exception {
        plugInHid("hidraw0", 3, "000016C0:000005DF", "www.dcttech.com USBRelay1");
        plugInSerial("ttyUSB0", 5, "1a86", "7523");
        for (BoardAddress address : new BoardAddress[] {ANY_HID, ANY_LCUS}) {
            BoardNode node = nodes.findNode(address);
            String message = assertThrows(IOException.class, () -> nodes.openNode(node)).getMessage();
            assertTrue(message, message.startsWith(node.path() + " cannot be opened: "));
        }
    }

    @Test
    public void theOnlyCh340IsFound() throws Exception {
        assertEquals("No relay board with a CH340 serial port (1a86:7523) is plugged in.", refused(ANY_LCUS));
        plugInSerial("ttyUSB0", 3, "0403", "6001");
        assertEquals("No relay board with a CH340 serial port (1a86:7523) is plugged in.", refused(ANY_LCUS));
        plugInSerial("ttyUSB1", 5, "1a86", "7523");
        assertEquals(dev + "/ttyUSB1", nodes.findNode(ANY_LCUS).path());
        plugInSerial("ttyUSB2", 7, "1a86", "7523");
        assertEquals("Several serial ports could be the relay board (" + dev + "/ttyUSB1, " + dev + "/ttyUSB2): set the device.", refused(ANY_LCUS));
        assertEquals(dev + "/ttyUSB2", nodes.findNode(lcus("/dev/ttyUSB2")).path());
    }

    @Test
    public void aNameByIdLeadsToASerialPortOnly() throws Exception {
        plugInSerial("ttyUSB0", 3, "1a86", "7523");
        Path byId = Files.createDirectories(dev.resolve("serial/by-id"));
        Files.createSymbolicLink(byId.resolve("usb-1a86-if00-port0"), Path.of("../../ttyUSB0"));
        assertEquals(dev + "/ttyUSB0", nodes.findNode(lcus("/dev/serial/by-id/usb-1a86-if00-port0")).path());
        Files.createSymbolicLink(byId.resolve("elsewhere"), Path.of("/etc/hostname"));
        assertTrue(refused(lcus("/dev/serial/by-id/elsewhere")).contains("elsewhere leads to /dev/"));
        Files.createSymbolicLink(byId.resolve("probe"), Path.of("../../probe"));
        assertTrue(refused(lcus("/dev/serial/by-id/probe")).contains("leads to /dev/probe; a relay board has to be"));
    }
}
