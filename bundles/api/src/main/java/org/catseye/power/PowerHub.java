package org.catseye.power;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The power of one target, over all its power controls. Registered as a service with the property {@code kvm.target} while the
 * target has a power control. Thread-safe. It checks no permissions and writes no audit log; its callers do.
 */
@ProviderType
public interface PowerHub {

    /**
     * The latest state. Never blocks. It is up to two seconds old for callers that ask regularly; the first call after a pause
     * may return an older one and starts a new reading.
     */
    PowerState currentState();

    /** Reads the state from the devices if the latest one is older than two seconds. Blocks for four seconds at most. */
    PowerState readState() throws InterruptedException;

    /**
     * Performs an action with the best power control that supports it. Blocks until it is done, for 40 s at most. If no control
     * supports {@link PowerAction#CYCLE}, but there are controls for {@link PowerAction#OFF} and {@link PowerAction#ON}, it is
     * put together from both.
     *
     * @throws PowerException if it was not performed; says why
     */
    void performAction(PowerAction action) throws PowerException, InterruptedException;
}
