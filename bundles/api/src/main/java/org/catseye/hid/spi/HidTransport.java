package org.catseye.hid.spi;

import java.io.IOException;
import java.util.Set;
import org.catseye.hid.HidState.Feature;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Sends HID reports to a target. Service properties: {@code kvm.target} and {@code kvm.label}. If several transports serve one
 * target, the hub uses the one with the highest service ranking among those that are ready. When the service of the one in use is
 * unregistered, keys wait for three seconds before they go to another one, so that an update of a driver does not misdirect them.
 *
 * <p>The hub never calls two methods at the same time. A report method returns once the report has been handed over, or throws.
 * It may wait for the device for up to 0.1 s. The hub does not use features that are missing from {@link #supportedFeatures()}.
 */
@ConsumerType
public interface HidTransport {

    /** The features that this device currently supports. They may change only between {@link #detach} and {@link #attach}. */
    Set<Feature> supportedFeatures();

    /**
     * Starts using this transport. The implementation opens the device, reports through {@code feedback} whether the target
     * accepts input, and reports every change. Must not block. A device that is not ready is a state, not an error.
     *
     * @param feedback valid until {@link #detach}
     */
    void attach(HidFeedback feedback);

    /**
     * Stops using this transport. The implementation releases all resources and no longer uses the feedback. May be called
     * without a preceding {@link #attach}.
     */
    void detach();

    /**
     * Sends the complete state of the keyboard.
     *
     * @throws IOException if the target does not accept the report; the message describes the cause. The hub keeps the state
     */
    void sendKeyboard(KeyboardReport report) throws IOException;

    /**
     * Sends the complete state of the absolute pointer.
     *
     * @throws IOException as in {@link #sendKeyboard}
     */
    void sendPointer(PointerReport report) throws IOException;

    /**
     * Sends one step of the relative pointer.
     *
     * @throws IOException as in {@link #sendKeyboard}
     */
    void sendMotion(MotionReport report) throws IOException;

    /**
     * Sends the state of the media keys.
     *
     * @param usage the usage of the Consumer page that is pressed; 0 for none
     * @throws IOException as in {@link #sendKeyboard}
     */
    void sendConsumerUsage(int usage) throws IOException;

    /**
     * Sends the state of the system controls.
     *
     * @param usage the control that is pressed (0x81 power, 0x82 sleep, 0x83 wake); 0 for none
     * @throws IOException as in {@link #sendKeyboard}
     */
    default void sendSystemUsage(int usage) throws IOException {
    }
}
