package org.catseye.virtual.input;

import org.catseye.hid.spi.MotionReport;
import org.catseye.hid.spi.PointerReport;

/**
 * The host's one pointer, moved by two mice: an absolute and a relative one, whose buttons it joins as operating systems do.
 * Not thread-safe.
 */
public final class PointerState {

    private final int width;
    private final int height;
    private int x;
    private int y;
    private int absoluteButtons;
    private int relativeButtons;
    private int wheelTotal;
    private int panTotal;
    private PointerReport lastAbsolute = new PointerReport(0, 0, 0, 0, 0);

    /**
     * A change of the pointer.
     *
     * @param x pixels from the left, inside the screen
     * @param y pixels from the top
     * @param buttons bits of the held buttons: 0 left, 1 right, 2 middle, 3 back, 4 forward
     * @param pressed bits of the buttons pressed by this report
     * @param released bits of the buttons released by this report
     * @param wheel notches, positive away from the user
     * @param pan notches, positive to the right
     */
    public record Event(int x, int y, int buttons, int pressed, int released, int wheel, int pan) {
    }

    /** @param width of the screen in pixels */
    public PointerState(int width, int height) {
        this.width = width;
        this.height = height;
        centerPointer();
    }

    /** Releases all buttons and centers the pointer, as after a reset. */
    public void centerPointer() {
        x = width / 2;
        y = height / 2;
        absoluteButtons = 0;
        relativeButtons = 0;
    }

    /** Processes an absolute report, whose 0..32767 span the whole screen. */
    public Event acceptReport(PointerReport report) {
        int before = buttons();
        lastAbsolute = report;
        x = Math.round(report.x() * (width - 1) / (float) PointerReport.MAX);
        y = Math.round(report.y() * (height - 1) / (float) PointerReport.MAX);
        absoluteButtons = report.buttons();
        return createEvent(before, report.wheel(), report.pan());
    }

    /** Processes a relative report: one count is one pixel; the pointer stops at the edges. */
    public Event acceptReport(MotionReport report) {
        int before = buttons();
        x = Math.max(0, Math.min(width - 1, x + report.dx()));
        y = Math.max(0, Math.min(height - 1, y + report.dy()));
        relativeButtons = report.buttons();
        return createEvent(before, report.wheel(), report.pan());
    }

    private Event createEvent(int before, int wheel, int pan) {
        wheelTotal += wheel;
        panTotal += pan;
        int now = buttons();
        return new Event(x, y, now, now & ~before, before & ~now, wheel, pan);
    }

    public int x() {
        return x;
    }

    public int y() {
        return y;
    }

    public int buttons() {
        return absoluteButtons | relativeButtons;
    }

    /** All wheel notches since power-on, summed. */
    public int wheelTotal() {
        return wheelTotal;
    }

    public int panTotal() {
        return panTotal;
    }

    public PointerReport lastAbsolute() {
        return lastAbsolute;
    }
}
