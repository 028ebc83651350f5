package org.catseye.itest.hostile.printing;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** A plug-in that prints without a pause, from several threads, until it is stopped. Packed alone into a jar. */
public final class PrintingPlugin implements BundleActivator {

    private static final int THREADS = 3;

    private volatile boolean stopped;

    @Override
    public void start(BundleContext context) {
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(this::flood, "flood of the output");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void flood() {
        for (long line = 0; !stopped; line++) {
            System.out.println("flood-of-the-output " + line);
            System.err.println("flood-of-the-errors " + line);
        }
    }

    @Override
    public void stop(BundleContext context) {
        stopped = true;
    }
}
