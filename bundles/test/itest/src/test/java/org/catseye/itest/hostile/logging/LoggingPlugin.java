package org.catseye.itest.hostile.logging;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.slf4j.LoggerFactory;

/** A plug-in that logs without a pause, with names that look like many places, until it is stopped. Packed alone into a jar. */
public final class LoggingPlugin implements BundleActivator {

    private static final int NAMES = 5_000;

    private volatile boolean stopped;

    @Override
    public void start(BundleContext context) {
        Thread thread = new Thread(this::flood, "flood of the log");
        thread.setDaemon(true);
        thread.start();
    }

    private void flood() {
        for (long line = 0; !stopped; line++) {
            LoggerFactory.getLogger("flood." + line % NAMES).info("flood-of-the-log {}", line);
        }
    }

    @Override
    public void stop(BundleContext context) {
        stopped = true;
    }
}
