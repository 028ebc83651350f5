package org.catseye.plugins.health;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Measures the bundles, and stops plug-ins that stay over a limit. Thread-safe; the method returns immediately. */
@ProviderType
public interface BundleWatchdog {

    /**
     * The health of the bundles that have used processor time or have a thread, and of all plug-ins: those that run, those that the watchdog has
     * stopped, and those that were removed while a thread of them is still running. In the order of their names.
     */
    List<BundleHealth> listHealth();
}
