package org.catseye.core.log;

import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.LogReaderService;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Listens to every {@link LogReaderService} there is and first hands on what it had already collected. A plain activator and not a
 * component, so that it listens before Declarative Services starts and can report how that goes.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class LogBridge implements BundleActivator {
    private ServiceTracker<LogReaderService, Forwarder> readers;

    /** Starts to listen; on the framework's start thread, without blocking. */
    @Override
    public void start(BundleContext context) {
        readers = new ServiceTracker<>(context, LogReaderService.class, null) {
            @Override
            public Forwarder addingService(ServiceReference<LogReaderService> reference) {
                Forwarder forwarder = new Forwarder();
                forwarder.attach(context.getService(reference));
                return forwarder;
            }

            @Override
            public void removedService(ServiceReference<LogReaderService> reference, Forwarder forwarder) {
                forwarder.detach();
                context.ungetService(reference);
            }
        };
        readers.open();
    }

    /** Stops to listen. */
    @Override
    public void stop(BundleContext context) {
        readers.close();
    }
}
