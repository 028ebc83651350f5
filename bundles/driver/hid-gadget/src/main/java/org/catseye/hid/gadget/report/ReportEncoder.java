package org.catseye.hid.gadget.report;

import java.nio.ByteBuffer;
import java.util.List;
import org.catseye.hid.gadget.descriptor.Role;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.hid.spi.MotionReport;
import org.catseye.hid.spi.PointerReport;

/** Encodes input reports in the layout of the report descriptors. Fills the whole buffer and does not move its position. */
public final class ReportEncoder {

    private static final int MAX_KEYS = 6;
    private static final int MAX_CONSUMER_USAGE = 0x3ff;
    private static final int CONSUMER_REPORT = 1;
    private static final int SYSTEM_REPORT = 2;
    private static final int FIRST_SYSTEM_USAGE = 0x81;
    private static final int LAST_SYSTEM_USAGE = 0x83;

    /**
     * Eight bytes: modifiers, 0, then six usages, or ErrorRollOver six times if more than six keys are held.
     *
     * @param highestUsage higher usages are left out
     */
    public static void encodeKeyboard(ByteBuffer to, KeyboardReport report, int highestUsage) {
        to.putLong(0, 0);
        to.put(0, (byte) report.modifiers());
        List<Integer> keys = report.keys();
        int held = 0;
        for (int i = 0; i < keys.size(); i++) {
            int usage = keys.get(i);
            if (usage <= highestUsage) {
                if (held < MAX_KEYS) {
                    to.put(2 + held, (byte) usage);
                }
                held++;
            }
        }
        for (int i = 0; i < MAX_KEYS && held > MAX_KEYS; i++) {
            to.put(2 + i, (byte) KeyboardReport.ERROR_ROLL_OVER);
        }
    }

    /** Seven bytes: buttons, x and y with the low byte first, wheel, pan. */
    public static void encodePointer(ByteBuffer to, PointerReport report) {
        to.put(0, (byte) report.buttons());
        putLittleEndian(to, 1, report.x());
        putLittleEndian(to, 3, report.y());
        to.put(5, (byte) report.wheel());
        to.put(6, (byte) report.pan());
    }

    /** Buttons, dx, dy, wheel, and pan if the report has a fifth byte. */
    public static void encodeMouse(ByteBuffer to, MotionReport report) {
        to.put(0, (byte) report.buttons());
        to.put(1, (byte) report.dx());
        to.put(2, (byte) report.dy());
        to.put(3, (byte) report.wheel());
        if (to.capacity() > 4) {
            to.put(4, (byte) report.pan());
        }
    }

    /** The report's id, then two bytes, the low one first; 0 for a usage that the descriptor does not admit. */
    public static void encodeConsumer(ByteBuffer to, int usage) {
        to.put(0, (byte) CONSUMER_REPORT);
        putLittleEndian(to, 1, usage > MAX_CONSUMER_USAGE ? 0 : usage);
    }

    /** The report's id, then a bit each for power, sleep and wake; no bit for a usage that the descriptor does not admit. */
    public static void encodeSystem(ByteBuffer to, int usage) {
        boolean admitted = usage >= FIRST_SYSTEM_USAGE && usage <= LAST_SYSTEM_USAGE;
        to.put(0, (byte) SYSTEM_REPORT);
        putLittleEndian(to, 1, admitted ? 1 << usage - FIRST_SYSTEM_USAGE : 0);
    }

    /** Clears motion, wheel and pan and keeps keys, buttons and position, so that the report can be sent later. */
    static void clearMotion(ByteBuffer report, Role role) {
        int from = switch (role) {
            case POINTER -> 5;
            case MOUSE -> 1;
            default -> report.capacity();
        };
        for (int i = from; i < report.capacity(); i++) {
            report.put(i, (byte) 0);
        }
    }

    private static void putLittleEndian(ByteBuffer to, int index, int value) {
        to.put(index, (byte) value);
        to.put(index + 1, (byte) (value >> 8));
    }

    private ReportEncoder() {
    }
}
