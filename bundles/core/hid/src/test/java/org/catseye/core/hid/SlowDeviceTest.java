package org.catseye.core.hid;

import static org.catseye.core.hid.HubBench.A;
import static org.catseye.core.hid.HubBench.B;
import static org.catseye.core.hid.HubBench.SHIFT;
import static org.catseye.core.hid.HubBench.id;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.concurrent.Semaphore;
import org.catseye.core.hid.report.ReportQueue;
import org.catseye.core.hid.session.HubSession;
import org.catseye.hid.HidState.Condition;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.hid.spi.MotionReport;
import org.catseye.hid.spi.PointerReport;
import org.catseye.testkit.FakeHidTransport;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** A device that keeps its caller: what comes meanwhile waits little and loses no edge. */
public class SlowDeviceTest {

    private static final long PATIENCE_MILLIS = 5_000;
    private static final int PLENTY = 1_000_000;

    private final HubBench bench = new HubBench();
    private final FakeHidTransport device = bench.plug(0);
    private final HubSession session = bench.hub.openSession();
    private final HubSession other = bench.hub.openSession();
    private final Semaphore permits = new Semaphore(0);
    private final Thread typist = new Thread(() -> session.setKey(SHIFT, true), "typist");

    /** Somebody's Shift is on its way, and stays there until there are permits. */
    @Before
    public void aReportIsBeingHeldUp() throws InterruptedException {
        device.hold(permits);
        typist.start();
        assertTrue(device.await(PATIENCE_MILLIS, FakeHidTransport::busy));
    }

    @After
    public void nobodyIsLeftWaiting() throws InterruptedException {
        permits.release(PLENTY);
        typist.join(PATIENCE_MILLIS);
        assertFalse(typist.isAlive());
        assertEquals(List.of(), device.breaches());
    }

    @Test
    public void thoseWhoComeMeanwhileDoNotWaitAndEveryEdgeArrivesInOrder() throws InterruptedException {
        other.setKey(A, true);
        other.setKey(A, false);
        session.setKey(B, true);
        session.setKey(SHIFT, false);
        letGo();
        assertEquals(List.of(keys(2), keys(2, 4), keys(2), keys(2, 5), keys(0, 5)), device.reports());
    }

    @Test
    public void positionsMeltIntoTheNewestButClicksStay() throws InterruptedException {
        for (int i = 0; i <= 1000; i++) {
            other.movePointerTo(i / 1000.0, 0, 0);
        }
        other.movePointerTo(1, 0, 1);
        other.movePointerTo(1, 0, 0);
        other.movePointerTo(1, 0, 1);
        other.movePointerTo(0.5, 0, 1);
        other.movePointerTo(0, 0, 1);
        letGo();
        assertEquals(List.of(at(0, 32767), at(1, 32767), at(0, 32767), at(1, 0)), device.reports(PointerReport.class));
    }

    @Test
    public void waysAndWheelAddUpWhileTheDeviceIsBusy() throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            other.movePointerBy(2, -1, 0);
            other.turnWheel(0, 1);
        }
        letGo();
        List<MotionReport> steps = device.reports(MotionReport.class);
        assertEquals(2, steps.size());
        assertEquals(200, steps.stream().mapToInt(MotionReport::dx).sum());
        assertEquals(-100, steps.stream().mapToInt(MotionReport::dy).sum());
        assertEquals("the wheel counts once", 100, steps.stream().mapToInt(MotionReport::wheel).sum());
    }

    @Test
    public void aNotchOfTheWheelStaysWhereItWasTurned() throws InterruptedException {
        other.movePointerTo(0, 0, 0);
        other.turnWheel(0, 1);
        other.turnWheel(0, 2);
        other.movePointerTo(1, 0, 0);
        letGo();
        assertEquals(List.of(new PointerReport(0, 0, 0, 3, 0), at(0, 32767)), device.reports(PointerReport.class));
    }

    @Test
    public void beyondTheLastPlaceInLineEverythingIsReleasedAndTheStateSaysSo() throws InterruptedException {
        for (int i = 0; i <= ReportQueue.MAX_WAITING; i++) {
            other.setKey(A, i % 2 == 0);
        }
        assertTrue(session.currentState().reason(), session.currentState().reason().contains("all keys were released"));
        assertEquals(Condition.READY, session.currentState().condition());
        letGo();
        assertTrue(device.allUp());
        assertTrue("nothing of the flood is told", device.reports().size() < 10);
        other.setKey(B, true);
        assertEquals(keys(0, 5), device.seenKeyboard());
        bench.thread.pass(6_000);
        other.setKey(B, false);
        assertEquals("it is not said for ever", "the pretend computer listens", session.currentState().reason());
    }

    @Test
    public void whoeverWritesIsNotKeptByTheInputOfOthers() throws InterruptedException {
        for (int i = 0; i < 10; i++) {
            other.setKey(A, i % 2 == 0);
        }
        bench.thread.pass(30);
        permits.release();
        typist.join(PATIENCE_MILLIS);
        assertFalse("the rest is left to the hub's thread", typist.isAlive());
        assertEquals(1, device.reports().size());
        permits.release(PLENTY);
        bench.thread.work();
        assertEquals(11, device.reports().size());
    }

    @Test
    public void aBusyDeviceThatIsTakenAwayFinishesItsReportFirst() throws InterruptedException {
        Thread remover = new Thread(() -> bench.hub.removeDevice(device, id(0)), "remover");
        remover.start();
        assertTrue("first it is out of use", awaitAbsent());
        assertTrue(device.attached());
        permits.release(PLENTY);
        remover.join(PATIENCE_MILLIS);
        assertFalse(device.attached());
        assertTrue(device.allUp());
    }

    @Test
    public void aDeviceThatNeverReturnsDoesNotKeepTheHubFromClosing() throws InterruptedException {
        long start = System.nanoTime();
        bench.hub.closeHub();
        assertTrue("bounded", (System.nanoTime() - start) / 1_000_000 < 3_000);
        assertFalse(device.attached());
        assertEquals(List.of("detached during a report"), device.breaches());
        permits.release(PLENTY);
        typist.join(PATIENCE_MILLIS);
        assertEquals("nothing more is told to it", 1, device.reports().size());
        device.forgetBreaches();
    }

    private boolean awaitAbsent() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (session.currentState().condition() != Condition.ABSENT && System.nanoTime() < end) {
            bench.thread.work();
            Thread.onSpinWait();
        }
        return session.currentState().condition() == Condition.ABSENT;
    }

    private void letGo() throws InterruptedException {
        permits.release(PLENTY);
        typist.join(PATIENCE_MILLIS);
        bench.thread.work();
    }

    private static KeyboardReport keys(int modifiers, Integer... keys) {
        return new KeyboardReport(modifiers, List.of(keys));
    }

    private static PointerReport at(int buttons, int x) {
        return new PointerReport(buttons, x, 0, 0, 0);
    }
}
