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
 * Takes the place of a device whose target id is invalid, at the default target, and shows the mistake there. The device itself is not
 * used: a user with the right to control the default target may have none for the computer at the end of that cable.
 */
record InvalidTargetTransport(BadValueException mistake) implements HidTransport {

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
        // There is nothing to release.
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
