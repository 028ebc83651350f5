package org.catseye.itest.hostile.osgilog;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.service.log.LoggerFactory;

/** A plug-in that floods the log of OSGi, whose lines another thread forwards, until it is stopped. Packed alone into a jar. */
public final class OsgiLoggingPlugin implements BundleActivator {

    private static final int NAMES = 5_000;

    private volatile boolean stopped;

    @Override
    public void start(BundleContext context) {
        LoggerFactory log = context.getService(context.getServiceReference(LoggerFactory.class));
        Thread thread = new Thread(() -> flood(log), "flood of the log of OSGi");
        thread.setDaemon(true);
        thread.start();
    }

    private void flood(LoggerFactory log) {
        for (long line = 0; !stopped; line++) {
            log.getLogger("flood" + line % NAMES).warn("flood-of-the-log {}", line);
        }
    }

    @Override
    public void stop(BundleContext context) {
        stopped = true;
    }
}
