package org.catseye.core.hid.device;

import java.util.Objects;
import java.util.function.Consumer;
import org.catseye.hid.Leds;
import org.catseye.hid.spi.HidFeedback;

/**
 * A device's way to report changes.
 *
 * @param changes takes them on any thread, without blocking
 */
public record DeviceFeedback(Consumer<Change> changes) implements HidFeedback {

    @Override
    public void reportReady(String reason) {
        changes.accept(new Change.Ready(Objects.requireNonNull(reason, "reason")));
    }

    @Override
    public void reportOffline(String reason) {
        changes.accept(new Change.Offline(Objects.requireNonNull(reason, "reason")));
    }

    @Override
    public void reportLeds(Leds leds) {
        changes.accept(new Change.LedsChanged(Objects.requireNonNull(leds, "leds")));
    }
}
