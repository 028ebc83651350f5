package org.catseye.itest.hostile.threads;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** A plug-in that starts thousands of threads, slowly, and ends none of them. Packed alone into a jar. */
public final class ThreadsPlugin implements BundleActivator {

    private static final int MANY = 5_000;

    private final CountDownLatch never = new CountDownLatch(1);

    @Override
    public void start(BundleContext context) {
        startDaemon(this::startMany);
    }

    private void startMany() {
        try {
            for (int i = 0; i < MANY; i++) {
                startDaemon(this::waitForever);
                TimeUnit.MILLISECONDS.sleep(5);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void waitForever() {
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void startDaemon(Runnable task) {
        Thread thread = new Thread(task, "one of many");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void stop(BundleContext context) {
        // It does not care.
    }
}
