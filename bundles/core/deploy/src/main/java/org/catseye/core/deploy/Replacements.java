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
 * Lets a newer version in the drop folder take the place of a bundle, and the older one come back when the newer is taken away. Without it
 * both would run, and serve one device twice. FileInstall itself updates in place only what has the very same version. Runs on the
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

    /** What was dropped before this component came counts too. */
    @Activate
    void activate() {
        context.addBundleListener(this);
        Arrays.stream(context.getBundles()).filter(bundle -> dropped(bundle) && bundle.getState() == Bundle.ACTIVE).forEach(this::takeOver);
    }

    @Deactivate
    void deactivate() {
        context.removeBundleListener(this);
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        if (!dropped(event.getBundle())) {
            return;
        }
        if (event.getType() == BundleEvent.STARTED) {
            takeOver(event.getBundle());
        } else if (event.getType() == BundleEvent.STOPPED || event.getType() == BundleEvent.UNINSTALLED) {
            giveBack(event.getBundle());
        }
    }

    private void takeOver(Bundle newer) {
        namesakes(newer).filter(older -> older.getVersion().compareTo(newer.getVersion()) < 0 && older.getState() == Bundle.ACTIVE)
                .forEach(older -> attempt(older, "stopped: its version " + newer.getVersion() + " in the drop folder takes its place",
                        () -> older.stop(Bundle.STOP_TRANSIENT)));
    }

    /** The newest one left runs, if none does. */
    private void giveBack(Bundle gone) {
        List<Bundle> left = namesakes(gone).toList();
        boolean served = left.stream().anyMatch(bundle -> bundle.getState() == Bundle.ACTIVE || bundle.getState() == Bundle.STARTING);
        Optional<Bundle> next = left.stream().max(Comparator.comparing(Bundle::getVersion));
        if (!served && next.isPresent()) {
            attempt(next.get(), "started again: its version " + gone.getVersion() + " is gone from the drop folder", () -> next.get().start());
        }
    }

    private Stream<Bundle> namesakes(Bundle of) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle != of && bundle.getSymbolicName() != null && bundle.getSymbolicName().equals(of.getSymbolicName()));
    }

    private boolean dropped(Bundle bundle) {
        return bundle.getLocation().startsWith("file:" + folder);
    }

    private interface Change {
        void make() throws BundleException;
    }

    private static void attempt(Bundle bundle, String what, Change change) {
        try {
            change.make();
            LOG.info("{} {} is {}", bundle.getSymbolicName(), bundle.getVersion(), what);
        } catch (BundleException e) {
            LOG.error("{} {} could not be {}", bundle.getSymbolicName(), bundle.getVersion(), what, e);
        }
    }
}
