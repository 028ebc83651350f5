package org.catseye.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.catseye.access.Caller;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Lists and changes the plug-ins of this device. A change is planned first; only an applied plan changes anything. Each change is recorded in
 * the audit log. The caller of this service has to check that the user has the permission ADMIN, because a plug-in can do everything that
 * Catseye can do. Thread-safe. One change runs at a time: a second one is refused with {@link PluginException.Reason#BUSY}.
 */
@ProviderType
public interface Plugins {

    /** The plug-ins in the order of their ids, with refused files of the drop folder. Reads files, so it blocks shortly. */
    List<Plugin> listPlugins();

    /** The bundles of the product, in the order of their names. */
    List<ProductBundle> listProductBundles();

    /** The last failed change of each plug-in, also of those that are not installed because of it. */
    List<RollBack> listRollBacks();

    /**
     * Examines a jar. Nothing that runs is changed. The plan expires after ten minutes; at most ten exist. What the jar needs is compared with
     * the manifests of the resolved bundles, without installing it. Therefore the plan does not find class loading conflicts (uses constraints)
     * and attributes of packages other than the version.
     *
     * @param fileName for the user only; the drop folder gets a name of its own
     * @param jar read to the end and not closed; blocks until then
     * @throws PluginException if the jar cannot be a plug-in, or there are too many plans
     * @throws IOException if the jar cannot be read to the end
     */
    PluginPlan planChange(String fileName, InputStream jar) throws PluginException, IOException;

    /**
     * The plan, with the signature and the concerns as they currently are: the trusted makers may have changed.
     *
     * @throws PluginException if there is no such plan, or it has expired
     */
    PluginPlan findPlan(String id) throws PluginException;

    /** @throws PluginException if there is no such plan */
    void discardPlan(String id) throws PluginException;

    /**
     * Puts the jar of a plan into the drop folder, and watches it. If it does not run, if a component no longer works that worked before, or if a
     * target lost its picture, the previous jar is restored. Blocks until the result is certain, up to the configured time of the trial plus a
     * few seconds. If the process ends before, the next start restores the previous jar.
     *
     * @param consent whether the user agrees to all {@link PluginPlan#concerns} that {@link #planChange} or {@link #findPlan} has returned last
     * @throws PluginException if the plan is unknown, its {@link PluginPlan#problems} prevent it, it has concerns and there is no consent, the
     *     installed version or the concerns have changed since, another change is running, or a file cannot be written
     * @throws InterruptedException if the thread was interrupted; the change goes on
     */
    PluginResult applyPlan(Caller by, String id, boolean consent) throws PluginException, InterruptedException;

    /**
     * Replaces a plug-in with a version that was kept when it was replaced, whether it is signed or not, unless its signature is damaged. The rest
     * is as for {@link #applyPlan}.
     *
     * @param version one of {@link Plugin#keptVersions}; of several with the same version, the newest is used
     */
    PluginResult restoreVersion(Caller by, String id, String version) throws PluginException, InterruptedException;

    /**
     * Starts or stops a plug-in. It stays as it is after a restart. Blocks for ten seconds at most.
     *
     * @throws PluginException if there is no such plug-in, or it did not stop or start in time
     */
    void setEnabled(Caller by, String id, boolean enabled) throws PluginException, InterruptedException;

    /**
     * Uninstalls a plug-in and deletes its jar and its kept versions. Blocks for ten seconds at most.
     *
     * @param settings whether its configurations are deleted as well
     * @throws PluginException if there is no such plug-in, or it could not be removed
     */
    void removePlugin(Caller by, String id, boolean settings) throws PluginException, InterruptedException;
}
