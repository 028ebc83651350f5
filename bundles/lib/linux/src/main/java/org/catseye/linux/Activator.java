package org.catseye.linux;

import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/**
 * Registers the native functions when the bundle starts and unregisters them when it stops, so that an update leaves no native
 * thunks of the old class behind.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class Activator implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        Natives.start();
    }

    @Override
    public void stop(BundleContext context) {
        Natives.stop();
    }
}
