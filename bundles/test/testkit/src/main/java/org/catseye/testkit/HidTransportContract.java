package org.catseye.testkit;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.List;
import org.catseye.hid.HidState.Feature;
import org.catseye.hid.spi.HidTransport;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.hid.spi.MotionReport;
import org.catseye.hid.spi.PointerReport;
import org.junit.After;
import org.junit.Test;

/**
 * The contract that every HID transport must fulfil. The test of a driver provides a transport whose target is ready, and reports
 * what arrived at the target.
 */
public abstract class HidTransportContract {

    /** Maximum time until a device is ready; longer where the machine is emulated. */
    private static final long PATIENCE_MILLIS = Long.getLong("catseye.patienceMillis", 5_000);

    protected final FakeHidFeedback feedback = new FakeHidFeedback();
    private HidTransport transport;

    /** Creates a transport whose target accepts reports. Called once per test. */
    protected abstract HidTransport transport() throws Exception;

    /** The modifiers and keys (usages, in any order) that are currently pressed on the target. May wait for them to arrive. */
    protected abstract KeyboardReport seenKeyboard() throws Exception;

    /** The current position of the absolute pointer on the target; ignores wheel and pan. */
    protected abstract PointerReport seenPointer() throws Exception;

    @After
    public final void detach() {
        if (transport != null) {
            transport.detach();
        }
    }

    @Test
    public void saysReadyByItselfAfterAttach() throws Exception {
        attached();
        assertTrue("last word is ready: " + feedback.events(), feedback.isReady());
    }

    @Test
    public void keysGoDownAndUp() throws Exception {
        attached().sendKeyboard(new KeyboardReport(2, List.of(0x04)));
        assertEquals(new KeyboardReport(2, List.of(0x04)), seenKeyboard());
        transport.sendKeyboard(KeyboardReport.UP);
        assertEquals(KeyboardReport.UP, seenKeyboard());
    }

    @Test
    public void aReportIsAStateSoRepeatingItChangesNothing() throws Exception {
        attached();
        for (int i = 0; i < 3; i++) {
            transport.sendKeyboard(new KeyboardReport(0, List.of(0x05, 0x06)));
        }
        assertEquals(List.of(0x05, 0x06), seenKeyboard().keys().stream().sorted().toList());
    }

    @Test
    public void absolutePointerReachesAllCorners() throws Exception {
        attached();
        if (!transport.supportedFeatures().contains(Feature.ABSOLUTE_POINTER)) {
            return;
        }
        for (int[] corner : new int[][] {{0, 0}, {PointerReport.MAX, 0}, {PointerReport.MAX, PointerReport.MAX}, {0, PointerReport.MAX}}) {
            PointerReport report = new PointerReport(1, corner[0], corner[1], 0, 0);
            transport.sendPointer(report);
            assertEquals(report, seenPointer());
        }
        transport.sendPointer(new PointerReport(0, 0, 0, 0, 0));
    }

    @Test
    public void relativeMotionTakesTheLargestSteps() throws Exception {
        attached();
        if (transport.supportedFeatures().contains(Feature.RELATIVE_POINTER)) {
            transport.sendMotion(new MotionReport(0, 127, -127, 1, -1));
            transport.sendMotion(new MotionReport(0, -127, 127, -1, 1));
        }
        assertTrue(feedback.isReady());
    }

    @Test
    public void detachWithoutAttachAndTwiceDoesNoHarm() throws Exception {
        transport = transport();
        transport.detach();
        transport.detach();
        assertFalse(feedback.isReady());
    }

    @Test
    public void canBeAttachedAgain() throws Exception {
        attached();
        transport.detach();
        FakeHidFeedback second = new FakeHidFeedback();
        transport.attach(second);
        assertTrue("ready in the second life: " + second.events(), second.await(PATIENCE_MILLIS, FakeHidFeedback::isReady));
        transport.sendKeyboard(new KeyboardReport(0, List.of(0x07)));
        assertEquals(new KeyboardReport(0, List.of(0x07)), seenKeyboard());
        transport.sendKeyboard(KeyboardReport.UP);
    }

    protected final HidTransport attached() throws Exception {
        transport = transport();
        transport.attach(feedback);
        assertTrue("ready: " + feedback.events(), feedback.await(PATIENCE_MILLIS, FakeHidFeedback::isReady));
        return transport;
    }
}
