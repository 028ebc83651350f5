package org.catseye.vnc.input;

import java.io.IOException;
import org.catseye.hid.spi.MotionReport;
import org.catseye.hid.spi.PointerReport;
import org.catseye.rfb.client.RfbClient;
import org.catseye.vnc.link.VncLink;

/**
 * Turns pointer reports into pointer events, for one connection. A server expects either positions or movements; the other kind of report
 * is converted, so that both kinds move the pointer. Not thread-safe.
 */
final class PointerTranslator {

    private static final int WHEEL_UP = 0x08;
    private static final int WHEEL_DOWN = 0x10;
    private static final int WHEEL_LEFT = 0x20;
    private static final int WHEEL_RIGHT = 0x40;
    private static final int BACK = 0x80;
    /** QEMU's movements: this value stands for none. */
    private static final int NO_MOVEMENT = 0x7fff;

    private final VncLink link;
    private final RfbClient client;
    private int x;
    private int y;
    private int absoluteButtons;
    private int relativeButtons;

    PointerTranslator(VncLink link, RfbClient client) {
        this.link = link;
        this.client = client;
        x = client.picture().width() / 2;
        y = client.picture().height() / 2;
    }

    void sendReport(PointerReport report) throws IOException {
        absoluteButtons = report.buttons();
        int toX = scaleToPixels(report.x(), client.picture().width());
        int toY = scaleToPixels(report.y(), client.picture().height());
        moveBy(toX - x, toY - y, report.wheel(), report.pan());
    }

    void sendMotion(MotionReport report) throws IOException {
        relativeButtons = report.buttons();
        moveBy(report.dx(), report.dy(), report.wheel(), report.pan());
    }

    private static int scaleToPixels(int value, int size) {
        return (int) (((long) value * (size - 1) + PointerReport.MAX / 2) / PointerReport.MAX);
    }

    private void moveBy(int dx, int dy, int wheel, int pan) throws IOException {
        boolean relative = client.state().relativePointer();
        x = limit(x + dx, client.picture().width());
        y = limit(y + dy, client.picture().height());
        int sentX = relative ? NO_MOVEMENT + dx : x;
        int sentY = relative ? NO_MOVEMENT + dy : y;
        int buttons = buttonMask();
        client.messages().sendPointer(buttons, sentX, sentY);
        int stillX = relative ? NO_MOVEMENT : x;
        int stillY = relative ? NO_MOVEMENT : y;
        turnWheel(wheel, WHEEL_UP, WHEEL_DOWN, buttons, stillX, stillY);
        turnWheel(pan, WHEEL_RIGHT, WHEEL_LEFT, buttons, stillX, stillY);
        if (!relative) {
            link.movePointer(x, y);
        }
    }

    private void turnWheel(int steps, int forward, int backward, int buttons, int atX, int atY) throws IOException {
        for (int i = 0; i < Math.abs(steps); i++) {
            client.messages().sendPointer(buttons | (steps > 0 ? forward : backward), atX, atY);
            client.messages().sendPointer(buttons, atX, atY);
        }
    }

    /** RFB counts left, middle, right; and has no button for forward. */
    private int buttonMask() {
        int buttons = absoluteButtons | relativeButtons;
        return buttons & 1 | (buttons & 2) << 1 | (buttons & 4) >> 1 | ((buttons & 8) != 0 ? BACK : 0);
    }

    private static int limit(int value, int size) {
        return Math.max(0, Math.min(size - 1, value));
    }
}
