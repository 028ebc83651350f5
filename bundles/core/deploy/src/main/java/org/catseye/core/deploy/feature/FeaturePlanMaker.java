package org.catseye.core.deploy.feature;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.catseye.core.deploy.feature.LauncherFeatures.KnownBundle;
import org.catseye.core.deploy.feature.LauncherFeatures.KnownFeature;
import org.catseye.core.deploy.feature.LauncherFeatures.State;
import org.catseye.core.deploy.jar.DroppedJar;
import org.catseye.core.deploy.manifest.MissingRequirements;
import org.catseye.core.deploy.running.BundleParts;
import org.catseye.core.deploy.running.TargetPictures;
import org.catseye.plugins.Feature.Obstacle;
import org.catseye.plugins.FeaturePlan;
import org.catseye.plugins.PluginPlan.AffectedTarget;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.FrameworkWiring;

/** Describes what switching a feature would change, without changing anything. */
final class FeaturePlanMaker {

    private static final String AUTHENTICATOR = "org.catseye.access.spi.";

    private final BundleContext framework;
    private final TargetPictures pictures;

    FeaturePlanMaker(BundleContext framework, TargetPictures pictures) {
        this.framework = framework;
        this.pictures = pictures;
    }

    /** @param ownAccount whether the user who would apply the plan has an account of this device */
    FeaturePlan makePlan(State state, KnownFeature feature, boolean on, boolean ownAccount, Instant expires) {
        List<KnownBundle> changed = listChanged(state, feature);
        List<Bundle> stopped = on ? List.of() : findInstalled(changed);
        List<String> problems = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        feature.obstacle().map(obstacle -> describeObstacle(feature, obstacle)).ifPresent(problems::add);
        if (feature.on() == on) {
            problems.add(feature.name() + " is already switched " + (on ? "on." : "off."));
        } else if (on) {
            problems.addAll(findMissing(changed));
        } else {
            problems.addAll(findDependents(stopped));
            examineLogin(stopped, ownAccount, problems, warnings);
        }
        List<String> names = changed.stream().map(KnownBundle::name).toList();
        return new FeaturePlan(UUID.randomUUID().toString(), expires, feature.id(), feature.name(), on, problems, warnings, on ? names : List.of(), on ? List.of() : names,
                listTargets(stopped));
    }

    /** The bundles that no other feature has that is on. */
    static List<KnownBundle> listChanged(State state, KnownFeature feature) {
        Set<String> others = state.features().stream().filter(each -> each.on() && !each.id().equals(feature.id())).flatMap(each -> each.bundles().stream())
                .map(KnownBundle::location).collect(Collectors.toSet());
        return feature.bundles().stream().filter(bundle -> !others.contains(bundle.location())).toList();
    }

    private List<Bundle> findInstalled(List<KnownBundle> bundles) {
        return bundles.stream().map(KnownBundle::location).map(framework::getBundle).filter(bundle -> bundle != null).toList();
    }

    private static String describeObstacle(KnownFeature feature, Obstacle obstacle) {
        return switch (obstacle) {
            case BASE -> "Nothing works without it, the login and this page included.";
            case COMMAND_LINE -> "It is on because of --feature or CATSEYE_FEATURES. Remove " + feature.id() + " there, and restart Catseye.";
            case START -> "It changes how Catseye starts. Start Catseye with --feature " + feature.id() + ", or without it.";
            case SAFE_MODE -> "Catseye runs in the safe mode, in which no choice is kept.";
        };
    }

    /** The bundles of a feature may need each other. */
    private List<String> findMissing(List<KnownBundle> added) {
        List<String> problems = new ArrayList<>();
        List<Manifest> manifests = new ArrayList<>();
        for (KnownBundle bundle : added) {
            try (JarFile jar = new JarFile(Path.of(bundle.file()).toFile(), false)) {
                manifests.add(Optional.ofNullable(jar.getManifest()).orElseGet(Manifest::new));
            } catch (IOException e) {
                problems.add("The file of " + bundle.name() + " is missing or damaged. Unpack the archive of Catseye again.");
            }
        }
        MissingRequirements missing = new MissingRequirements(Arrays.stream(framework.getBundles()));
        for (Manifest manifest : manifests) {
            problems.addAll(missing.findMissing(header -> Set.of(Constants.EXPORT_PACKAGE, Constants.PROVIDE_CAPABILITY).contains(header)
                    ? manifests.stream().map(each -> readHeader(each, header)).filter(text -> !text.isEmpty()).collect(Collectors.joining(","))
                    : readHeader(manifest, header)));
        }
        return problems.stream().distinct().toList();
    }

    private static String readHeader(Manifest manifest, String name) {
        return Optional.ofNullable(manifest.getMainAttributes().getValue(name)).orElse("");
    }

    /** Bundles that use classes of the stopped ones would stop as well. */
    private List<String> findDependents(List<Bundle> stopped) {
        Collection<Bundle> closure = framework.getBundle(0).adapt(FrameworkWiring.class).getDependencyClosure(stopped);
        return closure.stream().filter(bundle -> !stopped.contains(bundle)).map(bundle -> bundle.getLocation().startsWith(DroppedJar.LOCATION_PREFIX)
                ? "The plug-in " + bundle.getSymbolicName() + " uses it. Disable or remove the plug-in first."
                : "The bundle " + bundle.getSymbolicName() + " uses it, and would have to be restarted.").sorted().toList();
    }

    private static void examineLogin(List<Bundle> stopped, boolean ownAccount, List<String> problems, List<String> warnings) {
        if (stopped.stream().noneMatch(FeaturePlanMaker::providesLogin)) {
            return;
        }
        if (!ownAccount) {
            problems.add("Your own account may come from it. Log in as a user of this device first.");
        }
        warnings.add("Its users cannot log in any more. The users of this device still can.");
    }

    private static boolean providesLogin(Bundle bundle) {
        return Stream.of(Optional.ofNullable(bundle.getRegisteredServices()).orElse(new ServiceReference<?>[0]))
                .flatMap(service -> Arrays.stream((String[]) service.getProperty(Constants.OBJECTCLASS))).anyMatch(name -> name.startsWith(AUTHENTICATOR));
    }

    private List<AffectedTarget> listTargets(List<Bundle> stopped) {
        return stopped.stream().flatMap(bundle -> BundleParts.listTargets(bundle).stream()).distinct().sorted()
                .map(target -> new AffectedTarget(target, pictures.countViewers(target))).toList();
    }
}
