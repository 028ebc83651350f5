package org.catseye.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * Makes the framework hold what the features list: installs what is new, updates what changed on disk, uninstalls what no feature lists
 * any more. Bundles that a person installed (web console, drop folder) have other locations and are left alone, and so is the
 * stopped state of a device's bundle when a person stopped it.
 */
final class BundleSync {
    private static final Logger LOG = Logger.getLogger("catseye.launcher");
    private final BundleContext framework;
    private final Path repository;
    private final JarMarks marks;

    BundleSync(BundleContext framework, Path repository, JarMarks marks) {
        this.framework = framework;
        this.repository = repository;
        this.marks = marks;
    }

    /** Throws only when a jar of the distribution is missing or broken: then the archive is damaged and a start makes no sense. */
    void apply(List<Feature> features) throws Refusal {
        Set<String> wanted = new HashSet<>();
        List<Bundle> fresh = new ArrayList<>();
        for (Feature feature : features) {
            for (Feature.Entry entry : feature.bundles()) {
                if (wanted.add(entry.artifact().location())) {
                    bring(feature, entry, fresh);
                }
            }
        }
        for (Bundle bundle : framework.getBundles()) {
            if (bundle.getLocation().startsWith("mvn:") && !wanted.contains(bundle.getLocation())) {
                uninstall(bundle);
            }
        }
        marks.save();
        fresh.forEach(BundleSync::start);
    }

    /** Starts what the features list even if a person has stopped it: somebody may have locked everybody out by that. */
    void startStopped(List<Feature> features) {
        for (Feature feature : features) {
            for (Feature.Entry entry : feature.bundles()) {
                Bundle bundle = framework.getBundle(entry.artifact().location());
                if (bundle != null && !fragment(bundle) && !bundle.adapt(BundleStartLevel.class).isPersistentlyStarted()) {
                    LOG.warning(bundle.getSymbolicName() + " had been stopped and is started again");
                    start(bundle);
                }
            }
        }
    }

    /** Whether the bundles up to this start level run. One that a newer version has replaced counts as running. */
    boolean isRunning(Feature feature, int maxLevel) {
        return feature.bundles().stream().filter(entry -> entry.startLevel() <= maxLevel).allMatch(entry -> {
            Bundle bundle = framework.getBundle(entry.artifact().location());
            return bundle != null && (fragment(bundle) || Arrays.stream(framework.getBundles())
                    .anyMatch(one -> (one.getState() & (Bundle.ACTIVE | Bundle.STARTING)) != 0 && bundle.getSymbolicName().equals(one.getSymbolicName())));
        });
    }

    /**
     * Repairs a running framework: installs what was uninstalled, takes back changed start levels and starts what was stopped.
     *
     * @param maxLevel the highest start level of the bundles that are repaired
     * @return what was repaired, one line each
     */
    List<String> repair(Feature feature, int maxLevel) throws Refusal {
        List<String> repaired = new ArrayList<>();
        List<Bundle> fresh = new ArrayList<>();
        List<Feature.Entry> entries = feature.bundles().stream().filter(entry -> entry.startLevel() <= maxLevel).toList();
        for (Feature.Entry entry : entries) {
            Bundle bundle = framework.getBundle(entry.artifact().location());
            if (bundle == null) {
                bring(feature, entry, fresh);
                repaired.add(entry.artifact().name() + " had been uninstalled and is installed again");
            } else if (bundle.adapt(BundleStartLevel.class).getStartLevel() != entry.startLevel()) {
                bundle.adapt(BundleStartLevel.class).setStartLevel(entry.startLevel());
                repaired.add(entry.artifact().name() + " has its start level again");
            }
        }
        marks.save();
        if (!fresh.isEmpty()) {
            // What still uses the uninstalled ones has to find the new ones.
            framework.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(null);
        }
        fresh.forEach(BundleSync::start);
        for (Feature.Entry entry : entries) {
            Bundle bundle = framework.getBundle(entry.artifact().location());
            if (bundle != null && !fragment(bundle) && bundle.getState() != Bundle.ACTIVE && bundle.getState() != Bundle.STARTING && !fresh.contains(bundle)) {
                repaired.add(entry.artifact().name() + " had been stopped and is started again");
                start(bundle);
            }
        }
        return repaired;
    }

    private void bring(Feature feature, Feature.Entry entry, List<Bundle> fresh) throws Refusal {
        Path jar = repository.resolve(entry.artifact().path());
        String location = entry.artifact().location();
        Bundle known = framework.getBundle(location);
        try {
            String mark = JarMarks.of(jar);
            if (known == null) {
                Bundle bundle = install(location, jar);
                if (bundle == null) {
                    return;
                }
                bundle.adapt(BundleStartLevel.class).setStartLevel(entry.startLevel());
                fresh.add(bundle);
            } else {
                if (!marks.same(location, mark)) {
                    try (InputStream in = Files.newInputStream(jar)) {
                        known.update(in);
                    }
                }
                keepStartLevel(known, entry.startLevel());
            }
            marks.put(location, mark);
        } catch (NoSuchFileException e) {
            throw new Refusal("feature " + feature.name() + " lists " + location.substring(4) + ", but " + jar + " is missing; unpack the archive again", e);
        } catch (BundleException | IOException e) {
            throw new Refusal("bundle " + jar + " of feature " + feature.name() + " is broken: " + Refusal.why(e) + "; unpack the archive again", e);
        }
    }

    /** A newer release may give another level to a bundle that is the same; the framework remembers the old one. */
    private static void keepStartLevel(Bundle bundle, int startLevel) {
        BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
        if (level.getStartLevel() != startLevel) {
            level.setStartLevel(startLevel);
        }
    }

    /** Null when a person already put this bundle in at the same version through the console or the drop folder: theirs stays. */
    private Bundle install(String location, Path jar) throws BundleException, IOException {
        try (InputStream in = Files.newInputStream(jar)) {
            return framework.installBundle(location, in);
        } catch (BundleException e) {
            if (e.getType() != BundleException.DUPLICATE_BUNDLE_ERROR) {
                throw e;
            }
            LOG.info(location.substring(4) + " is already installed from another place; that one is used");
            return null;
        }
    }

    private static void start(Bundle bundle) {
        if (fragment(bundle)) {
            return;
        }
        try {
            bundle.start(Bundle.START_ACTIVATION_POLICY);
        } catch (BundleException e) {
            LOG.log(Level.SEVERE, "bundle " + bundle.getSymbolicName() + " did not start", e);
        }
    }

    /** A fragment is part of its host and cannot be started. */
    static boolean fragment(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision != null && (revision.getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
    }

    private void uninstall(Bundle bundle) {
        marks.remove(bundle.getLocation());
        try {
            bundle.uninstall();
            LOG.info(bundle.getSymbolicName() + " is in no started feature and was taken out");
        } catch (BundleException e) {
            LOG.log(Level.WARNING, bundle.getSymbolicName() + " is in no started feature, but cannot be taken out", e);
        }
    }
}
