package org.catseye.linux;

import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/** Ties the native functions to the bundle's life, so that an update leaves no thunk of the old class behind. */
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
