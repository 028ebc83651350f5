package org.catseye.core.hid;

import static org.catseye.core.hid.HubBench.A;
import static org.catseye.core.hid.HubBench.B;
import static org.catseye.core.hid.HubBench.SHIFT;
import static org.catseye.core.hid.HubBench.id;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.catseye.core.hid.HubBench.Ear;
import org.catseye.core.hid.session.HubSession;
import org.catseye.hid.HidSession.Delivery;
import org.catseye.hid.HidState.Condition;
import org.catseye.hid.HidState.Feature;
import org.catseye.hid.Leds;
import org.catseye.hid.spi.HidFeedback;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.hid.spi.MotionReport;
import org.catseye.hid.spi.PointerReport;
import org.catseye.testkit.FakeHidTransport;
import org.junit.Test;

/** Devices that come, go, fail and speak. */
public class HidHubTest {

    private static final KeyboardReport HELD = new KeyboardReport(0, List.of(0x04));

    private final HubBench bench = new HubBench();
    private final HubSession session = bench.hub.openSession();

    @Test
    public void withoutADeviceTheStateSaysWhatToDo() {
        assertEquals(Condition.ABSENT, session.currentState().condition());
        assertTrue(session.currentState().reason(), session.currentState().reason().startsWith("no keyboard output is connected"));
        assertEquals(Set.of(), session.currentState().features());
        session.setKey(A, true);
        session.movePointerTo(0, 0, 1);
    }

    @Test
    public void aDeviceThatBecomesReadyIsToldAllUpAndThenWhatIsHeld() {
        session.setKey(A, true);
        session.movePointerTo(1, 1, 2);
        FakeHidTransport device = new FakeHidTransport();
        bench.hub.addDevice(device, "late", 1, 0);
        assertEquals("nothing on the thread of the one who says ready", List.of(), device.reports());
        bench.thread.work();
        assertEquals(List.of(KeyboardReport.UP, "consumer 0", "system 0", new PointerReport(0, 32767, 32767, 0, 0), new MotionReport(0, 0, 0, 0, 0),
            HELD, new PointerReport(2, 32767, 32767, 0, 0)), device.reports());
        assertEquals(Condition.READY, session.currentState().condition());
        assertEquals("the pretend computer listens", session.currentState().reason());
    }

    @Test
    public void aPointerThatNobodyPlacedDoesNotJumpWhenTheDeviceIsReady() {
        FakeHidTransport device = new FakeHidTransport();
        bench.hub.addDevice(device, "fresh", 1, 0);
        bench.thread.work();
        assertEquals(List.of(), device.reports(PointerReport.class));
    }

    @Test
    public void sayingReadyAgainPrimesAgain() {
        FakeHidTransport device = bench.plug(0);
        session.setKey(A, true);
        device.forgetReports();
        device.feedback().reportReady("the host was restarted");
        bench.thread.work();
        assertEquals(List.of(KeyboardReport.UP, HELD), device.reports(KeyboardReport.class));
        assertEquals("the host was restarted", session.currentState().reason());
    }

    @Test
    public void offlineKeepsTheStateAndNoQueue() {
        FakeHidTransport device = bench.plug(0);
        session.setKey(A, true);
        device.feedback().reportOffline("the target is asleep");
        bench.thread.work();
        assertEquals(Condition.OFFLINE, session.currentState().condition());
        assertEquals("the target is asleep", session.currentState().reason());
        assertEquals("what the device can do stays known", Set.of(Feature.values()), session.currentState().features());
        device.forgetReports();
        for (int i = 0; i < 1000; i++) {
            session.setKey(B, i % 2 == 0);
        }
        session.setKey(SHIFT, true);
        bench.thread.pass(60_000);
        assertEquals("it said that it will say", List.of(), device.reports());
        device.feedback().reportReady("awake");
        bench.thread.work();
        assertEquals(List.of(KeyboardReport.UP, new KeyboardReport(2, List.of(0x04))), device.reports(KeyboardReport.class));
    }

    @Test
    public void theHighestRankingReadyDeviceIsUsedAndTheOtherLetsGo() {
        FakeHidTransport low = bench.plug(1);
        session.setKey(A, true);
        FakeHidTransport high = new FakeHidTransport();
        bench.hub.addDevice(high, "high", id(1), 2);
        bench.thread.work();
        assertTrue(low.allUp());
        assertEquals(HELD, high.seenKeyboard());
        high.feedback().reportOffline("unplugged");
        bench.thread.work();
        assertEquals(HELD, low.seenKeyboard());
        assertEquals(Condition.READY, session.currentState().condition());
        high.feedback().reportReady("plugged");
        bench.thread.work();
        assertTrue(low.allUp());
        assertEquals(List.of(KeyboardReport.UP, HELD), high.reports(KeyboardReport.class).subList(2, 4));
    }

    @Test
    public void ofEqualRankTheOlderIsUsedAndARankMayChange() {
        FakeHidTransport old = bench.plug(0);
        FakeHidTransport young = bench.plug(0);
        session.setKey(A, true);
        assertEquals(HELD, old.seenKeyboard());
        assertEquals(List.of(), young.reports());
        bench.hub.changeRanking(young, id(1), 1);
        bench.thread.work();
        assertEquals(HELD, young.seenKeyboard());
        assertTrue(old.allUp());
    }

    @Test
    public void aDeviceThatLeavesIsToldAllUpAndTheNextTakesOver() {
        FakeHidTransport high = bench.plug(2);
        FakeHidTransport low = bench.plug(1);
        session.setKey(A, true);
        bench.hub.removeDevice(high, id(0));
        assertTrue(high.allUp());
        assertFalse(high.attached());
        bench.thread.pass(2_900);
        assertFalse("it may be back", low.seenKeyboard().equals(HELD));
        assertEquals(Condition.OFFLINE, session.currentState().condition());
        assertTrue(session.currentState().reason(), session.currentState().reason().endsWith("is being replaced; what you type now does not arrive"));
        bench.thread.pass(200);
        assertEquals(Condition.READY, session.currentState().condition());
        assertTrue("it may belong to another computer", low.allUp());
        assertEquals(Delivery.LOST, awaitDelivery());
        session.setKey(A, true);
        assertEquals(HELD, low.seenKeyboard());
        assertEquals(List.of(), high.breaches());
    }

    @Test
    public void keysThatWereHeldWhenADeviceLeftForGoodAreNotPressedOnALaterOne() {
        FakeHidTransport only = bench.plug(0);
        session.setKey(A, true);
        session.movePointerBy(0, 0, 1);
        bench.hub.removeDevice(only, id(0));
        bench.thread.pass(4_000);
        FakeHidTransport later = bench.plug(0);
        assertTrue(later.allUp());
        session.setKey(B, true);
        assertEquals("without A", new KeyboardReport(0, List.of(0x05)), later.seenKeyboard());
    }

    @Test
    public void anotherDeviceWithTheSameRankingDoesNotGetKeysWhileADriverIsUpdated() {
        FakeHidTransport old = bench.plug(0);
        FakeHidTransport other = bench.plug(0);
        bench.hub.removeDevice(old, id(0));
        session.setKey(A, true);
        bench.thread.pass(2_900);
        assertEquals(Condition.OFFLINE, session.currentState().condition());
        assertEquals(List.of(), other.reports());
        FakeHidTransport updated = bench.plug(0);
        assertEquals("a new one takes the place", Condition.READY, session.currentState().condition());
        session.setKey(B, true);
        bench.plug(0);
        assertEquals("and keeps it", new KeyboardReport(0, List.of(0x05)), updated.seenKeyboard());
        assertEquals(List.of(), other.reports());
        assertEquals("Keys go through device 12. device 11 is not used, because its ranking is the same as that of the one in use (0), which replaced the"
            + " one before. device 13 is not used, because it was added later and has the same ranking (0).", bench.hub.describeChoice().orElseThrow());
    }

    @Test
    public void aDriverThatDetachesSlowlyDoesNotKeepThePlaceLonger() {
        List<Condition> seen = new ArrayList<>();
        bench.plug(1);
        FakeHidTransport slow = bench.plug(2);
        slow.onDetach(() -> {
            bench.thread.pass(4_000);
            seen.add(session.currentState().condition());
        });
        bench.hub.removeDevice(slow, id(1));
        assertEquals(List.of(Condition.READY), seen);
    }

    /** Keys must not go to another computer while the driver of this one's keyboard is updated. */
    @Test
    public void whileADriverIsUpdatedNoOtherDeviceGetsKeys() {
        FakeHidTransport high = bench.plug(2);
        FakeHidTransport low = bench.plug(1);
        bench.hub.removeDevice(high, id(0));
        session.setKey(A, true);
        bench.thread.pass(1_000);
        FakeHidTransport updated = bench.plug(2);
        bench.thread.pass(60_000);
        assertTrue("it may have another configuration", updated.allUp());
        assertEquals(Delivery.LOST, awaitDelivery());
        session.setKey(A, false);
        session.setKey(A, true);
        assertEquals(HELD, updated.seenKeyboard());
        assertFalse(low.reports().stream().anyMatch(HELD::equals));
    }

    @Test
    public void aServiceThatIsNotTheOneWeHaveIsNotRemoved() {
        FakeHidTransport device = bench.plug(0);
        bench.hub.removeDevice(new FakeHidTransport(), id(0));
        bench.hub.removeDevice(device, id(7));
        assertTrue(device.attached());
    }

    @Test
    public void theWordsOfADeadFeedbackAreNotHeard() {
        FakeHidTransport device = bench.plug(0);
        HidFeedback dead = device.feedback();
        bench.hub.removeDevice(device, id(0));
        dead.reportReady("still here");
        dead.reportLeds(Leds.fromReport(2));
        bench.thread.work();
        assertEquals(Condition.ABSENT, session.currentState().condition());
        assertEquals(Leds.UNKNOWN, session.currentLeds());
    }

    @Test
    public void aFailedReportIsAStateInTheDevicesWordsAndTheNextDeviceTakesOver() {
        FakeHidTransport first = bench.plug(2);
        FakeHidTransport second = bench.plug(1);
        first.fail("the target is not listening: off, asleep or unplugged");
        session.setKey(A, true);
        assertEquals(HELD, second.seenKeyboard());
        second.fail("the cable is out");
        session.setKey(B, true);
        assertEquals(Condition.OFFLINE, session.currentState().condition());
        assertEquals("the target is not listening: off, asleep or unplugged", session.currentState().reason());
    }

    @Test
    public void aFailedDeviceIsTriedAgainByItselfAndPrimed() {
        FakeHidTransport device = bench.plug(0);
        session.setKey(A, true);
        device.fail("busy");
        session.setKey(A, false);
        bench.thread.pass(600);
        assertEquals(Condition.OFFLINE, session.currentState().condition());
        device.fail("");
        bench.thread.pass(10_000);
        assertEquals(Condition.READY, session.currentState().condition());
        assertTrue("the key that went up while it failed is up", device.allUp());
    }

    @Test
    public void aFailedDeviceIsTriedAgainOnInputButNotOnEach() {
        FakeHidTransport device = bench.plug(0);
        device.fail("busy");
        session.setKey(A, true);
        device.fail("");
        session.setKey(B, true);
        assertEquals("too soon", List.of(), device.reports());
        bench.thread.pass(300);
        session.setKey(SHIFT, true);
        assertEquals(new KeyboardReport(2, List.of(0x04, 0x05)), device.seenKeyboard());
        assertEquals(Condition.READY, session.currentState().condition());
    }

    @Test
    public void triesOfAFailedDeviceDoNotPileUp() {
        FakeHidTransport device = bench.plug(0);
        device.fail("busy");
        for (int i = 0; i < 100; i++) {
            session.setKey(A, i % 2 == 0);
            bench.thread.pass(300);
            assertTrue(bench.thread.waiting() <= 1);
        }
    }

    @Test
    public void lightsReachEverySessionAndAreForgottenWithTheDevice() {
        FakeHidTransport device = bench.plug(0);
        Ear ear = new Ear();
        Ear other = new Ear();
        session.setListener(ear);
        bench.hub.openSession().setListener(other);
        assertEquals("told at once", List.of(Leds.UNKNOWN), ear.leds);
        device.feedback().reportLeds(Leds.fromReport(2));
        bench.thread.work();
        assertTrue(ear.light().capsLock());
        assertEquals(Leds.fromReport(2), other.light());
        assertEquals(Leds.fromReport(2), session.currentLeds());
        bench.plug(3);
        assertEquals("another device is in use", Leds.UNKNOWN, ear.light());
    }

    @Test
    public void listenersHearOfStatesAndOneThatThrowsHarmsNobody() {
        Ear ear = new Ear();
        bench.hub.openSession().setListener(new Ear() {
            @Override
            public void onStateChanged(org.catseye.hid.HidState now) {
                throw new IllegalStateException("bad ear");
            }
        });
        session.setListener(ear);
        FakeHidTransport device = bench.plug(0);
        assertEquals(Condition.READY, ear.state().condition());
        device.feedback().reportOffline("gone to sleep");
        bench.thread.work();
        assertEquals("gone to sleep", ear.state().reason());
        bench.hub.closeSession(session);
        device.feedback().reportReady("awake");
        bench.thread.work();
        assertEquals("who left hears nothing", "gone to sleep", ear.state().reason());
    }

    @Test
    public void aDeviceThatCannotAttachIsAStateInWords() {
        bench.hub.addDevice(new BrokenTransport(), "the broken one", 1, 9);
        assertEquals(Condition.OFFLINE, session.currentState().condition());
        assertEquals("the broken one failed to start: no such luck", session.currentState().reason());
        FakeHidTransport good = bench.plug(0);
        session.setKey(A, true);
        assertEquals(HELD, good.seenKeyboard());
        bench.hub.closeHub();
        assertFalse("closed although the broken one cannot even detach", good.attached());
    }

    @Test
    public void closingTheHubLeavesNothingDownAndNothingAttached() {
        FakeHidTransport used = bench.plug(1);
        FakeHidTransport idle = bench.plug(0);
        session.setKey(A, true);
        session.movePointerTo(0, 0, 1);
        bench.hub.closeHub();
        assertTrue(used.allUp());
        assertFalse(used.attached() || idle.attached());
        assertEquals(List.of(), used.breaches());
        assertEquals(Condition.ABSENT, session.currentState().condition());
        session.setKey(A, true);
        bench.hub.closeHub();
    }

    private Delivery awaitDelivery() {
        try {
            return session.awaitDelivery(5_000);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Refuses everything. */
    private static final class BrokenTransport implements org.catseye.hid.spi.HidTransport {
        @Override
        public Set<Feature> supportedFeatures() {
            return Set.of();
        }

        @Override
        public void attach(HidFeedback feedback) {
            throw new IllegalStateException("no such luck");
        }

        @Override
        public void detach() {
            throw new IllegalStateException("nor here");
        }

        @Override
        public void sendKeyboard(KeyboardReport report) {
            throw new AssertionError("never attached");
        }

        @Override
        public void sendPointer(PointerReport report) {
            throw new AssertionError("never attached");
        }

        @Override
        public void sendMotion(MotionReport report) {
            throw new AssertionError("never attached");
        }

        @Override
        public void sendConsumerUsage(int usage) {
            throw new AssertionError("never attached");
        }
    }
}
