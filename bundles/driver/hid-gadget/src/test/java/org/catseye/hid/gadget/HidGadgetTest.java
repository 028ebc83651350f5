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
    public void make() throws Exception {
        board = new FakeBoard(folder.getRoot().toPath());
    }

    @After
    public void close() {
        if (gadget != null) {
            gadget.detach();
        }
        board.close();
    }

    @Test
    public void aConfigurationThatIsWrongIsAStateAndNotAFailure() throws Exception {
        use(Map.of("profile", "gaming"));
        said("offline org.catseye.hid.gadget: profile is 'gaming'; it has to be full, boot or keyboard-only");
        assertEquals(Set.of(), gadget.supportedFeatures());
        assertEquals("Settings", gadget.checkItems().get(0).name());
        assertThrows(IOException.class, () -> gadget.sendKeyboard(A));
    }

    @Test
    public void aNumberThatIsNoneIsAStateToo() throws Exception {
        use(Map.of("endpoints", "many"));
        said("offline org.catseye.hid.gadget: endpoints is 'many'; it has to be a whole number from 1 to 30");
    }

    @Test
    public void theProfileDecidesWhatTheDeviceCanDo() {
        assertEquals(Set.of(Feature.KEYBOARD, Feature.LEDS, Feature.ABSOLUTE_POINTER, Feature.RELATIVE_POINTER, Feature.CONSUMER),
                new HidGadget(Map.of(), board.places).supportedFeatures());
        assertEquals(Set.of(Feature.KEYBOARD, Feature.LEDS, Feature.RELATIVE_POINTER),
                new HidGadget(Map.of("profile", "boot"), board.places).supportedFeatures());
        assertEquals(Set.of(Feature.KEYBOARD, Feature.LEDS),
                new HidGadget(Map.of("profile", "keyboard-only"), board.places).supportedFeatures());
    }

    @Test
    public void whatIsMissingIsNamedFromTheGroundUp() throws Exception {
        Files.delete(board.places.controllers().resolve("fake.0/state"));
        Files.delete(board.places.controllers().resolve("fake.0"));
        use(Map.of());
        assertTrue(feedback.await(PATIENCE, f -> f.events().toString().contains("dr_mode=peripheral")));
        Files.createDirectories(board.places.controllers().resolve("fake.0"));
        board.state("configured");
        said("offline the USB keyboard is just being connected");
        said("offline the device " + board.places.devices() + "/hidg0 is not there, although the gadget is connected");
        board.nodes(Profile.FULL);
        said("ready the target listens");
    }

    @Test
    public void aGadgetThatIsNotSetUpIsWaitedFor() throws Exception {
        board.remove();
        Files.delete(board.places.gadgets());
        board.nodes(Profile.FULL);
        use(Map.of());
        said("offline the kernel part for USB gadgets is not loaded: run \"sudo catseye-gadget up\"");
        Files.createFile(board.places.busy());
        board.make();
        said("offline the USB gadget is being set up");
        assertEquals("hands off while the helper works", List.of(), board.links());
        Files.delete(board.places.busy());
        said("ready the target listens");
        assertEquals(4, board.links().size());
    }

    @Test
    public void theControllersStateIsFollowedInWords() throws Exception {
        board.nodes(Profile.FULL);
        board.state("not attached");
        use(Map.of());
        said("offline " + UsbState.DETACHED.words);
        board.state("addressed");
        said("offline " + UsbState.STARTING.words);
        board.state("configured");
        said("ready the target listens");
        board.state("suspended");
        said("offline " + UsbState.SUSPENDED.words);
    }

    @Test
    public void lightsComeBackAndAreUnknownOnceTheCableIsOut() throws Exception {
        board.nodes(Profile.FULL);
        use(Map.of());
        said("ready the target listens");
        board.node(Role.KEYBOARD, 8).lights(2);
        assertTrue(feedback.await(PATIENCE, f -> f.reportLeds().equals(Leds.fromReport(2))));
        board.state("not attached");
        assertTrue(feedback.await(PATIENCE, f -> !f.isReady()));
        assertEquals(Leds.UNKNOWN, feedback.reportLeds());
    }

    @Test
    public void nodesThatVanishAreOpenedAgain() throws Exception {
        board.nodes(Profile.FULL);
        use(Map.of());
        said("ready the target listens");
        board.removeNodes();
        assertTrue(feedback.await(PATIENCE, f -> !f.isReady()));
        board.nodes(Profile.FULL);
        assertTrue(feedback.await(PATIENCE, FakeHidFeedback::isReady));
        assertArrayEquals("the probe", KeyboardReport.UP.toBootReport(), board.node(Role.KEYBOARD, 8).reports(2000).get(0));
        gadget.sendKeyboard(A);
        assertArrayEquals(A.toBootReport(), board.node(Role.KEYBOARD, 8).reports(2000).get(0));
    }

    @Test
    public void anUnboundGadgetIsBoundAgain() throws Exception {
        board.nodes(Profile.FULL);
        use(Map.of());
        said("ready the target listens");
        board.file("UDC", "\n");
        long end = System.nanoTime() + PATIENCE * 1_000_000;
        while (!board.configFs().controller().equals("fake.0") && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertEquals("fake.0", board.configFs().controller());
    }

    @Test
    public void mouseAndMediaKeysHaveTheirOwnNodes() throws Exception {
        board.nodes(Profile.FULL);
        use(Map.of());
        said("ready the target listens");
        gadget.sendPointer(new PointerReport(1, 256, 2, 0, 0));
        gadget.sendMotion(new MotionReport(0, 5, -5, 0, 0));
        gadget.sendConsumerUsage(0xe9);
        assertArrayEquals(new byte[] {1, 0, 1, 2, 0, 0, 0}, board.node(Role.POINTER, 7).reports(2000).get(0));
        assertArrayEquals(new byte[] {0, 5, -5, 0, 0}, board.node(Role.MOUSE, 5).reports(2000).get(0));
        assertArrayEquals(new byte[] {(byte) 0xe9, 0}, board.node(Role.CONSUMER, 2).reports(2000).get(0));
        assertThrows(IOException.class, () -> {
            gadget.detach();
            gadget.sendConsumerUsage(0);
        });
    }

    @Test
    public void theSelfCheckNamesWhatIsBrokenAndHowToMendIt() throws Exception {
        board.nodes(Profile.FULL);
        use(Map.of());
        said("ready the target listens");
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
    public void replugUnbindsAndBindsAgain() throws Exception {
        board.nodes(Profile.FULL);
        use(Map.of());
        said("ready the target listens");
        gadget.performAction("replug");
        assertTrue(feedback.await(PATIENCE, FakeHidFeedback::isReady));
        assertTrue(feedback.events().toString(), feedback.events().contains("offline the USB cable is virtually unplugged for a moment"));
        assertEquals("fake.0", board.configFs().controller());
        assertThrows(IllegalArgumentException.class, () -> gadget.performAction("explode"));
    }

    @Test
    public void replugWithoutAGadgetSaysWhatToDo() throws Exception {
        board.remove();
        use(Map.of());
        IOException refusal = assertThrows(IOException.class, () -> gadget.performAction("replug"));
        assertEquals("the USB gadget is not set up: run \"sudo catseye-gadget up\"", refusal.getMessage());
    }

    @Test
    public void noThreadIsLeftAfterDetach() throws Exception {
        board.nodes(Profile.FULL);
        use(Map.of("kvm_target", "threads"));
        said("ready the target listens");
        gadget.detach();
        assertTrue(Thread.getAllStackTraces().keySet().stream().noneMatch(thread -> thread.getName().equals("hid-gadget-threads")));
    }

    private void use(Map<String, Object> changes) {
        gadget = new HidGadget(changes, board.places);
        gadget.attach(feedback);
    }

    private void said(String event) throws Exception {
        assertTrue(event + " in " + feedback.events(), feedback.await(PATIENCE, f -> f.events().contains(event)));
    }
}
