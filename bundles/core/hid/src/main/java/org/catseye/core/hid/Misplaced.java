package org.catseye.core.hid;

import java.util.Set;
import org.catseye.config.BadValueException;
import org.catseye.hid.HidState.Feature;
import org.catseye.hid.spi.HidFeedback;
import org.catseye.hid.spi.HidTransport;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.hid.spi.MotionReport;
import org.catseye.hid.spi.PointerReport;

/**
 * Stands at the default target in place of a device whose target cannot be, and says so. The device itself is left alone: whoever may
 * control the default target may not control the computer at the end of that cable.
 */
record Misplaced(BadValueException mistake) implements HidTransport {

    @Override
    public Set<Feature> supportedFeatures() {
        return Set.of();
    }

    @Override
    public void attach(HidFeedback feedback) {
        feedback.reportOffline(mistake.getMessage());
    }

    @Override
    public void detach() {
        // It holds nothing.
    }

    @Override
    public void sendKeyboard(KeyboardReport report) throws BadValueException {
        throw mistake;
    }

    @Override
    public void sendPointer(PointerReport report) throws BadValueException {
        throw mistake;
    }

    @Override
    public void sendMotion(MotionReport report) throws BadValueException {
        throw mistake;
    }

    @Override
    public void sendConsumerUsage(int usage) throws BadValueException {
        throw mistake;
    }
}
