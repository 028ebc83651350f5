package org.catseye.itest.hostile.spinning;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** A plug-in whose thread uses a core for ever, and goes on after its stop. Packed alone into a jar: no nested classes. */
public final class SpinningPlugin implements BundleActivator {

    private long rounds;

    @Override
    public void start(BundleContext context) {
        Thread thread = new Thread(this::spin, "endless");
        thread.setDaemon(true);
        thread.start();
    }

    private void spin() {
        while (rounds >= 0) {
            rounds = (rounds + 1) % Integer.MAX_VALUE;
        }
    }

    @Override
    public void stop(BundleContext context) {
        // It does not care.
    }
}
