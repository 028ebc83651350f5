package org.catseye.hid.spi;

import java.io.IOException;
import java.util.Set;
import org.catseye.hid.HidState.Feature;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A way to put reports before a target. Service properties: {@code kvm.target} and {@code kvm.label}. If several serve one
 * target, the highest service ranking that is ready is used.
 *
 * <p>The hub calls one method at a time, never two at once. A report method returns when the report is on its way or throws;
 * it may wait for the device, 0.1 s at most. A feature that is not in {@link #supportedFeatures()} is never asked for.
 */
@ConsumerType
public interface HidTransport {

    /** What this device can do, now. May change only between detach and attach. */
    Set<Feature> supportedFeatures();

    /**
     * The hub begins to use this transport: open what is needed, say through {@code feedback} whether the target listens, keep
     * saying so when it changes. Must not block; a device that is not ready is a state, not an error.
     */
    void attach(HidFeedback feedback);

    /** The hub stops using it: release everything. The feedback is dead afterwards. May come without attach. */
    void detach();

    /** The whole keyboard. @throws IOException if the target does not take it: say why in words; the hub keeps the state */
    void sendKeyboard(KeyboardReport report) throws IOException;

    /** The absolute pointer. @throws IOException as for keyboard */
    void sendPointer(PointerReport report) throws IOException;

    /** A step of the relative pointer. @throws IOException as for keyboard */
    void sendMotion(MotionReport report) throws IOException;

    /** The one media key that is down, 0 for none: a usage of the Consumer page. @throws IOException as for keyboard */
    void sendConsumerUsage(int usage) throws IOException;

    /** The one system control that is down (0x81 power, 0x82 sleep, 0x83 wake), 0 for none. @throws IOException as for keyboard */
    default void sendSystemUsage(int usage) throws IOException {
    }
}
