package org.catseye.core.hid;

import static org.catseye.core.hid.HubBench.A;
import static org.catseye.core.hid.HubBench.ALT_GR;
import static org.catseye.core.hid.HubBench.B;
import static org.catseye.core.hid.HubBench.C;
import static org.catseye.core.hid.HubBench.LOUDER;
import static org.catseye.core.hid.HubBench.MUTE;
import static org.catseye.core.hid.HubBench.SHIFT;
import static org.catseye.core.hid.HubBench.SLEEP;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.catseye.core.hid.session.HubSession;
import org.catseye.hid.HidSession;
import org.catseye.hid.HidState.Feature;
import org.catseye.hid.Usage;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.hid.spi.MotionReport;
import org.catseye.hid.spi.PointerReport;
import org.catseye.testkit.FakeHidTransport;
import org.junit.Test;

/** What sessions do, and the reports that come of it. */
public class InputTest {

    private final HubBench bench = new HubBench();
    private final FakeHidTransport device = bench.plug(0);
    private final HubSession one = bench.hub.openSession();
    private final HubSession two = bench.hub.openSession();

    @Test
    public void keysAreToldInTheOrderTheyWentDownAndModifiersAsBits() {
        one.setKey(B, true);
        one.setKey(SHIFT, true);
        one.setKey(A, true);
        one.setKey(ALT_GR, true);
        assertEquals(new KeyboardReport(0x42, List.of(0x05, 0x04)), device.seenKeyboard());
    }

    @Test
    public void aKeyThatTwoHoldGoesUpWithTheSecond() {
        one.setKey(A, true);
        two.setKey(A, true);
        two.setKey(B, true);
        one.releaseAll();
        assertEquals(new KeyboardReport(0, List.of(0x04, 0x05)), device.seenKeyboard());
        two.setKey(A, false);
        assertEquals(new KeyboardReport(0, List.of(0x05)), device.seenKeyboard());
    }

    @Test
    public void nobodyLiftsAnotherOnesKey() {
        one.setKey(A, true);
        two.setKey(A, false);
        two.releaseAll();
        bench.hub.closeSession(two);
        assertEquals(new KeyboardReport(0, List.of(0x04)), device.seenKeyboard());
    }

    @Test
    public void repeatingAKeyIsWithoutEffect() {
        one.setKey(A, true);
        one.setKey(A, true);
        one.setKey(B, false);
        assertEquals(1, device.reports().size());
        one.setKey(A, false);
        assertTrue(device.allUp());
    }

    @Test
    public void moreThanSixKeysAreAllTold() {
        IntStream.range(4, 12).forEach(id -> one.setKey(Usage.keyboardUsage(id), true));
        assertEquals(8, device.seenKeyboard().keys().size());
        assertEquals(KeyboardReport.ERROR_ROLL_OVER, device.seenKeyboard().toBootReport()[2]);
    }

    @Test
    public void aSessionHoldsSoManyKeysAndNoMore() {
        IntStream.range(4, 4 + HidSession.MAX_HELD_KEYS + 5).forEach(id -> one.setKey(Usage.keyboardUsage(id), true));
        assertEquals(HidSession.MAX_HELD_KEYS, device.seenKeyboard().keys().size());
        one.setKey(Usage.keyboardUsage(4), false);
        one.setKey(Usage.keyboardUsage(0x60), true);
        assertTrue(device.seenKeyboard().keys().contains(0x60));
    }

    @Test
    public void theMediaKeyIsTheLastPressedOfThoseStillHeld() {
        one.setKey(MUTE, true);
        two.setKey(LOUDER, true);
        assertEquals(0xe9, device.seenConsumer());
        two.setKey(LOUDER, false);
        assertEquals(0xe2, device.seenConsumer());
        one.setKey(MUTE, false);
        assertEquals(List.of("consumer 226", "consumer 233", "consumer 226", "consumer 0"), device.reports());
    }

    @Test
    public void systemControlsHaveTheirOwnReport() {
        one.setKey(SLEEP, true);
        one.setKey(SLEEP, false);
        assertEquals(List.of("system 130", "system 0"), device.reports());
    }

    @Test
    public void whatIsNoKeyIsRefusedInWords() {
        for (Usage usage : List.of(Usage.keyboardUsage(0), Usage.keyboardUsage(3), Usage.keyboardUsage(0x100), new Usage(0x0c, 0), new Usage(1, 0x30), new Usage(9, 1))) {
            String message = assertThrows(IllegalArgumentException.class, () -> one.setKey(usage, true)).getMessage();
            assertTrue(message, message.contains("is no key"));
        }
        assertThrows(IllegalArgumentException.class, () -> one.movePointerTo(Double.NaN, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> one.movePointerTo(0, Double.POSITIVE_INFINITY, 0));
        assertEquals(List.of(), device.reports());
    }

    @Test
    public void theLastWriterPlacesThePointerAndButtonsAddUp() {
        one.movePointerTo(0, 0, 1);
        two.movePointerTo(1, 0.5, 2);
        assertEquals(new PointerReport(3, 32767, 16384, 0, 0), device.seenPointer());
        one.releaseAll();
        assertEquals(new PointerReport(2, 32767, 16384, 0, 0), device.seenPointer());
        one.movePointerTo(-3, 7, 0x3f & ~2);
        assertEquals(new PointerReport(0x1f, 0, 32767, 0, 0), device.seenPointer());
    }

    @Test
    public void aLongWayIsSplitIntoEqualStepsOfAStraightLine() {
        one.movePointerBy(300, -150, 1);
        assertEquals(List.of(new MotionReport(1, 100, -50, 0, 0), new MotionReport(1, 100, -50, 0, 0), new MotionReport(1, 100, -50, 0, 0)),
            device.reports(MotionReport.class));
    }

    @Test
    public void everyWayArrivesWholeInTheFewestSteps() {
        for (int dx = -4096; dx <= 4096; dx += 61) {
            int dy = 4096 - Math.abs(dx);
            device.forgetReports();
            one.movePointerBy(dx, dy, 0);
            List<MotionReport> steps = device.reports(MotionReport.class);
            assertEquals(dx, steps.stream().mapToInt(MotionReport::dx).sum());
            assertEquals(dy, steps.stream().mapToInt(MotionReport::dy).sum());
            assertEquals((Math.max(Math.abs(dx), dy) + 126) / 127, steps.size());
        }
    }

    @Test
    public void aWayIsClampedToWhatTheContractSays() {
        one.movePointerBy(Integer.MIN_VALUE, Integer.MAX_VALUE, 0);
        assertEquals(-4096, device.reports(MotionReport.class).stream().mapToInt(MotionReport::dx).sum());
        assertEquals(4096, device.reports(MotionReport.class).stream().mapToInt(MotionReport::dy).sum());
    }

    @Test
    public void theWheelTurnsWithThePointerInUse() {
        one.movePointerTo(0.5, 0.5, 0);
        one.turnWheel(2, -1);
        assertEquals(new PointerReport(0, 16384, 16384, -1, 2), device.seenPointer());
        one.movePointerBy(1, 1, 0);
        device.forgetReports();
        one.turnWheel(0, 1000);
        assertEquals(List.of(new MotionReport(0, 0, 0, 127, 0)), device.reports());
    }

    @Test
    public void theOtherPointerLetsGoOfItsButtons() {
        one.movePointerTo(0, 0, 1);
        device.forgetReports();
        one.movePointerBy(5, 0, 1);
        assertEquals(List.of(new PointerReport(0, 0, 0, 0, 0), new MotionReport(1, 5, 0, 0, 0)), device.reports());
        one.movePointerTo(0, 0, 1);
        assertEquals(0, device.seenRelativeButtons());
        assertEquals(1, device.seenPointer().buttons());
    }

    @Test
    public void aRelativeOnlyDeviceGetsTheButtonsOfAnAbsoluteViewer() {
        FakeHidTransport mouse = bench.plug(new FakeHidTransport(Set.of(Feature.RELATIVE_POINTER)), 5);
        one.movePointerTo(0.5, 0.5, 1);
        one.movePointerTo(0.6, 0.6, 1);
        one.turnWheel(0, 1);
        one.movePointerTo(0.6, 0.6, 0);
        one.setKey(A, true);
        assertEquals(List.of(new MotionReport(1, 0, 0, 0, 0), new MotionReport(1, 0, 0, 1, 0), new MotionReport(0, 0, 0, 0, 0)), mouse.reports());
        assertEquals(List.of(), mouse.breaches());
    }

    @Test
    public void anAbsoluteOnlyDeviceGetsTheButtonsOfARelativeViewer() {
        FakeHidTransport tablet = bench.plug(new FakeHidTransport(Set.of(Feature.ABSOLUTE_POINTER)), 5);
        one.movePointerBy(10, 10, 4);
        one.movePointerBy(10, 10, 4);
        one.turnWheel(0, 1);
        bench.hub.closeSession(one);
        assertEquals(List.of(4, 4, 0), tablet.reports(PointerReport.class).stream().map(PointerReport::buttons).toList());
        assertEquals(List.of(), tablet.breaches());
    }

    @Test
    public void nothingIsAskedForThatTheDeviceDoesNotHave() {
        FakeHidTransport plain = bench.plug(new FakeHidTransport(Set.of(Feature.KEYBOARD)), 5);
        one.setKey(MUTE, true);
        one.setKey(SLEEP, true);
        one.movePointerTo(0, 0, 1);
        one.movePointerBy(1, 1, 1);
        one.turnWheel(1, 1);
        one.setKey(C, true);
        one.releaseAll();
        bench.hub.closeHub();
        assertEquals(List.of(), plain.breaches());
        assertTrue(plain.allUp());
    }

    @Test
    public void aSessionThatWasGivenBackDoesNothing() {
        one.setKey(A, true);
        bench.hub.closeSession(one);
        assertTrue(device.allUp());
        one.setKey(B, true);
        one.movePointerTo(0, 0, 1);
        one.releaseAll();
        bench.hub.closeSession(one);
        assertEquals(2, device.reports().size());
    }
}
