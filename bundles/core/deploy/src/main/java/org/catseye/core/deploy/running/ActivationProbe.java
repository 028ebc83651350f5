package org.catseye.core.deploy.running;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.catseye.concurrent.NamedThreads;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentConstants;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogListener;
import org.osgi.service.log.LogReaderService;

/**
 * Finds components of a bundle that cannot be activated. Most components are activated when their service is first used, and the runtime then
 * only logs a failure. So each service that is not in use is used once, and the reason is taken from the log. A thread of its own does that,
 * because an activation may never return. Close it after use.
 */
public final class ActivationProbe implements LogListener, AutoCloseable {

    /** The log is passed on by another thread. */
    private static final long LOG_MILLIS = 1_000;
    private static final int MAX_ENTRIES = 100;

    private final BundleContext framework;
    private final LogReaderService log;
    private final String symbolicName;
    /** Ids of the services that were used. Only for the thread of the trial. */
    private final Set<Object> used = new HashSet<>();
    private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>(MAX_ENTRIES);
    /** Of the services that were added last. Only for the thread of the trial. */
    private Optional<Thread> thread = Optional.empty();
    private volatile Optional<String> problem = Optional.empty();
    /** The component that is being activated. */
    private volatile String component = "";

    /** @param symbolicName of the bundle, which may not be installed yet */
    public ActivationProbe(BundleContext framework, LogReaderService log, String symbolicName) {
        this.framework = framework;
        this.log = log;
        this.symbolicName = symbolicName;
        log.addLogListener(this);
    }

    /** An activation that has not returned is interrupted, so that the bundle can perhaps be stopped. */
    @Override
    public void close() {
        log.removeLogListener(this);
        thread.ifPresent(Thread::interrupt);
    }

    @Override
    public void logged(LogEntry entry) {
        if (entry.getLogLevel() == LogLevel.ERROR && entry.getException() != null && entry.getBundle() != null
                && symbolicName.equals(entry.getBundle().getSymbolicName())) {
            failures.offer(entry.getException());
        }
    }

    /** Begins to use the services that were added since the last call, unless the last ones are still being used. Returns at once. */
    public void probeServices(Bundle bundle) {
        if (isUnfinished()) {
            return;
        }
        List<ServiceReference<?>> added = BundleParts.listServices(bundle)
                .filter(service -> service.getProperty(ComponentConstants.COMPONENT_NAME) != null && service.getUsingBundles() == null)
                .filter(service -> used.add(service.getProperty(Constants.SERVICE_ID))).toList();
        if (!added.isEmpty() && problem.isEmpty()) {
            Thread probe = NamedThreads.newDaemonThread(() -> useServices(added), "plugin-probe");
            thread = Optional.of(probe);
            probe.start();
        }
    }

    private boolean isUnfinished() {
        return thread.filter(Thread::isAlive).isPresent();
    }

    /** What is wrong with the first component that cannot be activated, as a sentence. */
    public Optional<String> findProblem() {
        return problem;
    }

    /** Which component is still being activated, as a sentence. */
    public Optional<String> findUnfinished() {
        return isUnfinished() ? Optional.of("Its component " + component + " has not finished its activation.") : Optional.empty();
    }

    private void useServices(List<ServiceReference<?>> services) {
        for (ServiceReference<?> service : services) {
            component = String.valueOf(service.getProperty(ComponentConstants.COMPONENT_NAME));
            if (!canUse(service)) {
                problem = Optional.of("Its component " + component + " cannot be activated" + describeFailure() + ".");
                return;
            }
        }
    }

    private boolean canUse(ServiceReference<?> service) {
        try {
            // Null as well if the service was withdrawn meanwhile.
            boolean usable = framework.getService(service) != null || service.getBundle() == null;
            framework.ungetService(service);
            return usable;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    private String describeFailure() {
        try {
            Throwable failure = failures.poll(LOG_MILLIS, TimeUnit.MILLISECONDS);
            return failure == null ? "" : ": " + findCause(failure);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /** Constructors are called by reflection, whose exception says nothing. */
    private static Throwable findCause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
