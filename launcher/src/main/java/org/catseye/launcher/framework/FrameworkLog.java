package org.catseye.launcher.framework;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.ServiceReference;

/** Sends Felix's own messages to the log instead of stdout. */
final class FrameworkLog extends org.apache.felix.framework.Logger {
    private static final Logger LOG = Logger.getLogger("org.apache.felix.framework");

    @Override
    @SuppressWarnings("rawtypes") // as in the overridden method
    protected void doLog(Bundle bundle, ServiceReference service, int level, String message, Throwable cause) {
        // A failed start is also a framework event, which names the bundle. It is logged once, there.
        if (cause instanceof BundleException) {
            return;
        }
        Level julLevel = switch (level) {
            case LOG_ERROR -> Level.SEVERE;
            case LOG_WARNING -> Level.WARNING;
            default -> Level.FINE;
        };
        LOG.log(julLevel, bundle == null ? message : bundle.getSymbolicName() + ": " + message, cause);
    }

    /** Logs errors and warnings of the framework with bundle and cause. Everything else keeps running. */
    static final class FailureListener implements FrameworkListener {
        @Override
        public void frameworkEvent(FrameworkEvent event) {
            if (event.getType() != FrameworkEvent.ERROR && event.getType() != FrameworkEvent.WARNING) {
                return;
            }
            Level level = event.getType() == FrameworkEvent.ERROR ? Level.SEVERE : Level.WARNING;
            Throwable cause = event.getThrowable();
            String name = event.getBundle().getSymbolicName();
            LOG.log(level, cause instanceof BundleException failure ? "bundle " + name + " did not start: " + describeFailure(failure) : name, cause);
        }

        private static String describeFailure(BundleException failure) {
            return switch (failure.getType()) {
                case BundleException.RESOLVE_ERROR -> "a package or capability that it needs is missing";
                case BundleException.ACTIVATOR_ERROR -> "its activator failed";
                default -> "see the cause";
            };
        }
    }
}
