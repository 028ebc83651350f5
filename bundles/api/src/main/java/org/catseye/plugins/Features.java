package org.catseye.plugins;

import org.catseye.access.Caller;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Lists the features of the product, and switches them on and off while it runs. A change is planned first; only an applied plan changes
 * anything. It stays after a restart. Each change is recorded in the audit log. The caller of this service has to check that the user has the
 * permission ADMIN. Thread-safe. One change of plug-ins or features runs at a time: a second one is refused with
 * {@link PluginException.Reason#BUSY}. The service is missing if another program than the launcher has started the framework.
 */
@ProviderType
public interface Features {

    /** The base first, then the features in the order of their ids. Reads files, so it blocks shortly. */
    FeatureList listFeatures();

    /**
     * Examines a change. The plan expires after ten minutes; of more than ten, the oldest is discarded.
     *
     * @param by the user who would apply it; a plan that would end the user's own way to log in cannot be applied
     * @throws PluginException if there is no such feature
     */
    FeaturePlan planSwitch(Caller by, String feature, boolean on) throws PluginException;

    /** @throws PluginException if there is no such plan, or it has expired */
    FeaturePlan findPlan(String id) throws PluginException;

    /** @throws PluginException if there is no such plan */
    void discardPlan(String id) throws PluginException;

    /**
     * Starts or stops the bundles of a feature, and watches the effect. If one does not run, if a component no longer works that worked before,
     * or if a target of another bundle lost its picture, the previous state is restored. Blocks until the result is certain, up to the
     * configured time of the trial plus a few seconds. If the process ends before, the next start has the previous features.
     *
     * @return the result; its plug-in is the feature, its version is empty
     * @throws PluginException if the plan is unknown, its {@link FeaturePlan#problems} prevent it, the features have changed since, or another
     *     change is running
     * @throws InterruptedException if the thread was interrupted; the change goes on
     */
    PluginResult applyPlan(Caller by, String id) throws PluginException, InterruptedException;
}
