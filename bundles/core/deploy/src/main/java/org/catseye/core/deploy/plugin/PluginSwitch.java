package org.catseye.core.deploy.plugin;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.catseye.core.deploy.DropFolder;
import org.catseye.core.deploy.jar.DroppedJar;
import org.catseye.core.deploy.version.JarResults.Kind;
import org.catseye.plugins.PluginException;
import org.catseye.plugins.PluginException.Reason;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Starts, stops and removes plug-ins. One change at a time; the caller sees to it. */
final class PluginSwitch {

    private final BundleContext framework;
    private final DropFolder folder;
    private final SettingsForms forms;

    PluginSwitch(BundleContext framework, DropFolder folder, SettingsForms forms) {
        this.framework = framework;
        this.folder = folder;
        this.forms = forms;
    }

    void setEnabled(DroppedJar jar, boolean enabled) throws PluginException, InterruptedException {
        if (jar.fragment()) {
            throw new PluginException(Reason.CONFLICT, "This plug-in is part of another bundle (a fragment). It can only be removed.");
        }
        if (folder.isStopped(jar) != enabled) {
            return;
        }
        folder.setStopped(jar, !enabled);
        if (!JarTrials.awaitTrue(() -> isSwitched(jar, enabled))) {
            throw new PluginException(Reason.FAILED, enabled ? "The plug-in has not started within ten seconds." : "The plug-in has not stopped within ten seconds.");
        }
    }

    private boolean isSwitched(DroppedJar jar, boolean enabled) {
        boolean stopped = folder.findResult(jar.fileName(), jar.digest()).filter(result -> result.kind() == Kind.STOPPED_BY_USER).isPresent();
        return enabled ? !stopped : stopped && findBundle(jar).filter(bundle -> bundle.getState() == Bundle.ACTIVE || bundle.getState() == Bundle.STOPPING).isEmpty();
    }

    private Optional<Bundle> findBundle(DroppedJar jar) {
        return Optional.ofNullable(framework.getBundle(jar.location()));
    }

    /** A file without a bundle, because it was refused. */
    void removeFile(String fileName) throws PluginException {
        try {
            folder.changes().removeJar(fileName);
        } catch (IOException e) {
            throw new PluginException(Reason.FAILED, "The file could not be deleted: " + e.getMessage() + ".", e);
        }
    }

    /** @param settings whether the configurations are deleted that only this plug-in describes */
    void removePlugin(DroppedJar jar, boolean settings) throws PluginException, InterruptedException {
        Set<String> pids = settings ? findBundle(jar).map(forms::listOwnPids).orElse(Set.of()) : Set.of();
        removeFile(jar.fileName());
        if (!JarTrials.awaitTrue(() -> findBundle(jar).isEmpty())) {
            throw new PluginException(Reason.FAILED, "The file is deleted, but the plug-in has not stopped within ten seconds.");
        }
        try {
            if (folder.listJars().stream().noneMatch(other -> other.symbolicName().equals(jar.symbolicName()))) {
                folder.changes().forgetPlugin(jar.symbolicName());
            }
            forms.deleteConfigurations(pids);
        } catch (IOException e) {
            throw new PluginException(Reason.FAILED, "The plug-in is removed, but not everything that belongs to it: " + e.getMessage() + ".", e);
        }
    }
}
