package org.catseye.vnc.real;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.hid.spi.PointerReport;
import org.catseye.rfb.keys.ScanCodes;
import org.catseye.rfb.picture.Encoding;
import org.catseye.rfb.security.Credentials;
import org.catseye.rfb.security.SecurityPolicy;
import org.catseye.rfb.transport.ServerAddress;
import org.catseye.secrets.SecretText;
import org.catseye.testkit.FakeHidFeedback;
import org.catseye.vnc.RunningTarget;
import org.junit.Test;

/** QEMU's VNC server, with a guest that shows a pattern and reports its keyboard controller and pointer. */
public class QemuVncTest extends QemuContract {

    private static final SecurityPolicy OPEN = new SecurityPolicy(new Credentials("", new SecretText("")), Optional.empty());
    private static final int PAUSE = 0x48;
    private static final int PRINT_SCREEN = 0x46;
    /** Keys for which this version of QEMU has no name: beyond Application and Power, up to the modifiers. */
    private static final int LAST_COMMON_KEY = 0x65;

    @Test
    public void everyEncodingShowsTheScreenPixelByPixel() throws Exception {
        startMachine("unix:vnc.sock,lossy=on");
        Pictures dump = qemu.dumpScreen();
        for (int encoding : new int[] {Encoding.RAW, Encoding.HEXTILE, Encoding.ZRLE, Encoding.TIGHT}) {
            try (Screen screen = new Screen(ServerAddress.ofSocket(socket), OPEN, encoding)) {
                assertTrue("encoding " + encoding, dump.equalsExactly(screen.awaitPicture(dump::equalsExactly)));
            }
        }
        try (Screen screen = new Screen(ServerAddress.ofSocket(socket), OPEN, Encoding.TIGHT, Encoding.JPEG_QUALITY_0 + 9)) {
            double ratio = screen.awaitPicture(picture -> picture.compareWith(dump) > 30).compareWith(dump);
            assertTrue("Tight with JPEG: " + ratio, ratio > 30);
        }
        try (RunningTarget target = startTarget()) {
            assertShowsScreen(target);
        }
    }

    @Test
    public void everyKeyArrivesAtTheKeyboardController() throws Exception {
        startMachine("unix:vnc.sock");
        try (RunningTarget target = startTarget()) {
            FakeHidFeedback feedback = target.attach();
            List<Integer> usages = new ArrayList<>();
            for (int usage = 0x04; usage <= 0xe7; usage = usage == LAST_COMMON_KEY ? 0xe0 : usage + 1) {
                if (usage != PAUSE && usage != PRINT_SCREEN) {
                    usages.add(usage);
                }
            }
            List<String> wrong = new ArrayList<>();
            for (int usage : usages) {
                int code = ScanCodes.findKeyCode(usage).orElseThrow();
                List<Integer> expected = code >= 0x80 ? List.of(0xe0, code & 0x7f, 0xe0, code) : List.of(code, code | 0x80);
                int before = qemu.countCodes();
                target.device().sendKeyboard(usage >= 0xe0 ? new KeyboardReport(1 << usage - 0xe0, List.of()) : new KeyboardReport(0, List.of(usage)));
                target.device().sendKeyboard(KeyboardReport.UP);
                List<Integer> seen = qemu.awaitCodes(before, expected.size());
                if (!seen.equals(expected)) {
                    wrong.add(Integer.toHexString(usage) + ": " + seen);
                }
            }
            assertEquals(List.of(), wrong);
            assertTrue(feedback.isReady());
            assertTrue("a machine without a tablet expects movements", target.client().state().relativePointer());
        }
    }

    @Test
    public void aMachineThatIsKilledAndStartedAgainIsFollowed() throws Exception {
        startMachine("unix:vnc.sock");
        try (RunningTarget target = startTarget()) {
            assertShowsScreen(target);
            qemu.close();
            assertRefused(target, "was lost");
            int frames = target.context().frames().size();
            startMachine("unix:vnc.sock");
            Pictures dump = qemu.dumpScreen();
            assertTrue("after the next attempt", target.context().await(Program.RETURN_MILLIS, c -> c.frames().size() > frames));
            assertTrue(target.awaitFrame(jpeg -> Pictures.parseJpeg(jpeg).compareWith(dump) > 30));
        }
    }

    @Test
    public void damagedMessagesOfTheServerEndTheConnectionOnly() throws Exception {
        startMachine("unix:vnc.sock");
        try (MutatingProxy proxy = MutatingProxy.startMutating(address(), folder.resolve("proxy.sock"));
                RunningTarget target = startTarget("socket", folder.resolve("proxy.sock").toString(), "encoding", "tight")) {
            assertTrue("connections", proxy.awaitConnections(7));
            proxy.stopMutating();
            assertShowsScreen(target);
        }
    }

    @Test
    public void reconnectsLeakNothing() throws Exception {
        startMachine("unix:vnc.sock");
        LeakCheck.assertReconnectsLeakNothing(address(), folder, "");
    }

    @Test
    public void theSizeFollowsTheGuest() throws Exception {
        startMachine("unix:vnc.sock");
        try (RunningTarget target = startTarget()) {
            target.attach();
            assertShowsScreen(target);
            press(target, Qemu.SIZE_USAGE);
            assertTrue(target.context().await(Program.PATIENCE_MILLIS, c -> c.frames().get(c.frames().size() - 1).format().height() == 480));
            Pictures dump = qemu.dumpScreen();
            assertEquals(480, dump.height());
            assertTrue("the letter", dump.countColours() > 1);
            assertTrue(target.awaitFrame(jpeg -> Pictures.parseJpeg(jpeg).compareWith(dump) > 30));
        }
    }

    @Test
    public void theLightOfCapsLockComesFromTheGuest() throws Exception {
        startMachine("unix:vnc.sock");
        try (RunningTarget target = startTarget()) {
            FakeHidFeedback feedback = target.attach();
            assertFalse(feedback.reportLeds().capsLock());
            press(target, Qemu.LEDS_USAGE);
            assertTrue(feedback.events().toString(), feedback.await(Program.PATIENCE_MILLIS, f -> f.reportLeds().capsLock()));
            assertFalse(feedback.reportLeds().numLock());
        }
    }

    @Test
    public void positionsButtonsAndWheelArriveAtTheGuest() throws Exception {
        startMachine("unix:vnc.sock");
        try (RunningTarget target = startTarget()) {
            target.attach();
            assertTrue("without a tablet", target.client().state().relativePointer());
            press(target, Qemu.TABLET_USAGE);
            assertTrue(target.context().await(Program.PATIENCE_MILLIS, c -> !target.client().state().relativePointer()));
            qemu.awaitQuiet();
            for (int[] place : new int[][] {{0, 0}, {PointerReport.MAX, PointerReport.MAX}, {PointerReport.MAX / 4, PointerReport.MAX / 2}}) {
                PointerEvent seen = send(target, new PointerReport(0, place[0], place[1], 0, 0)).get(0);
                assertEquals(place[0] / (double) PointerReport.MAX, seen.x() / 65535.0, 0.005);
                assertEquals(place[1] / (double) PointerReport.MAX, seen.y() / 65535.0, 0.005);
            }
            assertEquals("left", 0x20, send(target, new PointerReport(1, 0, 0, 0, 0)).get(0).buttons() & 0x38);
            assertEquals("right", 0x10, send(target, new PointerReport(2, 0, 0, 0, 0)).get(0).buttons() & 0x38);
            assertEquals("middle", 0x08, send(target, new PointerReport(4, 0, 0, 0, 0)).get(0).buttons() & 0x38);
            send(target, new PointerReport(0, 0, 0, 0, 0));
            assertEquals("towards the user is positive here", List.of(-1, -1), wheel(send(target, new PointerReport(0, 0, 0, 2, 0))));
            assertEquals(List.of(1), wheel(send(target, new PointerReport(0, 0, 0, -1, 0))));
        }
    }

    private record PointerEvent(int buttons, int x, int y, int wheel) {
    }

    private static List<Integer> wheel(List<PointerEvent> events) {
        return events.stream().map(PointerEvent::wheel).filter(steps -> steps != 0).toList();
    }

    private List<PointerEvent> send(RunningTarget target, PointerReport report) throws Exception {
        int before = qemu.countCodes();
        target.device().sendPointer(report);
        qemu.awaitCodes(before, 8);
        List<Integer> bytes = qemu.awaitQuiet();
        List<PointerEvent> events = new ArrayList<>();
        for (int i = before; i + 8 <= bytes.size(); i += 8) {
            events.add(new PointerEvent(word(bytes, i), word(bytes, i + 2), word(bytes, i + 4), (short) word(bytes, i + 6)));
        }
        return events;
    }

    private static int word(List<Integer> bytes, int at) {
        return bytes.get(at) | bytes.get(at + 1) << 8;
    }

    private static void press(RunningTarget target, int consumerUsage) throws IOException {
        target.device().sendConsumerUsage(consumerUsage);
        target.device().sendConsumerUsage(0);
    }
}
