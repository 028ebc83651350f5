package org.catseye.vnc.real;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.hid.spi.PointerReport;
import org.catseye.rfb.picture.Encoding;
import org.catseye.rfb.security.Credentials;
import org.catseye.rfb.security.SecurityPolicy;
import org.catseye.rfb.transport.ServerAddress;
import org.catseye.secrets.SecretText;
import org.catseye.testkit.FakeCaptureContext;
import org.catseye.video.Codec;
import org.catseye.vnc.DrawnPicture;
import org.catseye.vnc.RunningTarget;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What works with every VNC server of an X display. */
abstract class XServerContract {

    static final String PASSWORD = "tulips";
    static final SecurityPolicy POLICY = new SecurityPolicy(new Credentials("", new SecretText(PASSWORD)), Optional.empty());
    private static final Pattern KEY_PRESS = Pattern.compile("KeyPress event.*\\n.*\\n.*keysym 0x[0-9a-f]+, (\\w+)\\)");
    private static final Pattern BUTTON_PRESS = Pattern.compile("ButtonPress event.*\\n.*\\n.*button (\\d+)");

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();
    XServer display;
    int port;

    /** Starts the display and its VNC server on {@link #port} with {@link #PASSWORD}. */
    abstract void startServer() throws Exception;

    /** Kills the VNC server. */
    abstract void killServer() throws Exception;

    /** Starts it again on the same port, and its display if it has ended. */
    abstract void restartServer() throws Exception;

    Path folder() {
        return temporary.getRoot().toPath();
    }

    @After
    public final void stopDisplay() throws IOException {
        if (display != null) {
            display.close();
        }
    }

    RunningTarget startTarget(String... keysAndValues) {
        Map<String, Object> properties = new HashMap<>(Map.of("host", "localhost", "port", port, "password", PASSWORD, "kvm.target", "x"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return new RunningTarget(properties);
    }

    void assertShowsScreen(RunningTarget target) throws Exception {
        Pictures dump = display.dumpScreen();
        boolean shown = target.awaitFrame(jpeg -> Pictures.parseJpeg(jpeg).compareWith(dump) > 28);
        assertTrue(target.context().signals().toString(), shown);
    }

    @Test
    public void everyEncodingShowsTheScreenPixelByPixel() throws Exception {
        startServer();
        display.showText();
        ServerAddress address = ServerAddress.ofHost("localhost", port);
        assertExactInEachEncoding(address, POLICY);
        try (Screen screen = new Screen(address, POLICY, Encoding.TIGHT, Encoding.JPEG_QUALITY_0 + 9)) {
            Pictures dump = display.dumpScreen();
            assertTrue("Tight with JPEG", screen.awaitPicture(picture -> picture.compareWith(dump) > 30).compareWith(dump) > 30);
        }
        try (RunningTarget target = startTarget()) {
            assertShowsScreen(target);
            display.run("xsetroot", "-solid", "#604020");
            assertShowsScreen(target);
        }
    }

    /** Draws all frames so far over each other. @return the newest picture */
    static Pictures drawFrames(RunningTarget target) throws IOException {
        DrawnPicture viewer = new DrawnPicture();
        for (FakeCaptureContext.Published frame : target.context().frames()) {
            viewer.show(frame);
        }
        return new Pictures(viewer.width(), viewer.height(), viewer.pixels());
    }

    private void assertDrawsScreen(RunningTarget target) throws Exception {
        Pictures dump = display.dumpScreen();
        assertTrue(target.context().await(Program.PATIENCE_MILLIS, c -> {
            try {
                return !c.frames().isEmpty() && drawFrames(target).compareWith(dump) > 28;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }));
    }

    @Test
    public void drawingsShowTheScreenAfterItHasScrolled() throws Exception {
        startServer();
        display.showText();
        try (RunningTarget target = startTarget()) {
            target.context().showDrawings(true);
            assertDrawsScreen(target);
            display.scrollText();
            assertDrawsScreen(target);
            target.context().wantKeyFrame();
            display.run("xsetroot", "-solid", "#604020");
            assertDrawsScreen(target);
            display.scrollText();
            assertDrawsScreen(target);
            List<FakeCaptureContext.Published> frames = target.context().frames();
            assertTrue("drawings", frames.stream().filter(frame -> frame.format().codec() == Codec.DRAWING).count() > 2);
            assertEquals(List.of(), target.context().breaches());
        }
    }

    void assertRefused(RunningTarget target, String part) throws Exception {
        assertTrue(part + ": " + target.context().signals(),
            target.context().await(Program.PATIENCE_MILLIS, c -> c.signals().stream().anyMatch(s -> s.reason().contains(part))));
    }

    void assertExactInEachEncoding(ServerAddress address, SecurityPolicy policy) throws Exception {
        for (int encoding : new int[] {Encoding.RAW, Encoding.HEXTILE, Encoding.ZRLE, Encoding.TIGHT}) {
            try (Screen screen = new Screen(address, policy, encoding, Encoding.COPY_RECT)) {
                Pictures last = screen.awaitPicture(picture -> picture.equalsExactly(display.dumpScreen()));
                assertTrue("encoding " + encoding, last.equalsExactly(display.dumpScreen()));
                assertTrue("there is text", last.countColours() > 5);
            }
        }
    }

    private SocketAddress address() {
        return new InetSocketAddress("localhost", port);
    }

    @Test
    public void aWrongPasswordIsRefused() throws Exception {
        startServer();
        try (RunningTarget target = startTarget("password", "roses")) {
            assertRefused(target, "refused the user or the password");
        }
        try (RunningTarget target = startTarget("password", "")) {
            assertRefused(target, "asks for a password, and none is configured");
        }
        try (RunningTarget target = startTarget("tls", "fingerprint", "fingerprint", "ab".repeat(32))) {
            assertRefused(target, "offers no encryption");
        }
    }

    @Test
    public void aServerThatIsKilledAndStartedAgainIsFollowed() throws Exception {
        startServer();
        display.showText();
        try (RunningTarget target = startTarget()) {
            assertShowsScreen(target);
            killServer();
            assertRefused(target, "was lost");
            target.context().forgetEvents();
            restartServer();
            assertTrue("after the next attempt", target.context().await(Program.RETURN_MILLIS, c -> !c.frames().isEmpty()));
            display.run("xsetroot", "-solid", "#604020");
            assertShowsScreen(target);
        }
    }

    @Test
    public void reconnectsLeakNothing() throws Exception {
        startServer();
        LeakCheck.assertReconnectsLeakNothing(address(), folder(), PASSWORD);
    }

    @Test
    public void damagedMessagesOfTheServerEndTheConnectionOnly() throws Exception {
        startServer();
        display.showText();
        String proxied = folder().resolve("proxy.sock").toString();
        try (MutatingProxy proxy = MutatingProxy.startMutating(address(), Path.of(proxied));
                RunningTarget target = startTarget("host", "", "socket", proxied, "encoding", "tight")) {
            assertTrue("connections", proxy.awaitConnections(7));
            proxy.stopMutating();
            assertShowsScreen(target);
        }
    }

    @Test
    public void viewOnlyShowsTheScreenAndSendsNothing() throws Exception {
        startServer();
        display.showText();
        try (RunningTarget target = startTarget("viewOnly", "true")) {
            assertShowsScreen(target);
            String place = display.run("xdotool", "getmouselocation");
            assertThrows(IOException.class, () -> target.device().sendPointer(new PointerReport(0, 5000, 5000, 0, 0)));
            assertThrows(IOException.class, () -> target.device().sendKeyboard(new KeyboardReport(0, List.of(0x04))));
            assertEquals(place, display.run("xdotool", "getmouselocation"));
        }
    }

    @Test
    public void keysPointerAndWheelArrive() throws Exception {
        startServer();
        Program events = display.showEvents();
        try (RunningTarget target = startTarget()) {
            target.attach();
            target.device().sendPointer(new PointerReport(0, PointerReport.MAX / 2, PointerReport.MAX / 2, 0, 0));
            Pictures dump = display.dumpScreen();
            String place = "x:" + (dump.width() - 1) / 2 + " y:" + (dump.height() - 1) / 2;
            events.await(() -> isAbout(display.run("xdotool", "getmouselocation"), dump) ? Optional.of(place) : Optional.empty());
            for (int usage : new int[] {0x04, 0x1e, 0x28, 0x29, 0x3a, 0x52, 0x4c, 0x2f}) {
                press(target, 0, usage);
            }
            press(target, 2, 0x05);
            press(target, 0x40, 0x08);
            List<String> keys = List.of("a", "1", "Return", "Escape", "F1", "Up", "Delete", "bracketleft", "Shift_L", "B", "Alt_R", "e");
            assertEquals(keys, awaitAll(events, KEY_PRESS, keys.size()).stream().map(name -> name.equals("ISO_Level3_Shift") ? "Alt_R" : name).toList());
            for (int button : new int[] {1, 4, 2}) {
                target.device().sendPointer(new PointerReport(button, 9000, 9000, 0, 0));
                target.device().sendPointer(new PointerReport(0, 9000, 9000, 0, 0));
            }
            target.device().sendPointer(new PointerReport(0, 9000, 9000, 1, 0));
            target.device().sendPointer(new PointerReport(0, 9000, 9000, -2, 0));
            assertEquals(List.of("1", "2", "3", "4", "5", "5"), awaitAll(events, BUTTON_PRESS, 6));
        }
    }

    private static boolean isAbout(String location, Pictures dump) {
        Matcher matcher = Pattern.compile("x:(\\d+) y:(\\d+)").matcher(location);
        return matcher.find() && Math.abs(Integer.parseInt(matcher.group(1)) - dump.width() / 2) < 3
            && Math.abs(Integer.parseInt(matcher.group(2)) - dump.height() / 2) < 3;
    }

    private static void press(RunningTarget target, int modifiers, int usage) throws IOException {
        if (modifiers != 0) {
            target.device().sendKeyboard(new KeyboardReport(modifiers, List.of()));
        }
        target.device().sendKeyboard(new KeyboardReport(modifiers, List.of(usage)));
        target.device().sendKeyboard(KeyboardReport.UP);
    }

    private static List<String> awaitAll(Program events, Pattern pattern, int count) throws Exception {
        return events.await(() -> {
            List<String> found = pattern.matcher(events.output()).results().map(result -> result.group(1)).toList();
            return found.size() >= count ? Optional.of(found) : Optional.empty();
        });
    }
}
