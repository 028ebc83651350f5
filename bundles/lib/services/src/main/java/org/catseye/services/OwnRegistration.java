package org.catseye.services;

import java.util.Optional;
import java.util.function.Supplier;
import org.osgi.framework.ServiceRegistration;

/**
 * The registration of a service that this bundle provides: made once, and ended once, whatever comes first. After the end a late
 * registration has no effect, and an end that the framework was faster with is no error. Thread-safe.
 */
public final class OwnRegistration<S> {

    private Optional<ServiceRegistration<S>> registration = Optional.empty();
    private boolean ended;

    /** Registers the service. Without effect if that was done before, or after {@link #unregister()}. */
    public synchronized void register(Supplier<ServiceRegistration<S>> registrar) {
        if (registration.isEmpty() && !ended) {
            registration = Optional.of(registrar.get());
        }
    }

    /** Unregisters the service, for good. Returns when its users have released it. */
    public void unregister() {
        Optional<ServiceRegistration<S>> made;
        synchronized (this) {
            ended = true;
            made = registration;
            registration = Optional.empty();
        }
        try {
            made.ifPresent(ServiceRegistration::unregister);
        } catch (IllegalStateException e) {
            // The bundle is stopping and the framework has unregistered the service already.
        }
    }
}
