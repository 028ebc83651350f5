package org.catseye.core.hid.report;

import java.io.IOException;
import org.catseye.hid.HidState.Feature;
import org.catseye.hid.spi.HidTransport;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.hid.spi.MotionReport;
import org.catseye.hid.spi.PointerReport;

/** One report for the remote computer. Immutable: made under the hub's lock, sent without it. */
public sealed interface Report {

    /** Most that the wheel or the pan of one report turns, in either direction. */
    int MAX_WHEEL = 127;

    /** Sends it. May wait for the device, 0.1 s at most. */
    void sendTo(HidTransport transport) throws IOException;

    /** What the device must be able to do; a device without it does not get the report. */
    Feature requiredFeature();

    /** The whole keyboard. */
    record KeyboardState(KeyboardReport report) implements Report {
        @Override
        public void sendTo(HidTransport transport) throws IOException {
            transport.sendKeyboard(report);
        }

        @Override
        public Feature requiredFeature() {
            return Feature.KEYBOARD;
        }

        /** Without the keys: what a user types must not reach a log. */
        @Override
        public String toString() {
            return "KeyboardState";
        }
    }

    /** The one media key that is down; 0 for none. */
    record MediaKey(int usage) implements Report {
        @Override
        public void sendTo(HidTransport transport) throws IOException {
            transport.sendConsumerUsage(usage);
        }

        @Override
        public Feature requiredFeature() {
            return Feature.CONSUMER;
        }
    }

    /** The one system control (power, sleep, wake) that is down; 0 for none. */
    record SystemControl(int usage) implements Report {
        @Override
        public void sendTo(HidTransport transport) throws IOException {
            transport.sendSystemUsage(usage);
        }

        @Override
        public Feature requiredFeature() {
            return Feature.SYSTEM;
        }
    }

    /** The absolute pointer. */
    record PointerPosition(PointerReport report) implements Report {
        @Override
        public void sendTo(HidTransport transport) throws IOException {
            transport.sendPointer(report);
        }

        @Override
        public Feature requiredFeature() {
            return Feature.ABSOLUTE_POINTER;
        }

        /** Whether {@code next} may be merged into this: no button changes between them, and no turn of the wheel moves elsewhere. */
        boolean canMerge(PointerPosition next) {
            PointerReport later = next.report;
            boolean turned = report.wheel() != 0 || report.pan() != 0;
            return report.buttons() == later.buttons() && (!turned || report.x() == later.x() && report.y() == later.y());
        }

        PointerPosition mergeWith(PointerPosition next) {
            PointerReport later = next.report;
            return new PointerPosition(new PointerReport(later.buttons(), later.x(), later.y(),
                limitTo(MAX_WHEEL, report.wheel() + later.wheel()), limitTo(MAX_WHEEL, report.pan() + later.pan())));
        }
    }

    /**
     * A motion of the relative pointer of up to {@value #MAX_DISTANCE} counts. {@link #firstStep} and {@link #remainder} split it into
     * reports.
     */
    record PointerMotion(int buttons, int dx, int dy, int wheel, int pan) implements Report {

        /** Farther than across any screen; a slow device that falls behind by more loses the rest. */
        public static final int MAX_DISTANCE = 4096;

        private static final int MAX_STEP = 127;

        /** No motion: only the buttons. */
        static PointerMotion ofButtons(int buttons) {
            return new PointerMotion(buttons, 0, 0, 0, 0);
        }

        /** Sends the first step of it. */
        @Override
        public void sendTo(HidTransport transport) throws IOException {
            transport.sendMotion(new MotionReport(buttons, dx / countSteps(), dy / countSteps(), wheel, pan));
        }

        @Override
        public Feature requiredFeature() {
            return Feature.RELATIVE_POINTER;
        }

        boolean canMerge(PointerMotion next) {
            return buttons == next.buttons;
        }

        PointerMotion mergeWith(PointerMotion next) {
            return new PointerMotion(buttons, limitTo(MAX_DISTANCE, dx + next.dx), limitTo(MAX_DISTANCE, dy + next.dy),
                limitTo(MAX_WHEEL, wheel + next.wheel), limitTo(MAX_WHEEL, pan + next.pan));
        }

        /** Whether one report cannot hold it. */
        boolean needsSeveralReports() {
            return countSteps() > 1;
        }

        /** The first of equal steps, so that a slanted motion stays a straight line; wheel and pan go with it. */
        PointerMotion firstStep() {
            return new PointerMotion(buttons, dx / countSteps(), dy / countSteps(), wheel, pan);
        }

        /** What is left after {@link #firstStep}; needs one step less than this. */
        PointerMotion remainder() {
            return new PointerMotion(buttons, dx - dx / countSteps(), dy - dy / countSteps(), 0, 0);
        }

        private int countSteps() {
            return Math.max(1, (Math.max(Math.abs(dx), Math.abs(dy)) + MAX_STEP - 1) / MAX_STEP);
        }
    }

    /** {@code value}, or the nearest end of -max..max. */
    static int limitTo(int max, int value) {
        return Math.max(-max, Math.min(max, value));
    }
}
