package org.catseye.vnc;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catseye.hid.spi.HidTransport;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.hid.spi.MotionReport;
import org.catseye.hid.spi.PointerReport;
import org.catseye.rfb.keys.ScanCodes;
import org.catseye.testkit.HidTransportContract;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

public class VncHidTest extends HidTransportContract {

    private FakeVncServer server;
    private VncTarget target;

    @Before
    public void startServer() throws IOException {
        server = new FakeVncServer();
    }

    @After
    public void stopServer() throws IOException {
        target.closeTarget();
        server.close();
    }

    @Override
    protected HidTransport transport() {
        target = new VncTarget(Map.of("host", "127.0.0.1", "port", server.port()));
        return target;
    }

    /** A step of the wheel marks the end of what was sent. */
    private void awaitArrival() throws Exception {
        int before = server.events().size();
        target.sendMotion(new MotionReport(0, 0, 0, 1, 0));
        // The wheel's button goes down and up. Everything that was sent before has arrived then, and no later mark finds an event of this one.
        assertTrue(server.await(() -> {
            List<Boolean> wheel = server.events().stream().skip(before).filter(event -> event.startsWith("pointer ")).map(VncHidTest::isWheel).toList();
            return wheel.contains(true) && !wheel.get(wheel.size() - 1);
        }));
    }

    private static boolean isWheel(String pointer) {
        return (Integer.parseInt(pointer.split(" ")[1]) & 8) != 0;
    }

    @Override
    protected KeyboardReport seenKeyboard() throws Exception {
        awaitArrival();
        Set<Integer> held = server.held();
        int modifiers = 0;
        List<Integer> keys = new ArrayList<>();
        for (int usage = 4; usage <= 0xe7; usage++) {
            if (ScanCodes.findKeyCode(usage).isPresent() && held.contains(ScanCodes.findKeyCode(usage).getAsInt())) {
                if (usage >= 0xe0) {
                    modifiers |= 1 << usage - 0xe0;
                } else {
                    keys.add(usage);
                }
            }
        }
        return new KeyboardReport(modifiers, keys);
    }

    @Override
    protected PointerReport seenPointer() throws Exception {
        awaitArrival();
        int[] seen = server.pointer();
        return new PointerReport(seen[0], seen[1] * PointerReport.MAX / 63, seen[2] * PointerReport.MAX / 47, 0, 0);
    }

    @Test
    public void buttonsAndWheelAreThoseOfRfb() throws Exception {
        attached();
        target.sendPointer(new PointerReport(2, 0, 0, 0, 0));
        target.sendPointer(new PointerReport(4, 0, 0, 0, 0));
        target.sendPointer(new PointerReport(0, 0, 0, 2, -1));
        List<String> expected = List.of("pointer 4 0,0", "pointer 2 0,0", "pointer 0 0,0", "pointer 8 0,0", "pointer 0 0,0", "pointer 8 0,0", "pointer 0 0,0",
            "pointer 32 0,0", "pointer 0 0,0");
        server.await(() -> server.events().contains("pointer 32 0,0"));
        target.sendMotion(new MotionReport(0, 0, 0, 0, 0));
        server.await(() -> seenPointers().size() > expected.size());
        assertEquals(expected, seenPointers().subList(0, expected.size()));
    }

    private List<String> seenPointers() {
        return server.events().stream().filter(event -> event.startsWith("pointer")).toList();
    }

    @Test
    public void aServerWithRelativePointerGetsMovements() throws Exception {
        server.withRelativePointer();
        attached();
        target.sendMotion(new MotionReport(1, 5, -7, 0, 0));
        assertTrue(server.await(() -> server.events().contains("pointer 1 " + (0x7fff + 5) + "," + (0x7fff - 7))));
    }

    @Test
    public void aServerWithoutScanCodesGetsSymbols() throws Exception {
        server.withoutScanCodes();
        attached();
        target.sendKeyboard(new KeyboardReport(2, List.of(0x04)));
        target.sendKeyboard(new KeyboardReport(0, List.of(0x04)));
        target.sendKeyboard(KeyboardReport.UP);
        awaitArrival();
        List<String> events = server.events().stream().filter(event -> event.startsWith("keysym")).toList();
        assertEquals("a key is released as it was pressed", List.of("keysym ffe1 down", "keysym 41 down", "keysym ffe1 up", "keysym 41 up"), events);
    }

    @Test
    public void mediaAndSystemKeysHaveScanCodes() throws Exception {
        attached();
        target.sendConsumerUsage(0xe9);
        target.sendConsumerUsage(0);
        target.sendSystemUsage(0x82);
        target.sendSystemUsage(0);
        awaitArrival();
        List<String> events = server.events().stream().filter(event -> event.startsWith("code")).toList();
        assertEquals(List.of("code b0 down", "code b0 up", "code df down", "code df up"), events);
    }

    @Test
    public void lightsOfTheKeyboardAreReported() throws Exception {
        attached();
        assertTrue("Num Lock first", feedback.await(5_000, f -> f.reportLeds().numLock()));
        server.sendLeds(4);
        assertTrue(feedback.await(5_000, f -> f.reportLeds().capsLock() && !f.reportLeds().numLock()));
    }

    @Test
    public void aLostConnectionIsOfflineInWordsAndComesBack() throws Exception {
        attached();
        server.disconnectClient();
        assertTrue(feedback.await(5_000, f -> f.events().stream().anyMatch(event -> event.startsWith("offline The connection to the VNC server at"))));
        assertTrue(feedback.await(5_000, f -> f.isReady()));
        assertEquals(2, server.connections());
    }
}
