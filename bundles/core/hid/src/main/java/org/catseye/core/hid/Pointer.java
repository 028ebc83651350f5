package org.catseye.core.hid;

import java.util.Set;
import java.util.function.Consumer;
import org.catseye.hid.HidState.Feature;
import org.catseye.hid.spi.PointerReport;

/**
 * The two pointers of a target, of which one is in use: the one that moved last, or the only one the device has. Buttons and
 * wheel go with it, and the other one lets go of its buttons. Sits under the hub's lock.
 */
final class Pointer {

    private boolean absolute = true;
    private boolean placed;
    private int x = PointerReport.MAX / 2;
    private int y = PointerReport.MAX / 2;
    private int absoluteButtons;
    private int relativeButtons;

    /** The absolute pointer is the one in use from now on. */
    void place(int toX, int toY) {
        absolute = true;
        placed = true;
        x = toX;
        y = toY;
    }

    /** The relative pointer is the one in use from now on. */
    void step() {
        absolute = false;
    }

    /** The position goes out, with the buttons; if the device has no absolute pointer, the buttons alone. */
    void tellPlace(Set<Feature> features, int buttons, Consumer<Report> out) {
        boolean here = usesAbsolute(features);
        tell(here, here, buttons, new Report.Way(buttons, 0, 0, 0, 0), out);
    }

    /** A way goes out, with the buttons; if the device has no relative pointer, the buttons alone. */
    void tellStep(Set<Feature> features, Report.Way way, Consumer<Report> out) {
        boolean here = usesAbsolute(features);
        tell(here, !here, way.buttons(), here ? new Report.Way(way.buttons(), 0, 0, 0, 0) : way, out);
    }

    /** The wheel goes out with whichever pointer is in use. */
    void tellWheel(Set<Feature> features, Report.Way wheel, Consumer<Report> out) {
        tell(usesAbsolute(features), true, wheel.buttons(), wheel, out);
    }

    /** The buttons go out if they are not as they were told last. */
    void tellButtons(Set<Feature> features, int buttons, Consumer<Report> out) {
        tell(usesAbsolute(features), false, buttons, new Report.Way(buttons, 0, 0, 0, 0), out);
    }

    /** Both pointers let go, whatever was told before. An absolute pointer that nobody has placed is not made to jump for it. */
    void tellUp(Consumer<Report> out) {
        if (placed) {
            out.accept(at(0, 0, 0));
        }
        out.accept(new Report.Way(0, 0, 0, 0, 0));
    }

    /** The device knows of no buttons: another one, or one that was just told that all is up. */
    void forgetButtons() {
        absoluteButtons = 0;
        relativeButtons = 0;
    }

    private void tell(boolean here, boolean always, int buttons, Report.Way way, Consumer<Report> out) {
        int otherButtons = here ? relativeButtons : absoluteButtons;
        if (otherButtons != 0) {
            out.accept(here ? new Report.Way(0, 0, 0, 0, 0) : at(0, 0, 0));
        }
        if (always || buttons != (here ? absoluteButtons : relativeButtons)) {
            out.accept(here ? at(buttons, way.wheel(), way.pan()) : way);
            placed |= here;
        }
        absoluteButtons = here ? buttons : 0;
        relativeButtons = here ? 0 : buttons;
    }

    /** Without a place it is better to turn the wheel of the relative pointer than to make the absolute one jump. */
    private boolean usesAbsolute(Set<Feature> features) {
        boolean other = features.contains(Feature.RELATIVE_POINTER);
        return features.contains(Feature.ABSOLUTE_POINTER) && (absolute && placed || !other);
    }

    private Report at(int buttons, int wheel, int pan) {
        return new Report.Place(new PointerReport(buttons, x, y, wheel, pan));
    }
}
