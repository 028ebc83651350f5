package org.catseye.core.deploy.version;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.catseye.core.deploy.jar.DroppedJar;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;

/** Installs, updates and uninstalls the bundles of the drop folder. Each has a location of its own, and no bundle of the product changes. */
final class DroppedBundles {

    /** Above the product's, so that they stop first. */
    private static final int START_LEVEL = 20;

    private final BundleContext framework;
    private final InstalledJars installed;

    DroppedBundles(BundleContext framework, InstalledJars installed) {
        this.framework = framework;
        this.installed = installed;
    }

    static boolean isDropped(Bundle bundle) {
        return bundle.getLocation().startsWith(DroppedJar.LOCATION_PREFIX);
    }

    Optional<Bundle> findBundle(DroppedJar jar) {
        return Optional.ofNullable(framework.getBundle(jar.location()));
    }

    /** Never the framework itself. */
    List<Bundle> listWithName(String symbolicName) {
        return Arrays.stream(framework.getBundles())
                .filter(bundle -> bundle.getBundleId() != Constants.SYSTEM_BUNDLE_ID && symbolicName.equals(bundle.getSymbolicName())).toList();
    }

    boolean isCurrent(DroppedJar jar) {
        return findBundle(jar).isPresent() && installed.isUnchanged(jar.location(), jar.digest());
    }

    /** Brings the framework's copy in line with the file. The bundle does not run afterwards. */
    Bundle installOrUpdate(DroppedJar jar) throws BundleException, IOException {
        Optional<Bundle> known = findBundle(jar);
        Bundle bundle;
        try (InputStream in = Files.newInputStream(jar.path())) {
            if (known.isPresent()) {
                bundle = known.get();
                bundle.stop(Bundle.STOP_TRANSIENT);
                bundle.update(in);
            } else {
                bundle = framework.installBundle(jar.location(), in);
                bundle.adapt(BundleStartLevel.class).setStartLevel(START_LEVEL);
            }
        }
        installed.storeDigest(jar.location(), jar.digest());
        return bundle;
    }

    /** The content that a bundle still has after its update to this jar has failed. */
    DroppedJar describePrevious(DroppedJar jar, Bundle bundle) {
        return new DroppedJar(jar.path(), jar.modified(), installed.findDigest(jar.location()), jar.symbolicName(), bundle.getVersion(),
                bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null);
    }

    void uninstall(Bundle bundle) throws BundleException {
        bundle.uninstall();
        installed.remove(bundle.getLocation());
    }

    /** Connects the bundles that used a removed or updated one with another, and those that a fragment extends with the fragment. */
    void refreshDependents(Optional<DroppedJar> fragment) {
        FrameworkWiring wiring = framework.getBundle(0).adapt(FrameworkWiring.class);
        if (!wiring.getRemovalPendingBundles().isEmpty()) {
            wiring.refreshBundles(null);
        }
        fragment.flatMap(this::findBundle).ifPresent(bundle -> {
            List<Bundle> hosts = Arrays.stream(framework.getBundles()).filter(host -> FragmentHost.isHost(bundle, host)).toList();
            if (!hosts.isEmpty()) {
                wiring.refreshBundles(hosts);
            }
        });
    }
}
