package org.catseye.hid.gadget;

import java.nio.ByteBuffer;
import java.util.List;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.hid.spi.MotionReport;
import org.catseye.hid.spi.PointerReport;

/** The bytes that go to the target, as {@link Descriptors} promises them. Fills the whole buffer, without moving its position. */
final class Reports {

    private static final int KEYS = 6;

    /** Eight bytes: modifiers, 0, six usages, or ErrorRollOver six times. @param lastKey greater usages are left out */
    static void keyboard(ByteBuffer to, KeyboardReport report, int lastKey) {
        to.putLong(0, 0);
        to.put(0, (byte) report.modifiers());
        List<Integer> keys = report.keys();
        int down = 0;
        for (int i = 0; i < keys.size(); i++) {
            int usage = keys.get(i);
            if (usage <= lastKey) {
                if (down < KEYS) {
                    to.put(2 + down, (byte) usage);
                }
                down++;
            }
        }
        for (int i = 0; i < KEYS && down > KEYS; i++) {
            to.put(2 + i, (byte) KeyboardReport.ERROR_ROLL_OVER);
        }
    }

    /** Seven bytes: buttons, x and y with the low byte first, wheel, pan. */
    static void pointer(ByteBuffer to, PointerReport report) {
        to.put(0, (byte) report.buttons());
        little(to, 1, report.x());
        little(to, 3, report.y());
        to.put(5, (byte) report.wheel());
        to.put(6, (byte) report.pan());
    }

    /** Buttons, dx, dy, wheel, and pan where there is room for it. */
    static void mouse(ByteBuffer to, MotionReport report) {
        to.put(0, (byte) report.buttons());
        to.put(1, (byte) report.dx());
        to.put(2, (byte) report.dy());
        to.put(3, (byte) report.wheel());
        if (to.capacity() > 4) {
            to.put(4, (byte) report.pan());
        }
    }

    /** Two bytes, the low one first; what the descriptor does not admit is nothing. */
    static void consumer(ByteBuffer to, int usage) {
        little(to, 0, usage > 0x3ff ? 0 : usage);
    }

    /** Takes out what counts once (motion, wheel, pan) and leaves what lasts (keys, buttons, place): to be sent later. */
    static void still(ByteBuffer report, Role role) {
        int from = switch (role) {
            case POINTER -> 5;
            case MOUSE -> 1;
            default -> report.capacity();
        };
        for (int i = from; i < report.capacity(); i++) {
            report.put(i, (byte) 0);
        }
    }

    private static void little(ByteBuffer to, int index, int value) {
        to.put(index, (byte) value);
        to.put(index + 1, (byte) (value >> 8));
    }

    private Reports() {
    }
}
