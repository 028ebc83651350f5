package org.catseye.core.hid;

import java.io.IOException;
import org.catseye.hid.HidState.Feature;
import org.catseye.hid.spi.HidTransport;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.hid.spi.MotionReport;
import org.catseye.hid.spi.PointerReport;

/** Something to be put before the target. Immutable: made under the hub's lock, sent outside of it. */
sealed interface Report {

    /** Wheel and pan of one report go no further. */
    int MOST_WHEEL = 127;

    /** Hands it to the device. */
    void send(HidTransport transport) throws IOException;

    /** What the device must be able to do; without it the report is left out. */
    Feature needs();

    /** The whole keyboard. */
    record Keys(KeyboardReport report) implements Report {
        @Override
        public void send(HidTransport transport) throws IOException {
            transport.sendKeyboard(report);
        }

        @Override
        public Feature needs() {
            return Feature.KEYBOARD;
        }

        /** Without the keys: what somebody types reaches no log. */
        @Override
        public String toString() {
            return "Keys";
        }
    }

    /** The one media key that is down, or 0. */
    record Media(int usage) implements Report {
        @Override
        public void send(HidTransport transport) throws IOException {
            transport.sendConsumerUsage(usage);
        }

        @Override
        public Feature needs() {
            return Feature.CONSUMER;
        }
    }

    /** The one system control that is down, or 0. */
    record Power(int usage) implements Report {
        @Override
        public void send(HidTransport transport) throws IOException {
            transport.sendSystemUsage(usage);
        }

        @Override
        public Feature needs() {
            return Feature.SYSTEM;
        }
    }

    /** The absolute pointer. */
    record Place(PointerReport report) implements Report {
        @Override
        public void send(HidTransport transport) throws IOException {
            transport.sendPointer(report);
        }

        @Override
        public Feature needs() {
            return Feature.ABSOLUTE_POINTER;
        }

        /** Whether {@code next} may take this one's place: no button edge between, and no notch of the wheel moved elsewhere. */
        boolean takes(Place next) {
            PointerReport later = next.report;
            boolean turned = report.wheel() != 0 || report.pan() != 0;
            return report.buttons() == later.buttons() && (!turned || report.x() == later.x() && report.y() == later.y());
        }

        Place with(Place next) {
            PointerReport later = next.report;
            return new Place(new PointerReport(later.buttons(), later.x(), later.y(),
                clamp(report.wheel() + later.wheel(), MOST_WHEEL), clamp(report.pan() + later.pan(), MOST_WHEEL)));
        }
    }

    /** A way of the relative pointer, of any length up to {@value #MOST_WAY}: {@link #first} and {@link #rest} cut it into reports. */
    record Way(int buttons, int dx, int dy, int wheel, int pan) implements Report {

        /** Further than across any screen; what a slow device falls behind by more than this is dropped. */
        static final int MOST_WAY = 4096;

        private static final int MOST_STEP = 127;

        /** Sends the first report's worth of it. */
        @Override
        public void send(HidTransport transport) throws IOException {
            transport.sendMotion(new MotionReport(buttons, dx / steps(), dy / steps(), wheel, pan));
        }

        @Override
        public Feature needs() {
            return Feature.RELATIVE_POINTER;
        }

        boolean takes(Way next) {
            return buttons == next.buttons;
        }

        Way with(Way next) {
            return new Way(buttons, clamp(dx + next.dx, MOST_WAY), clamp(dy + next.dy, MOST_WAY),
                clamp(wheel + next.wheel, MOST_WHEEL), clamp(pan + next.pan, MOST_WHEEL));
        }

        /** Whether one report cannot hold it. */
        boolean isLong() {
            return steps() > 1;
        }

        /** The first of equal steps, so that a slanted way stays a straight line; wheel and pan go with it. */
        Way first() {
            return new Way(buttons, dx / steps(), dy / steps(), wheel, pan);
        }

        /** What is left after {@link #first}; never needs more steps than this had, less one. */
        Way rest() {
            return new Way(buttons, dx - dx / steps(), dy - dy / steps(), 0, 0);
        }

        private int steps() {
            return Math.max(1, (Math.max(Math.abs(dx), Math.abs(dy)) + MOST_STEP - 1) / MOST_STEP);
        }
    }

    /** {@code value}, or the nearest end of -most..most. */
    static int clamp(int value, int most) {
        return Math.max(-most, Math.min(most, value));
    }
}
