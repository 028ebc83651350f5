package org.catseye.hid.gadget;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catseye.hid.HidState.Feature;
import org.catseye.hid.Leds;
import org.catseye.hid.gadget.descriptor.Profile;
import org.catseye.hid.gadget.descriptor.Role;
import org.catseye.hid.gadget.fake.FakeBoard;
import org.catseye.hid.gadget.udc.UsbState;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.hid.spi.MotionReport;
import org.catseye.hid.spi.PointerReport;
import org.catseye.targets.SelfCheck.Item;
import org.catseye.testkit.FakeHidFeedback;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class HidGadgetTest {

    private static final long PATIENCE = 8_000;
    private static final KeyboardReport A = new KeyboardReport(0, List.of(4));

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();
    private final FakeHidFeedback feedback = new FakeHidFeedback();
    private FakeBoard board;
    private HidGadget gadget;

    @Before
    public void createBoard() throws Exception {
        board = new FakeBoard(folder.getRoot().toPath());
    }

    @After
    public void closeBoard() {
        if (gadget != null) {
            gadget.detach();
        }
        board.close();
    }

    @Test
    public void anInvalidConfigurationIsAStateAndNotAFailure() throws Exception {
        attachGadget(Map.of("profile", "gaming"));
        awaitEvent("offline org.catseye.hid.gadget: profile is 'gaming'; it has to be full, boot or keyboard-only");
        assertEquals(Set.of(), gadget.supportedFeatures());
        assertEquals("Settings", gadget.checkItems().get(0).name());
        assertThrows(IOException.class, () -> gadget.sendKeyboard(A));
    }

    @Test
    public void anInvalidNumberIsAStateToo() throws Exception {
        attachGadget(Map.of("endpoints", "many"));
        awaitEvent("offline org.catseye.hid.gadget: endpoints is 'many'; it has to be a whole number from 1 to 30");
    }

    @Test
    public void theProfileDecidesWhatTheDeviceCanDo() {
        assertEquals(Set.of(Feature.KEYBOARD, Feature.LEDS, Feature.ABSOLUTE_POINTER, Feature.RELATIVE_POINTER, Feature.CONSUMER,
                Feature.SYSTEM),
                new HidGadget(Map.of(), board.paths).supportedFeatures());
        assertEquals(Set.of(Feature.KEYBOARD, Feature.LEDS, Feature.RELATIVE_POINTER),
                new HidGadget(Map.of("profile", "boot"), board.paths).supportedFeatures());
        assertEquals(Set.of(Feature.KEYBOARD, Feature.LEDS),
                new HidGadget(Map.of("profile", "keyboard-only"), board.paths).supportedFeatures());
    }

    @Test
    public void missingPartsAreReportedInTheOrderOfSetup() throws Exception {
        Files.delete(board.paths.controllerRoot().resolve("fake.0/state"));
        Files.delete(board.paths.controllerRoot().resolve("fake.0"));
        attachGadget(Map.of());
        assertTrue(feedback.await(PATIENCE, f -> f.events().toString().contains("dr_mode=peripheral")));
        Files.createDirectories(board.paths.controllerRoot().resolve("fake.0"));
        board.writeState("configured");
        awaitEvent("offline the USB keyboard is being connected");
        awaitEvent("offline the device " + board.paths.deviceRoot() + "/hidg0 is missing, although the gadget is connected");
        board.createNodes(Profile.FULL);
        awaitEvent("ready the remote computer accepts input");
    }

    @Test
    public void aGadgetIsUsedAsSoonAsItIsSetUp() throws Exception {
        board.removeGadget();
        Files.delete(board.paths.gadgetRoot());
        board.createNodes(Profile.FULL);
        attachGadget(Map.of());
        awaitEvent("offline the kernel module for USB gadgets is not loaded: run \"sudo catseye-gadget up\"");
        Files.createFile(board.paths.busyFile());
        board.createGadget();
        awaitEvent("offline the USB gadget is being set up");
        assertEquals("no change while the helper works", List.of(), board.readLinks());
        Files.delete(board.paths.busyFile());
        awaitEvent("ready the remote computer accepts input");
        assertEquals(5, board.readLinks().size());
    }

    @Test
    public void eachControllerStateHasItsMessage() throws Exception {
        board.createNodes(Profile.FULL);
        board.writeState("not attached");
        attachGadget(Map.of());
        awaitEvent("offline " + UsbState.DETACHED.description());
        board.writeState("addressed");
        awaitEvent("offline " + UsbState.STARTING.description());
        board.writeState("configured");
        awaitEvent("ready the remote computer accepts input");
        board.writeState("suspended");
        awaitEvent("offline " + UsbState.SUSPENDED.description());
    }

    @Test
    public void ledsAreReportedAndUnknownAfterTheCableIsUnplugged() throws Exception {
        board.createNodes(Profile.FULL);
        attachGadget(Map.of());
        awaitEvent("ready the remote computer accepts input");
        board.openNode(Role.KEYBOARD, 8).sendLeds(2);
        assertTrue(feedback.await(PATIENCE, f -> f.reportLeds().equals(Leds.fromReport(2))));
        board.writeState("not attached");
        assertTrue(feedback.await(PATIENCE, f -> !f.isReady()));
        assertEquals(Leds.UNKNOWN, feedback.reportLeds());
    }

    @Test
    public void removedNodesAreOpenedAgain() throws Exception {
        board.createNodes(Profile.FULL);
        attachGadget(Map.of());
        awaitEvent("ready the remote computer accepts input");
        board.removeNodes();
        assertTrue(feedback.await(PATIENCE, f -> !f.isReady()));
        board.createNodes(Profile.FULL);
        assertTrue(feedback.await(PATIENCE, FakeHidFeedback::isReady));
        assertArrayEquals("the probe", KeyboardReport.UP.toBootReport(), board.openNode(Role.KEYBOARD, 8).takeReports(2000).get(0));
        gadget.sendKeyboard(A);
        assertArrayEquals(A.toBootReport(), board.openNode(Role.KEYBOARD, 8).takeReports(2000).get(0));
    }

    @Test
    public void anUnboundGadgetIsBoundAgain() throws Exception {
        board.createNodes(Profile.FULL);
        attachGadget(Map.of());
        awaitEvent("ready the remote computer accepts input");
        board.writeFile("UDC", "\n");
        long end = System.nanoTime() + PATIENCE * 1_000_000;
        while (!board.configFs().boundController().equals("fake.0") && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertEquals("fake.0", board.configFs().boundController());
    }

    @Test
    public void mouseAndMediaKeysHaveTheirOwnNodes() throws Exception {
        board.createNodes(Profile.FULL);
        attachGadget(Map.of());
        awaitEvent("ready the remote computer accepts input");
        gadget.sendPointer(new PointerReport(1, 256, 2, 0, 0));
        gadget.sendMotion(new MotionReport(0, 5, -5, 0, 0));
        gadget.sendConsumerUsage(0xe9);
        gadget.sendSystemUsage(0x82);
        assertArrayEquals(new byte[] {1, 0, 1, 2, 0, 0, 0}, board.openNode(Role.POINTER, 7).takeReports(2000).get(0));
        assertArrayEquals(new byte[] {0, 5, -5, 0, 0}, board.openNode(Role.MOUSE, 5).takeReports(2000).get(0));
        List<byte[]> reports = board.openNode(Role.CONSUMER, 3).takeReports(2000);
        assertArrayEquals(new byte[] {1, (byte) 0xe9, 0}, reports.get(0));
        assertArrayEquals(new byte[] {2, 2, 0}, reports.get(1));
        assertThrows(IOException.class, () -> {
            gadget.detach();
            gadget.sendConsumerUsage(0);
        });
    }

    @Test
    public void theSelfCheckReportsFaultsAndTheirRemedy() throws Exception {
        board.createNodes(Profile.FULL);
        attachGadget(Map.of());
        awaitEvent("ready the remote computer accepts input");
        gadget.sendKeyboard(A);
        for (Item item : gadget.checkItems()) {
            assertTrue(item.toString(), item.ok());
        }
        board.removeNodes();
        assertTrue(feedback.await(PATIENCE, f -> !f.isReady()));
        Item node = gadget.checkItems().stream().filter(item -> item.name().equals("Device for the keyboard")).findAny().orElseThrow();
        assertFalse(node.ok());
        assertEquals("Run \"sudo catseye-gadget up\" on the board.", node.remedy());
    }

    @Test
    public void theSelfCheckReportsDrives() throws Exception {
        board.createNodes(Profile.FULL);
        attachGadget(Map.of());
        awaitEvent("ready the remote computer accepts input");
        Item drive = gadget.checkItems().stream().filter(item -> item.name().equals("USB disk")).findAny().orElseThrow();
        assertTrue(drive.toString(), drive.ok());
    }

    @Test
    public void theKeyboardWorksOnAKernelWithoutDrives() throws Exception {
        board.removeDrives();
        board.createNodes(Profile.FULL);
        attachGadget(Map.of());
        awaitEvent("ready the remote computer accepts input");
        assertEquals(4, board.readLinks().size());
        Item drive = gadget.checkItems().stream().filter(item -> item.name().equals("CD drive")).findAny().orElseThrow();
        assertFalse(drive.ok());
        assertTrue(drive.toString(), drive.toString().contains("The USB gadget has no drives: run \"sudo catseye-gadget up\""));
        Item self = gadget.checkItems().stream().filter(item -> item.name().equals("Gadget")).findAny().orElseThrow();
        assertTrue("the gadget is as it can be: " + self, self.ok());
    }

    @Test
    public void replugUnbindsAndBindsAgain() throws Exception {
        board.createNodes(Profile.FULL);
        attachGadget(Map.of());
        awaitEvent("ready the remote computer accepts input");
        gadget.performAction("replug");
        assertTrue(feedback.await(PATIENCE, FakeHidFeedback::isReady));
        assertTrue(feedback.events().toString(),
                feedback.events().contains("offline the USB cable is being unplugged and plugged in by software"));
        assertEquals("fake.0", board.configFs().boundController());
        assertThrows(IllegalArgumentException.class, () -> gadget.performAction("explode"));
    }

    @Test
    public void replugWithoutAGadgetReportsTheRemedy() throws Exception {
        board.removeGadget();
        attachGadget(Map.of());
        IOException refusal = assertThrows(IOException.class, () -> gadget.performAction("replug"));
        assertEquals("the USB gadget is not set up: run \"sudo catseye-gadget up\"", refusal.getMessage());
    }

    @Test
    public void noThreadIsLeftAfterDetach() throws Exception {
        board.createNodes(Profile.FULL);
        attachGadget(Map.of("kvm_target", "threads"));
        awaitEvent("ready the remote computer accepts input");
        gadget.detach();
        assertTrue(Thread.getAllStackTraces().keySet().stream().noneMatch(thread -> thread.getName().equals("hid-gadget-threads")));
    }

    private void attachGadget(Map<String, Object> changes) {
        gadget = new HidGadget(changes, board.paths);
        gadget.attach(feedback);
    }

    private void awaitEvent(String event) throws Exception {
        assertTrue(event + " in " + feedback.events(), feedback.await(PATIENCE, f -> f.events().contains(event)));
    }
}
