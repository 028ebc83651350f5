package org.catseye.plugins.health;

import org.catseye.plugins.PluginException;
import org.osgi.annotation.versioning.ProviderType;

/** For the watchdog: tells plug-ins from the bundles of the product, and stops them. Thread-safe. */
@ProviderType
public interface PluginControl {

    /** Whether the bundle with this location is a plug-in. Called often, so it returns immediately. */
    boolean isPlugin(String location);

    /**
     * Stops a plug-in as an administrator would who disables it: it stays stopped after a restart. The audit log gets an entry. Blocks for ten
     * seconds at most.
     *
     * @param id the symbolic name of the plug-in
     * @param reason why, as sentences, for the audit log
     * @throws PluginException BUSY if another plug-in or feature is being changed; FAILED if it does not stop in time, although it stays disabled
     *     after a restart
     */
    void stopPlugin(String id, String reason) throws PluginException, InterruptedException;
}
