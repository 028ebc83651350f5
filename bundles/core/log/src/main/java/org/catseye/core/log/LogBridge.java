package org.catseye.core.log;

import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.LogReaderService;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Listens to every {@link LogReaderService}, after forwarding the entries that it has already collected. This is a plain
 * activator rather than a component, so that it listens before Declarative Services starts and can log errors from that start. It also limits what bundles print.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class LogBridge implements BundleActivator {
    private final OutputLimit output = new OutputLimit();
    private ServiceTracker<LogReaderService, LogForwarder> readers;

    /** Starts listening. Runs on the framework's start thread; does not block. */
    @Override
    public void start(BundleContext context) {
        readers = new ServiceTracker<>(context, LogReaderService.class, null) {
            @Override
            public LogForwarder addingService(ServiceReference<LogReaderService> reference) {
                LogForwarder forwarder = new LogForwarder();
                forwarder.attachReader(context.getService(reference));
                return forwarder;
            }

            @Override
            public void removedService(ServiceReference<LogReaderService> reference, LogForwarder forwarder) {
                forwarder.detachReader();
                context.ungetService(reference);
            }
        };
        readers.open();
        output.install();
    }

    /** Stops listening. */
    @Override
    public void stop(BundleContext context) {
        output.remove();
        readers.close();
    }
}
