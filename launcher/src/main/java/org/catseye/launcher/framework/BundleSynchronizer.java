package org.catseye.launcher.framework;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.catseye.launcher.feature.Feature;
import org.catseye.launcher.refusal.StartRefusedException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * Brings the framework's bundles in line with the features: installs new ones, updates those whose jar has changed, restores those that
 * something else has changed, uninstalls those that no feature lists any more. Bundles that a user installed (web console, drop folder) have other locations and stay untouched. A
 * bundle that a user stopped stays stopped. Not thread-safe.
 */
public final class BundleSynchronizer {
    private static final Logger LOG = Logger.getLogger("catseye.launcher");
    static final String LOCATION_PREFIX = "mvn:";
    private final BundleContext framework;
    private final Path repository;
    private final JarFingerprints fingerprints;

    BundleSynchronizer(BundleContext framework, Path repository, JarFingerprints fingerprints) {
        this.framework = framework;
        this.repository = repository;
        this.fingerprints = fingerprints;
    }

    /** @throws StartRefusedException if a jar of the distribution is missing or broken: the archive is damaged then */
    void applyFeatures(List<Feature> features) throws StartRefusedException {
        Set<String> locations = new HashSet<>();
        List<Bundle> installed = new ArrayList<>();
        for (Feature feature : features) {
            for (Feature.Entry entry : feature.bundles()) {
                if (locations.add(entry.artifact().bundleLocation())) {
                    installOrUpdate(feature, entry).ifPresent(installed::add);
                }
            }
        }
        for (Bundle bundle : framework.getBundles()) {
            if (bundle.getLocation().startsWith(LOCATION_PREFIX) && !locations.contains(bundle.getLocation())) {
                uninstallBundle(bundle, "is in no started feature and was uninstalled");
            } else if (isFromFileInstall(bundle)) {
                uninstallBundle(bundle, "was installed by an earlier release; org.catseye.core.deploy installs it anew from the drop folder");
            }
        }
        fingerprints.saveIfChanged();
        installed.forEach(BundleSynchronizer::startBundle);
    }

    /** Earlier releases used Felix FileInstall, whose bundles the framework would start before everything else. */
    private boolean isFromFileInstall(Bundle bundle) {
        String folder = framework.getProperty(FrameworkProperties.DROP_FOLDER);
        return folder != null && bundle.getLocation().startsWith(new File(folder).toURI().toString());
    }

    /** Starts the bundles of these features even if a user has stopped them: that may have locked all users out. */
    void startStoppedBundles(List<Feature> features) {
        for (Feature feature : features) {
            for (Feature.Entry entry : feature.bundles()) {
                Bundle bundle = findBundle(entry);
                if (bundle != null && !isFragment(bundle) && !bundle.adapt(BundleStartLevel.class).isPersistentlyStarted()) {
                    LOG.warning(bundle.getSymbolicName() + " had been stopped and is started again");
                    startBundle(bundle);
                }
            }
        }
    }

    /** Whether the bundles up to this start level run. A bundle that a newer version has replaced counts as running. */
    boolean areBundlesRunning(Feature feature, int maxLevel) {
        return listEntries(feature, maxLevel).stream().allMatch(entry -> {
            Bundle bundle = findBundle(entry);
            return bundle != null && (isFragment(bundle) || isNameRunning(bundle));
        });
    }

    /** Whether this bundle or another version of it runs. */
    private boolean isNameRunning(Bundle bundle) {
        return Arrays.stream(framework.getBundles())
                .anyMatch(other -> isRunning(other) && bundle.getSymbolicName().equals(other.getSymbolicName()));
    }

    /**
     * Repairs a running framework: installs bundles that were uninstalled, restores changed bundles and start levels, and starts stopped
     * bundles.
     *
     * @param maxLevel the highest start level of the bundles that are repaired
     * @return what was repaired, one line each
     */
    List<String> repairBundles(Feature feature, int maxLevel) throws StartRefusedException {
        List<String> repaired = new ArrayList<>();
        List<Bundle> installed = installMissing(feature, maxLevel, repaired);
        fingerprints.saveIfChanged();
        if (!installed.isEmpty()) {
            // Bundles that still use the uninstalled or changed ones have to be wired to the new ones.
            framework.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(null);
        }
        installed.forEach(BundleSynchronizer::startBundle);
        for (Feature.Entry entry : listEntries(feature, maxLevel)) {
            Bundle bundle = findBundle(entry);
            if (bundle != null && !isFragment(bundle) && !isNameRunning(bundle) && !installed.contains(bundle)) {
                repaired.add(entry.artifact().name() + " had been stopped and is started again");
                startBundle(bundle);
            }
        }
        return repaired;
    }

    private List<Bundle> installMissing(Feature feature, int maxLevel, List<String> repaired) throws StartRefusedException {
        List<Bundle> installed = new ArrayList<>();
        for (Feature.Entry entry : listEntries(feature, maxLevel)) {
            Bundle bundle = findBundle(entry);
            if (bundle != null && fingerprints.isChangedByOthers(bundle.getLocation(), bundle.getLastModified())) {
                installOrUpdate(feature, entry);
                installed.add(bundle);
                repaired.add(entry.artifact().name() + " had been changed and is the product's own again");
            } else if (bundle == null) {
                installOrUpdate(feature, entry).ifPresent(installed::add);
                repaired.add(entry.artifact().name() + " had been uninstalled and is installed again");
            } else if (applyStartLevel(bundle, entry.startLevel())) {
                repaired.add(entry.artifact().name() + " has its start level again");
            }
        }
        return installed;
    }

    private static List<Feature.Entry> listEntries(Feature feature, int maxLevel) {
        return feature.bundles().stream().filter(entry -> entry.startLevel() <= maxLevel).toList();
    }

    /** Null if it is not installed. */
    private Bundle findBundle(Feature.Entry entry) {
        return framework.getBundle(entry.artifact().bundleLocation());
    }

    private static boolean isRunning(Bundle bundle) {
        return (bundle.getState() & (Bundle.ACTIVE | Bundle.STARTING)) != 0;
    }

    /** Returns the bundle if it is new, so that it has to be started. */
    Optional<Bundle> installOrUpdate(Feature feature, Feature.Entry entry) throws StartRefusedException {
        Path jar = repository.resolve(entry.artifact().repositoryPath());
        String location = entry.artifact().bundleLocation();
        String id = location.substring(LOCATION_PREFIX.length());
        try {
            String fingerprint = JarFingerprints.computeFingerprint(jar);
            Bundle known = framework.getBundle(location);
            Optional<Bundle> installed = Optional.empty();
            if (known == null) {
                installed = Optional.of(installBundle(location, jar));
            } else if (!fingerprints.isUnchanged(location, fingerprint, known.getLastModified())) {
                if (fingerprints.isChangedByOthers(location, known.getLastModified())) {
                    LOG.warning(known.getSymbolicName() + " had been changed, and is the product's own again");
                }
                updateBundle(known, jar);
            }
            // A newer release may give another level to an unchanged bundle; the framework remembers the old one.
            applyStartLevel(installed.orElse(known), entry.startLevel());
            fingerprints.storeFingerprint(location, fingerprint, installed.orElse(known).getLastModified());
            return installed;
        } catch (NoSuchFileException e) {
            throw new StartRefusedException("feature " + feature.name() + " lists " + id + ", but " + jar
                    + " is missing; unpack the archive again", e);
        } catch (BundleException | IOException e) {
            throw new StartRefusedException("bundle " + jar + " of feature " + feature.name() + " is broken: "
                    + StartRefusedException.describeCause(e)
                    + "; unpack the archive again", e);
        }
    }

    void saveFingerprints() throws StartRefusedException {
        fingerprints.saveIfChanged();
    }

    private static boolean applyStartLevel(Bundle bundle, int startLevel) {
        BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
        if (level.getStartLevel() == startLevel) {
            return false;
        }
        level.setStartLevel(startLevel);
        return true;
    }

    private Bundle installBundle(String location, Path jar) throws BundleException, IOException {
        try (InputStream in = Files.newInputStream(jar)) {
            return framework.installBundle(location, in);
        }
    }

    private static void updateBundle(Bundle bundle, Path jar) throws BundleException, IOException {
        try (InputStream in = Files.newInputStream(jar)) {
            bundle.update(in);
        }
    }

    private static void startBundle(Bundle bundle) {
        if (isFragment(bundle)) {
            return;
        }
        try {
            bundle.start(Bundle.START_ACTIVATION_POLICY);
        } catch (BundleException e) {
            LOG.log(Level.SEVERE, "bundle " + bundle.getSymbolicName() + " did not start", e);
        }
    }

    /** A fragment is part of its host and cannot be started. */
    public static boolean isFragment(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision != null && (revision.getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
    }

    void uninstallBundle(Bundle bundle, String reason) {
        fingerprints.removeFingerprint(bundle.getLocation());
        try {
            bundle.uninstall();
            LOG.info(bundle.getSymbolicName() + " " + reason);
        } catch (BundleException e) {
            LOG.log(Level.WARNING, bundle.getSymbolicName() + " cannot be uninstalled", e);
        }
    }
}
