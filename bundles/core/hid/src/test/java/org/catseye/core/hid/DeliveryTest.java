package org.catseye.core.hid;

import static org.catseye.core.hid.HubBench.A;
import static org.catseye.core.hid.HubBench.SHIFT;
import static org.catseye.core.hid.HubBench.id;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.catseye.core.hid.device.HubThread;
import org.catseye.core.hid.report.ReportQueue;
import org.catseye.core.hid.session.HubSession;
import org.catseye.hid.HidSession.Delivery;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.testkit.FakeHidTransport;
import org.junit.Test;

/** A session learns what became of its input. */
public class DeliveryTest {

    private static final long PATIENCE_MILLIS = 5_000;

    private final HubBench bench = new HubBench();
    private final HubSession session = bench.hub.openSession();

    @Test
    public void inputThatTheDeviceTookIsWritten() throws InterruptedException {
        FakeHidTransport device = bench.plug(0);
        session.setKey(A, true);
        assertEquals(Delivery.WRITTEN, session.awaitDelivery(0));
        assertEquals(1, device.reports().size());
    }

    @Test
    public void withoutADeviceInputIsLostAndThatIsReportedOnce() throws InterruptedException {
        session.setKey(A, true);
        assertEquals(Delivery.LOST, session.awaitDelivery(0));
        FakeHidTransport device = bench.plug(0);
        assertEquals(Delivery.WRITTEN, session.awaitDelivery(0));
        session.setKey(A, false);
        assertEquals(Delivery.WRITTEN, session.awaitDelivery(0));
        assertTrue(device.allUp());
    }

    @Test
    public void aReportThatFailedIsLost() throws InterruptedException {
        FakeHidTransport device = bench.plug(0);
        device.fail("unplugged");
        session.setKey(A, true);
        assertEquals(Delivery.LOST, session.awaitDelivery(0));
    }

    @Test
    public void reportsThatWaitForABusyDeviceAreWaitingAndThenWritten() throws InterruptedException {
        FakeHidTransport device = bench.plug(0);
        Semaphore permits = new Semaphore(0);
        device.hold(permits);
        Thread writer = startWriting();
        assertTrue(device.await(PATIENCE_MILLIS, FakeHidTransport::busy));
        session.setKey(A, true);
        assertEquals(Delivery.WAITING, session.awaitDelivery(1));
        permits.release(1_000);
        writer.join(PATIENCE_MILLIS);
        bench.thread.work();
        assertEquals(Delivery.WRITTEN, session.awaitDelivery(PATIENCE_MILLIS));
    }

    @Test
    public void aFloodOfAnotherSessionLosesTheInputOfThisOneToo() throws InterruptedException {
        FakeHidTransport device = bench.plug(0);
        Semaphore permits = new Semaphore(0);
        device.hold(permits);
        Thread writer = startWriting();
        assertTrue(device.await(PATIENCE_MILLIS, FakeHidTransport::busy));
        HubSession other = bench.hub.openSession();
        for (int i = 0; i <= ReportQueue.MAX_WAITING; i++) {
            other.setKey(A, i % 2 == 0);
        }
        permits.release(1_000);
        writer.join(PATIENCE_MILLIS);
        bench.thread.work();
        assertEquals(Delivery.LOST, session.awaitDelivery(0));
    }

    @Test
    public void aDeviceThatIsRemovedLosesWhatItHadNotTaken() throws InterruptedException {
        FakeHidTransport device = bench.plug(0);
        Semaphore permits = new Semaphore(0);
        device.hold(permits);
        Thread writer = startWriting();
        assertTrue(device.await(PATIENCE_MILLIS, FakeHidTransport::busy));
        AtomicReference<Delivery> result = new AtomicReference<>();
        Thread waiting = new Thread(() -> result.set(awaitPatiently(session)), "waiting");
        waiting.start();
        Thread remover = new Thread(() -> bench.hub.removeDevice(device, id(0)), "remover");
        remover.start();
        waiting.join(PATIENCE_MILLIS);
        permits.release(1_000);
        writer.join(PATIENCE_MILLIS);
        remover.join(PATIENCE_MILLIS);
        assertEquals(Delivery.LOST, result.get());
    }

    @Test
    public void anEndedSessionDoesNotWait() throws InterruptedException {
        bench.plug(0);
        bench.hub.closeSession(session);
        assertEquals(Delivery.LOST, session.awaitDelivery(PATIENCE_MILLIS));
    }

    /** Far more reports than the queue holds, on the hub's real thread. */
    @Test
    public void whoWaitsForEachStrokeLosesNothingOnASlowDevice() throws InterruptedException {
        HidHub hub = new HidHub("slow", HubThread.forTarget("slow"));
        FakeHidTransport device = new FakeHidTransport();
        hub.addDevice(device, "slow", 1, 0);
        assertTrue(device.await(PATIENCE_MILLIS, FakeHidTransport::allUp));
        HubSession typist = hub.openSession();
        assertEquals(Delivery.WRITTEN, typist.awaitDelivery(PATIENCE_MILLIS));
        device.forgetReports();
        device.delay(1);
        int strokes = 2 * ReportQueue.MAX_WAITING;
        for (int i = 0; i < strokes; i++) {
            typist.setKey(SHIFT, true);
            typist.setKey(A, true);
            typist.setKey(A, false);
            typist.setKey(SHIFT, false);
            assertEquals(Delivery.WRITTEN, typist.awaitDelivery(PATIENCE_MILLIS));
        }
        List<KeyboardReport> reports = device.reports(KeyboardReport.class);
        assertEquals(4 * strokes, reports.size());
        for (int i = 0; i < strokes; i++) {
            assertEquals(List.of(new KeyboardReport(2, List.of()), new KeyboardReport(2, List.of(4)), new KeyboardReport(2, List.of()),
                    KeyboardReport.UP), reports.subList(4 * i, 4 * i + 4));
        }
        hub.closeHub();
    }

    private Thread startWriting() {
        Thread writer = new Thread(() -> session.setKey(SHIFT, true), "writer");
        writer.start();
        return writer;
    }

    private static Delivery awaitPatiently(HubSession session) {
        try {
            return session.awaitDelivery(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
