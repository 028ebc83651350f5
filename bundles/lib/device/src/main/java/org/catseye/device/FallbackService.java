package org.catseye.device;

import java.util.Dictionary;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.catseye.targets.Target;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;

/**
 * Registers a service only while no configured one exists, so that a device works as soon as it is plugged in. The owner reports
 * each configured service that is added or removed. A new service may be added before the previous one is removed, so services
 * are tracked by identity. After the last one was removed, the service waits for {@value #REPLACEMENT_SECONDS} s: each saved form removes
 * the configured service for a moment, and another device must not take its place. Thread-safe. The service is registered under the lock
 * and unregistered outside it.
 */
public final class FallbackService {

    private static final int REPLACEMENT_SECONDS = 3;

    private final Supplier<Runnable> registrar;
    private final Executor later;
    /** Guards everything below. */
    private final Object lock = new Object();
    private final Set<Object> configured = new HashSet<>();
    private boolean active;
    private Runnable unregister;

    /** @param registrar registers the service and returns the action that unregisters it */
    public FallbackService(Supplier<Runnable> registrar) {
        this(registrar, CompletableFuture.delayedExecutor(REPLACEMENT_SECONDS, TimeUnit.SECONDS));
    }

    /** @param later runs what has to wait until a removed service may be back */
    FallbackService(Supplier<Runnable> registrar, Executor later) {
        this.registrar = registrar;
        this.later = later;
    }

    /**
     * Creates a fallback for the target {@code default}. Its service properties are {@code kvm.target}, {@code kvm.label} and
     * {@code service.pid}.
     *
     * @param pid the PID of the configuration; the fallback is registered as {@code <pid>.unconfigured}
     * @param label the display name of the device
     * @param types the services that each instance implements
     * @param factory creates an instance whenever the fallback is needed; called under the lock
     */
    public static FallbackService forDefaultTarget(BundleContext bundle, String pid, String label, List<Class<?>> types, Supplier<?> factory) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(Target.ID, Target.DEFAULT);
        properties.put(Target.LABEL, label);
        properties.put(Constants.SERVICE_PID, pid + ".unconfigured");
        String[] names = types.stream().map(Class::getName).toArray(String[]::new);
        return new FallbackService(() -> {
            Object service = factory.get();
            ServiceRegistration<?> registration = bundle.registerService(names, service, properties);
            return () -> {
                registration.unregister();
                if (service instanceof Releasable releasable) {
                    releasable.releaseDevice();
                }
            };
        });
    }

    /** A service that holds a device beyond one call. */
    public interface Releasable {
        /** Releases the device. Called once, after the service was unregistered. */
        void releaseDevice();
    }

    /** Starts offering the service. Call this after the existing configured services were added, so that they take precedence. */
    public void startOffering() {
        synchronized (lock) {
            active = true;
        }
        updateRegistration();
    }

    /** Adds a configured service. */
    public void addConfigured(Object service) {
        synchronized (lock) {
            configured.add(service);
        }
        updateRegistration();
    }

    /** Removes a configured service. */
    public void removeConfigured(Object service) {
        synchronized (lock) {
            configured.remove(service);
        }
        later.execute(this::updateRegistration);
    }

    /** Unregisters the service until the next {@link #startOffering()}. */
    public void stopOffering() {
        synchronized (lock) {
            active = false;
        }
        updateRegistration();
    }

    private void updateRegistration() {
        Runnable previous;
        synchronized (lock) {
            boolean needed = active && configured.isEmpty();
            if (needed == (unregister != null)) {
                return;
            }
            previous = unregister;
            unregister = needed ? registrar.get() : null;
        }
        if (previous != null) {
            previous.run();
        }
    }
}
