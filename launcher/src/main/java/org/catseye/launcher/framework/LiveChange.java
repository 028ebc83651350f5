package org.catseye.launcher.framework;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.catseye.launcher.feature.Feature;
import org.catseye.launcher.refusal.StartRefusedException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * Brings the bundles of a running framework in line with other features. Bundles that no feature has any more are stopped and uninstalled, those of
 * the highest start level first. Missing ones are installed, and started from the lowest start level on. Others are not touched.
 * A change that ends early leaves bundles that are installed and do not run; the next one starts those that it needs. Not thread-safe.
 */
final class LiveChange {
    private static final Logger LOG = Logger.getLogger("catseye.launcher");
    private static final long REFRESH_SECONDS = 10;
    private final BundleContext framework;
    private final BundleSynchronizer bundles;
    private final Set<String> unstarted;
    private final BooleanSupplier abandoned;

    /**
     * @param unstarted locations of the bundles that earlier changes have stopped or installed, and not started; changes update it
     * @param abandoned asked before each step; the change ends there if it is true
     */
    LiveChange(BundleContext framework, BundleSynchronizer bundles, Set<String> unstarted, BooleanSupplier abandoned) {
        this.framework = framework;
        this.bundles = bundles;
        this.unstarted = unstarted;
        this.abandoned = abandoned;
    }

    /**
     * @throws StartRefusedException naming the bundle that cannot be installed or started, or if the change is abandoned; some may have been
     *     changed then
     */
    void applyFeatures(List<Feature> features) throws StartRefusedException {
        Map<String, Feature> owners = new LinkedHashMap<>();
        List<Feature.Entry> entries = new ArrayList<>();
        for (Feature feature : features) {
            for (Feature.Entry entry : feature.bundles()) {
                if (owners.putIfAbsent(entry.artifact().bundleLocation(), feature) == null) {
                    entries.add(entry);
                }
            }
        }
        try {
            removeOthers(owners.keySet());
            addMissing(entries, owners);
        } finally {
            bundles.saveFingerprints();
        }
    }

    private void removeOthers(Collection<String> locations) throws StartRefusedException {
        List<Bundle> removed = Arrays.stream(framework.getBundles())
                .filter(bundle -> bundle.getLocation().startsWith(BundleSynchronizer.LOCATION_PREFIX) && !locations.contains(bundle.getLocation()))
                .sorted(Comparator.comparingInt(LiveChange::readStartLevel).thenComparingLong(Bundle::getBundleId).reversed()).toList();
        for (Bundle bundle : removed) {
            requireNotAbandoned();
            stopBundle(bundle);
        }
        for (Bundle bundle : removed) {
            requireNotAbandoned();
            bundles.uninstallBundle(bundle, "is in no feature any more and was uninstalled");
            unstarted.remove(bundle.getLocation());
        }
        // An abandoned change may have left some of these.
        List<Bundle> replaced = Stream.concat(removed.stream(), wiring().getRemovalPendingBundles().stream()
                .filter(bundle -> bundle.getLocation().startsWith(BundleSynchronizer.LOCATION_PREFIX))).distinct().toList();
        if (!replaced.isEmpty()) {
            requireNotAbandoned();
            refreshBundles(replaced);
        }
    }

    private void requireNotAbandoned() throws StartRefusedException {
        if (abandoned.getAsBoolean()) {
            throw new StartRefusedException("the change was abandoned");
        }
    }

    /** If the process ends before the bundle is uninstalled, or the change is undone, the next start of the framework starts it again. */
    private void stopBundle(Bundle bundle) {
        if ((bundle.getState() & (Bundle.ACTIVE | Bundle.STARTING)) != 0) {
            unstarted.add(bundle.getLocation());
        }
        try {
            bundle.stop(Bundle.STOP_TRANSIENT);
        } catch (BundleException e) {
            // It is stopped all the same.
            LOG.log(Level.WARNING, bundle.getSymbolicName() + " did not stop cleanly", e);
        }
    }

    private FrameworkWiring wiring() {
        return framework.getBundle(0).adapt(FrameworkWiring.class);
    }

    private static int readStartLevel(Bundle bundle) {
        return bundle.adapt(BundleStartLevel.class).getStartLevel();
    }

    /** Until then, the classes of an uninstalled bundle stay, and a new copy of it could be connected with them. */
    private void refreshBundles(List<Bundle> removed) throws StartRefusedException {
        CountDownLatch refreshed = new CountDownLatch(1);
        wiring().refreshBundles(removed, event -> refreshed.countDown());
        try {
            if (!refreshed.await(REFRESH_SECONDS, TimeUnit.SECONDS)) {
                throw new StartRefusedException("the bundles that use " + removed.get(0).getSymbolicName() + " have not stopped in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartRefusedException("Catseye is stopping", e);
        }
    }

    private void addMissing(List<Feature.Entry> entries, Map<String, Feature> owners) throws StartRefusedException {
        List<Bundle> added = new ArrayList<>();
        for (Feature.Entry entry : entries) {
            String location = entry.artifact().bundleLocation();
            Bundle known = framework.getBundle(location);
            if (known == null) {
                requireNotAbandoned();
                bundles.installOrUpdate(owners.get(location), entry).ifPresent(added::add);
                unstarted.add(location);
            } else if (unstarted.contains(location)) {
                added.add(known);
            }
        }
        added.sort(Comparator.comparingInt(LiveChange::readStartLevel));
        for (Bundle bundle : added) {
            requireNotAbandoned();
            startBundle(bundle);
            unstarted.remove(bundle.getLocation());
        }
    }

    private static void startBundle(Bundle bundle) throws StartRefusedException {
        if (BundleSynchronizer.isFragment(bundle)) {
            return;
        }
        try {
            bundle.start(Bundle.START_ACTIVATION_POLICY);
        } catch (BundleException e) {
            throw new StartRefusedException("the bundle " + bundle.getSymbolicName() + " did not start: " + findCause(e), e);
        }
    }

    /** The exception of the framework only says that there is another one. */
    private static String findCause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return StartRefusedException.describeCause(cause);
    }
}
