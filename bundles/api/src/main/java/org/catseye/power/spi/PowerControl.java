package org.catseye.power.spi;

import java.io.IOException;
import java.util.Set;
import org.catseye.power.PowerAction;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A device that switches a computer, or knows whether it is on. Service properties: {@code kvm.target}, {@code kvm.label} and
 * {@code service.ranking}. Thread-safe: the hub reads the state while it performs an action, but it never performs two actions of
 * a target at the same time.
 */
@ConsumerType
public interface PowerControl {

    /** The actions that this device can perform. Never blocks. May change; empty while the device cannot be used. */
    Set<PowerAction> supportedActions();

    /**
     * Reads the state. The hub calls this regularly while somebody is interested. May block for up to 3 s. A device that cannot
     * tell whether the computer is on returns {@link PowerReading#UNKNOWN}.
     *
     * @throws IOException if the device fails or does not answer, or if its configuration is wrong; the message is for the user
     */
    PowerReading readState() throws IOException;

    /**
     * Performs an action and returns when the device has taken it, without waiting for the computer. May block for up to 15 s.
     *
     * @param action one of {@link #supportedActions()}
     * @throws IOException if the device fails or does not answer; the message is for the user
     * @throws InterruptedException if the hub gives up; a pressed button is released first
     */
    void performAction(PowerAction action) throws IOException, InterruptedException;
}
