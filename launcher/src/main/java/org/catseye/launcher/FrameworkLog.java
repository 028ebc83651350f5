package org.catseye.launcher;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.ServiceReference;

/** Felix's own messages go where all messages go, instead of to stdout. */
final class FrameworkLog extends org.apache.felix.framework.Logger {
    private static final Logger LOG = Logger.getLogger("org.apache.felix.framework");

    @Override
    @SuppressWarnings("rawtypes") // as in the overridden method
    protected void doLog(Bundle bundle, ServiceReference service, int level, String message, Throwable cause) {
        // A failed start comes as a framework event too, with the bundle in it: said once, there.
        if (cause instanceof BundleException) {
            return;
        }
        Level jul = switch (level) {
            case LOG_ERROR -> Level.SEVERE;
            case LOG_WARNING -> Level.WARNING;
            default -> Level.FINE;
        };
        LOG.log(jul, bundle == null ? message : bundle.getSymbolicName() + ": " + message, cause);
    }

    /** What goes wrong while the framework brings bundles up or looks after them: bundle and cause, the rest keeps running. */
    static final class Failures implements FrameworkListener {
        @Override
        public void frameworkEvent(FrameworkEvent event) {
            if (event.getType() != FrameworkEvent.ERROR && event.getType() != FrameworkEvent.WARNING) {
                return;
            }
            Level level = event.getType() == FrameworkEvent.ERROR ? Level.SEVERE : Level.WARNING;
            Throwable cause = event.getThrowable();
            String name = event.getBundle().getSymbolicName();
            LOG.log(level, cause instanceof BundleException failure ? "bundle " + name + " did not start: " + words(failure) : name, cause);
        }

        private static String words(BundleException failure) {
            return switch (failure.getType()) {
                case BundleException.RESOLVE_ERROR -> "something it needs is not there";
                case BundleException.ACTIVATOR_ERROR -> "its activator failed";
                default -> "see the cause";
            };
        }
    }
}
