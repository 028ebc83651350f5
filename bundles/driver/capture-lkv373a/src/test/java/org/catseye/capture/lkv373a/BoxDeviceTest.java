package org.catseye.capture.lkv373a;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.catseye.access.Permission;
import org.catseye.capture.lkv373a.settings.Settings;
import org.catseye.targets.SelfCheck.Action;
import org.catseye.targets.SelfCheck.Item;
import org.catseye.testkit.FakeCaptureContext;
import org.catseye.testkit.lkv.DatagramPacker;
import org.catseye.testkit.lkv.Lkv373aEmulator;
import org.catseye.testkit.lkv.Lkv373aPage;
import org.catseye.testkit.lkv.Muxer;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** The check and its actions, with an emulated box that has a web page. */
public class BoxDeviceTest {

    private static final long TIMEOUT_NANOS = 20_000_000_000L;
    private static final String GROUP = "239.255.42.46";

    private final FakeCaptureContext context = new FakeCaptureContext();
    private final DatagramPacker packer = new DatagramPacker(3);
    private int port;
    private Lkv373aEmulator box;
    private Lkv373aPage page;
    private Thread thread;

    @Before
    public void connectBoxThatSendsElsewhere() throws Exception {
        port = freePort();
        box = new Lkv373aEmulator(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), freePort()), new Muxer(), packer).startSending(60);
        page = new Lkv373aPage(box, packer);
    }

    @After
    public void stopEverything() throws Exception {
        context.stop();
        if (thread != null) {
            thread.join(5_000);
            assertFalse("the receiver stopped", thread.isAlive());
        }
        box.close();
        page.close();
    }

    @Test
    public void actionsSetTheDestination() throws Exception {
        BoxDevice device = startDevice("sender", "127.0.0.1");
        assertEquals("None arrived yet.", awaitItem(device, "Datagrams", item -> !item.ok()).description());
        assertEquals("http://127.0.0.1/ can be reached.", awaitItem(device, "Web page of the box", Item::ok).description());
        device.performAction("send-to-me");
        assertTrue(context.await(20_000, c -> c.frames().size() > 5));
        assertEquals("y n 127.0.0.1", page.currentSettings().get("unicast") + " " + page.currentSettings().get("multicast") + " " + page.currentSettings().get("mcastaddr"));
        String message = awaitItem(device, "Datagrams", Item::ok).description();
        assertEquals("From 127.0.0.1 in RTP; 0 were lost so far.", message);
        assertEquals("H.264 on PID 2001; sound (MPEG layer II) on PID 2002, which is not supported yet.", awaitItem(device, "Picture", Item::ok).description());
        assertEquals("The box gets 1280x720.", awaitItem(device, "HDMI input", Item::ok).description());
        device.performAction("send-to-group");
        assertTrue(context.await(20_000, c -> "y".equals(page.currentSettings().get("multicast"))));
        assertEquals(GROUP, page.currentSettings().get("mcastaddr"));
        int before = context.frames().size();
        assertTrue("continues through the group", context.await(20_000, c -> c.frames().size() > before + 5));
    }

    @Test
    public void configuredModeIsUsed() throws Exception {
        BoxDevice device = startDevice("sender", "127.0.0.1", "mode", "udp");
        device.performAction("send-to-me");
        assertEquals("From 127.0.0.1 in bare UDP.", awaitItem(device, "Datagrams", Item::ok).description());
    }

    @Test
    public void onlyTheBitRateIsChanged() throws Exception {
        BoxDevice device = startDevice("sender", "127.0.0.1", "bitRate", 8000);
        Map<String, String> wanted = page.currentSettings();
        wanted.replaceAll((name, value) -> name.contains("brate") ? "8000" : value);
        device.performAction("set-bit-rate");
        assertEquals(wanted, page.currentSettings());
        page.hideSettings();
        String message = assertThrows(IOException.class, () -> device.performAction("set-bit-rate")).getMessage();
        assertTrue(message, message.contains("set the bit rate there by hand"));
    }

    @Test
    public void aBoxThatRefusesOrIsAwayIsSaid() throws Exception {
        BoxDevice device = startDevice("sender", "127.0.0.1");
        page.answerWithStatus(401);
        assertTrue(assertThrows(IOException.class, () -> device.performAction("send-to-me")).getMessage().contains("requires a password"));
        page.answerWithStatus(500);
        assertTrue(assertThrows(IOException.class, () -> device.performAction("send-to-me")).getMessage().endsWith("refuses the request (HTTP 500)"));
        page.close();
        assertTrue(assertThrows(IOException.class, () -> device.performAction("send-to-me")).getMessage().contains("does not respond"));
        Item item = awaitItem(device, "Web page of the box", found -> !found.ok());
        assertFalse(item.remedy().isEmpty());
    }

    @Test
    public void v4BoxIsDetected() throws Exception {
        BoxDevice device = startDevice();
        box.setPicturesSent(false);
        box.setPower(false);
        byte[] v4 = new byte[100];
        v4[0] = 0x74;
        v4[1] = 0x47;
        v4[2] = 0x74;
        box.setDestination(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
        // Repeatedly, as the box does: a datagram of its old stream may still be on its way after the first one.
        Item item = awaitItem(device, "Datagrams", found -> found.description().contains("V4") || sendAgain(v4));
        assertFalse(item.ok());
        assertTrue(item.description(), item.description().contains("an LKV373A V4: its stream is encrypted"));
    }

    @Test
    public void actionsRequireAnAdministrator() throws Exception {
        BoxDevice device = createDevice(Map.of("port", port, "bitRate", 9000));
        assertEquals(List.of("send-to-me", "send-to-group", "set-bit-rate"), device.availableActions().stream().map(Action::id).toList());
        assertTrue(device.availableActions().stream().allMatch(action -> action.permission() == Permission.ADMIN));
        assertEquals("an older LKV373 has no such settings", List.of(), createDevice(Map.of("kind", "lkv373")).availableActions());
        assertEquals("there is no group", List.of("send-to-me"), createDevice(Map.of("group", "")).availableActions().stream().map(Action::id).toList());
        assertThrows(IllegalArgumentException.class, () -> device.performAction("reboot"));
        String message = assertThrows(IOException.class, () -> device.performAction("send-to-me")).getMessage();
        assertTrue(message, message.startsWith("no box was found"));
    }

    @Test
    public void mistakesInSettingsOrNetworkAreTheFirstItem() throws Exception {
        Item settings = createDevice(Map.of("port", "five")).checkItems().get(0);
        assertEquals("Settings", settings.name());
        assertTrue(settings.description(), settings.description().endsWith("port is 'five'; it has to be a whole number from 1 to 65535"));
        BoxDevice device = createDevice(Map.of("interface", "nosuch0"));
        assertEquals("The receiver for the box is not running.", device.checkItems().get(0).description());
        assertThrows(IOException.class, () -> device.capture(context));
        assertTrue(device.checkItems().get(0).description(), device.checkItems().get(0).description().startsWith("the network interface nosuch0 does not exist"));
    }

    private boolean sendAgain(byte[] datagram) {
        try {
            box.sendDatagram(datagram);
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BoxDevice createDevice(Map<String, Object> properties) {
        return new BoxDevice(Optional.empty(), () -> Settings.parseSettings(properties), "Box", page.httpPort());
    }

    private BoxDevice startDevice(Object... more) throws Exception {
        Map<String, Object> properties = new HashMap<>(Map.of("interface", "lo", "group", GROUP, "port", port, "kind", "lkv373a"));
        for (int i = 0; i < more.length; i += 2) {
            properties.put((String) more[i], more[i + 1]);
        }
        BoxDevice device = createDevice(properties);
        thread = new Thread(() -> {
            try {
                device.capture(context);
            } catch (IOException | InterruptedException e) {
                context.reportSignal(org.catseye.video.spi.Signal.NO_DEVICE, "thrown: " + e);
            }
        });
        thread.start();
        awaitItem(device, "UDP port", Item::ok);
        return device;
    }

    /** Waits until the item meets the condition. Each check waits for the receiver's next turn. */
    private static Item awaitItem(BoxDevice device, String name, Predicate<Item> condition) {
        List<Item> items = List.of();
        for (long end = System.nanoTime() + TIMEOUT_NANOS; System.nanoTime() < end;) {
            items = device.checkItems();
            for (Item item : items) {
                if (item.name().equals(name) && condition.test(item)) {
                    return item;
                }
            }
        }
        throw new AssertionError(name + " did not meet the condition: " + items);
    }

    private static int freePort() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            return socket.getLocalPort();
        }
    }
}
