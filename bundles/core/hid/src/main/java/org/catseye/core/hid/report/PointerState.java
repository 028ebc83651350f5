package org.catseye.core.hid.report;

import java.util.Set;
import java.util.function.Consumer;
import org.catseye.hid.HidState.Feature;
import org.catseye.hid.spi.PointerReport;

/**
 * The two pointers of a target, one of which is in use: the one that moved last, or the only one the device has. Buttons and
 * wheel go with it, and the buttons of the other one are released. Guarded by the hub's lock.
 */
public final class PointerState {

    private boolean absolute = true;
    private boolean positioned;
    private int x = PointerReport.MAX / 2;
    private int y = PointerReport.MAX / 2;
    private int absoluteButtons;
    private int relativeButtons;

    /** The absolute pointer is in use from now on, at this position. */
    public void useAbsolutePointer(int toX, int toY) {
        absolute = true;
        positioned = true;
        x = toX;
        y = toY;
    }

    /** The relative pointer is in use from now on. */
    public void useRelativePointer() {
        absolute = false;
    }

    /** Reports the position with the buttons; to a device without an absolute pointer the buttons alone. */
    public void reportPosition(Set<Feature> features, int buttons, Consumer<Report> output) {
        boolean toAbsolute = usesAbsolutePointer(features);
        report(toAbsolute, toAbsolute, Report.PointerMotion.ofButtons(buttons), output);
    }

    /** Reports a motion with the buttons; to a device without a relative pointer the buttons alone. */
    public void reportMotion(Set<Feature> features, Report.PointerMotion motion, Consumer<Report> output) {
        boolean toAbsolute = usesAbsolutePointer(features);
        report(toAbsolute, !toAbsolute, toAbsolute ? Report.PointerMotion.ofButtons(motion.buttons()) : motion, output);
    }

    /** Reports a turn of the wheel by the pointer in use. */
    public void reportWheel(Set<Feature> features, Report.PointerMotion wheel, Consumer<Report> output) {
        report(usesAbsolutePointer(features), true, wheel, output);
    }

    /** Reports the buttons if they differ from what was reported last. */
    public void reportButtons(Set<Feature> features, int buttons, Consumer<Report> output) {
        report(usesAbsolutePointer(features), false, Report.PointerMotion.ofButtons(buttons), output);
    }

    /**
     * Reports released buttons for both pointers, whatever was reported before. An absolute pointer without a position is left out,
     * because it would jump.
     */
    public void reportReleased(Consumer<Report> output) {
        if (positioned) {
            output.accept(positionReport(0, 0, 0));
        }
        output.accept(Report.PointerMotion.ofButtons(0));
    }

    /** The device has no buttons down: it is another one, or one that was just sent the released state. */
    public void assumeReleased() {
        absoluteButtons = 0;
        relativeButtons = 0;
    }

    private void report(boolean toAbsolute, boolean always, Report.PointerMotion motion, Consumer<Report> output) {
        int buttons = motion.buttons();
        int otherButtons = toAbsolute ? relativeButtons : absoluteButtons;
        if (otherButtons != 0) {
            output.accept(toAbsolute ? Report.PointerMotion.ofButtons(0) : positionReport(0, 0, 0));
        }
        if (always || buttons != (toAbsolute ? absoluteButtons : relativeButtons)) {
            output.accept(toAbsolute ? positionReport(buttons, motion.wheel(), motion.pan()) : motion);
            positioned |= toAbsolute;
        }
        absoluteButtons = toAbsolute ? buttons : 0;
        relativeButtons = toAbsolute ? 0 : buttons;
    }

    /** Without a position it is better to turn the wheel of the relative pointer than to make the absolute one jump. */
    private boolean usesAbsolutePointer(Set<Feature> features) {
        boolean hasRelative = features.contains(Feature.RELATIVE_POINTER);
        return features.contains(Feature.ABSOLUTE_POINTER) && (absolute && positioned || !hasRelative);
    }

    private Report positionReport(int buttons, int wheel, int pan) {
        return new Report.PointerPosition(new PointerReport(buttons, x, y, wheel, pan));
    }
}
