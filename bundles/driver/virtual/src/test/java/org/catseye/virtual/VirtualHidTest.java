package org.catseye.virtual;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.catseye.hid.Leds;
import org.catseye.hid.spi.HidTransport;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.hid.spi.PointerReport;
import org.catseye.testkit.FakeHidFeedback;
import org.catseye.testkit.HidTransportContract;
import org.catseye.virtual.input.Keys;
import org.catseye.virtual.machine.Bench;
import org.catseye.virtual.machine.Machine.Power;
import org.catseye.virtual.paint.FontSource;
import org.junit.Test;

/** The virtual target keeps the contract of HID transports, and sets its keyboard's lights as a computer does. */
public class VirtualHidTest extends HidTransportContract {

    private final AtomicLong nanos = new AtomicLong();
    private final VirtualTarget target = target(Map.of());

    private VirtualTarget target(Map<String, Object> properties) {
        return new VirtualTarget(properties, nanos::get, Bench.WALL, FontSource::drawWithJava);
    }

    @Override
    protected HidTransport transport() {
        return target;
    }

    @Override
    protected KeyboardReport seenKeyboard() {
        return target.machine().seenKeyboard();
    }

    @Override
    protected PointerReport seenPointer() {
        PointerReport seen = target.machine().seenPointer();
        return new PointerReport(seen.buttons(), seen.x(), seen.y(), 0, 0);
    }

    private void pass(long millis) {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
        target.machine().advanceTime();
    }

    @Test
    public void lightsAreDarkDuringPostAndThenFollowTheHost() throws Exception {
        attached();
        assertEquals(Leds.fromReport(0), feedback.reportLeds());
        pass(3100);
        assertEquals("NumLock after POST, as set up", Leds.fromReport(1), feedback.reportLeds());
        target.sendKeyboard(new KeyboardReport(0, List.of(Keys.CAPS_LOCK)));
        target.sendKeyboard(KeyboardReport.UP);
        assertEquals(Leds.fromReport(3), feedback.reportLeds());
        target.machine().pressResetButton();
        assertEquals(Leds.fromReport(0), feedback.reportLeds());
        assertEquals("each change is told once", 4, feedback.events().stream().filter(e -> e.startsWith("leds")).count());
    }

    @Test
    public void aNewListenerIsToldTheLightsAtOnce() throws Exception {
        attached();
        pass(3100);
        target.detach();
        FakeHidFeedback second = new FakeHidFeedback();
        target.attach(second);
        assertEquals(Leds.fromReport(1), second.reportLeds());
    }

    @Test
    public void thePowerKeySwitchesOffAndOnOncePerPress() throws Exception {
        attached();
        pass(100);
        target.sendSystemUsage(0x81);
        target.sendSystemUsage(0x81);
        assertEquals("in POST the power key works at once", Power.OFF, target.machine().power());
        assertEquals(Leds.UNKNOWN, feedback.reportLeds());
        target.sendSystemUsage(0);
        target.sendKeyboard(new KeyboardReport(0, List.of(4)));
        assertEquals("keys do not start it", Power.OFF, target.machine().power());
        target.sendSystemUsage(0x81);
        assertEquals(Power.ON, target.machine().power());
        assertEquals(Leds.fromReport(0), feedback.reportLeds());
    }

    /** The usage 0x66 of the Keyboard page. */
    @Test
    public void thePowerKeyOfAKeyboardDoesTheSame() throws Exception {
        attached();
        pass(100);
        KeyboardReport pressed = new KeyboardReport(0, List.of(0x66));
        target.sendKeyboard(pressed);
        target.sendKeyboard(pressed);
        assertEquals(Power.OFF, target.machine().power());
        target.sendKeyboard(new KeyboardReport(0, List.of()));
        target.sendKeyboard(pressed);
        assertEquals(Power.ON, target.machine().power());
    }

    @Test
    public void sleepEndsWithAnyKey() throws Exception {
        attached();
        pass(5000);
        target.sendSystemUsage(0x82);
        target.sendSystemUsage(0);
        assertEquals(Power.ASLEEP, target.machine().power());
        target.sendKeyboard(new KeyboardReport(0, List.of(4)));
        assertEquals(Power.ON, target.machine().power());
        assertEquals("the key that wakes is not typed", "", target.machine().screenText().replaceAll("(?s).*\\$ ?", "").strip());
    }

    @Test
    public void aWrongConfigurationIsSaidInWords() {
        VirtualTarget wrong = target(Map.of("fps", 999));
        wrong.attach(feedback);
        String words = "org.catseye.virtual.target: fps is '999'; it has to be a whole number from 1 to 60";
        assertEquals(List.of("offline " + words), feedback.events());
        assertEquals(words, assertThrows(IOException.class, () -> wrong.sendKeyboard(KeyboardReport.UP)).getMessage());
        assertEquals(words, assertThrows(IOException.class, () -> wrong.capture(null)).getMessage());
    }
}
