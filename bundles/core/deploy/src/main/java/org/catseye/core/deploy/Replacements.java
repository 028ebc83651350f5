package org.catseye.core.deploy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.BundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops a bundle when a newer version of it starts from the drop folder, and starts it again when the newer version is removed. Otherwise
 * both would run and serve the same device. FileInstall itself updates a bundle in place only if the version is the same. Runs on the
 * framework's event thread.
 */
@Component(service = {})
public final class Replacements implements BundleListener {

    private static final Logger LOG = LoggerFactory.getLogger(Replacements.class);

    private final BundleContext context;
    private final String folder;

    @Activate
    public Replacements(BundleContext context) {
        this.context = context;
        this.folder = String.valueOf(context.getProperty("felix.fileinstall.dir"));
    }

    /** Bundles that were dropped before this component was activated count too. */
    @Activate
    void activate() {
        context.addBundleListener(this);
        Arrays.stream(context.getBundles()).filter(bundle -> isDropped(bundle) && bundle.getState() == Bundle.ACTIVE)
                .forEach(this::stopOlderVersions);
    }

    @Deactivate
    void deactivate() {
        context.removeBundleListener(this);
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        if (!isDropped(event.getBundle())) {
            return;
        }
        if (event.getType() == BundleEvent.STARTED) {
            stopOlderVersions(event.getBundle());
        } else if (event.getType() == BundleEvent.STOPPED || event.getType() == BundleEvent.UNINSTALLED) {
            startNewestLeft(event.getBundle());
        }
    }

    private void stopOlderVersions(Bundle newer) {
        findOtherVersions(newer).filter(older -> older.getVersion().compareTo(newer.getVersion()) < 0 && older.getState() == Bundle.ACTIVE)
                .forEach(older -> changeAndLog(older, "stopped: its version " + newer.getVersion() + " in the drop folder replaces it",
                        () -> older.stop(Bundle.STOP_TRANSIENT)));
    }

    /** Starts the newest remaining version if none is running. */
    private void startNewestLeft(Bundle stopped) {
        List<Bundle> left = findOtherVersions(stopped).toList();
        boolean running = left.stream().anyMatch(bundle -> bundle.getState() == Bundle.ACTIVE || bundle.getState() == Bundle.STARTING);
        Optional<Bundle> next = left.stream().max(Comparator.comparing(Bundle::getVersion));
        if (!running && next.isPresent()) {
            changeAndLog(next.get(), "started again: its version " + stopped.getVersion() + " was removed from the drop folder",
                    () -> next.get().start());
        }
    }

    private Stream<Bundle> findOtherVersions(Bundle version) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle != version && bundle.getSymbolicName() != null
                        && bundle.getSymbolicName().equals(version.getSymbolicName()));
    }

    private boolean isDropped(Bundle bundle) {
        return bundle.getLocation().startsWith("file:" + folder);
    }

    private interface BundleChange {
        void changeState() throws BundleException;
    }

    private static void changeAndLog(Bundle bundle, String description, BundleChange change) {
        try {
            change.changeState();
            LOG.info("{} {} is {}", bundle.getSymbolicName(), bundle.getVersion(), description);
        } catch (BundleException e) {
            LOG.error("{} {} could not be {}", bundle.getSymbolicName(), bundle.getVersion(), description, e);
        }
    }
}
