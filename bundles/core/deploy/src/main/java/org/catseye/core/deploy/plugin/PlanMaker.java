package org.catseye.core.deploy.plugin;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.catseye.core.deploy.DropFolder;
import org.catseye.core.deploy.jar.DroppedJar;
import org.catseye.core.deploy.jar.JarContent;
import org.catseye.core.deploy.manifest.MissingRequirements;
import org.catseye.core.deploy.manifest.PluginHeaders;
import org.catseye.core.deploy.running.BundleParts;
import org.catseye.core.deploy.running.RunningBundles;
import org.catseye.core.deploy.running.TargetPictures;
import org.catseye.core.deploy.signature.JarSignature;
import org.catseye.plugins.PluginDescription;
import org.catseye.plugins.PluginException;
import org.catseye.plugins.PluginException.Reason;
import org.catseye.plugins.PluginPlan;
import org.catseye.plugins.PluginPlan.AffectedTarget;
import org.catseye.plugins.PluginPlan.Kind;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;

/** Describes what a jar would change, without changing anything. */
final class PlanMaker {

    private final BundleContext framework;
    private final DropFolder folder;
    private final TargetPictures pictures;
    private final PluginReader plugins;
    private final PlanConcerns concerns;

    PlanMaker(BundleContext framework, DropFolder folder, TargetPictures pictures, PluginReader plugins, PlanConcerns concerns) {
        this.framework = framework;
        this.folder = folder;
        this.pictures = pictures;
        this.plugins = plugins;
        this.concerns = concerns;
    }

    StagedPlan makePlan(String id, Instant expires, String fileName, Path jar) throws PluginException {
        JarContent content = readContent(jar);
        Optional<String> refusal = folder.findProblem(content);
        if (refusal.isPresent()) {
            throw new PluginException(Reason.UNUSABLE, "This file cannot be installed: " + refusal.get() + ".");
        }
        String name = content.symbolicName().orElseThrow();
        PluginDescription plugin = PluginHeaders.describe(name, content.headers());
        JarSignature signature = readSignature(jar);
        List<DroppedJar> present = folder.listJars().stream().filter(each -> each.symbolicName().equals(name)).toList();
        Optional<DroppedJar> replaced = present.stream().findFirst();
        Optional<Version> installed = replaced.map(DroppedJar::version).or(() -> findProductBundle(name).map(Bundle::getVersion));
        Kind kind = installed.map(version -> compareVersions(content.parseVersion(), version)).orElse(Kind.INSTALL);
        PluginPlan plan = new PluginPlan(id, expires, fileName, plugin, kind, installed.map(Version::toString), listProblems(content, present, kind, signature),
                listWarnings(name, replaced), listTargets(name), listNewPermissions(plugin, replaced), List.of());
        return concerns.assess(new StagedPlan(plan, jar, content, signature, replaced));
    }

    private static JarContent readContent(Path jar) throws PluginException {
        try {
            return JarContent.readFile(jar);
        } catch (IOException e) {
            throw new PluginException(Reason.UNUSABLE, "This file is not a whole jar: " + e.getMessage() + ".", e);
        }
    }

    private static JarSignature readSignature(Path jar) throws PluginException {
        try {
            return JarSignature.readFile(jar);
        } catch (IOException | RuntimeException e) {
            throw new PluginException(Reason.UNUSABLE, "The signature of this file cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static Kind compareVersions(Version offered, Version installed) {
        int difference = offered.compareTo(installed);
        return difference == 0 ? Kind.SAME_VERSION : difference > 0 ? Kind.UPDATE : Kind.STEP_BACK;
    }

    private List<String> listProblems(JarContent content, List<DroppedJar> present, Kind kind, JarSignature signature) throws PluginException {
        List<String> problems = new ArrayList<>();
        String name = content.symbolicName().orElseThrow();
        if (present.size() > 1) {
            problems.add("The drop folder has several files of this plug-in: " + String.join(", ", present.stream().map(DroppedJar::fileName).sorted().toList())
                    + ". Remove all but one of them first.");
        }
        if (present.stream().anyMatch(jar -> jar.digest().equals(content.digest()))) {
            problems.add("Exactly this file is already installed.");
        }
        findProductBundle(name).filter(bundle -> bundle.getVersion().compareTo(content.parseVersion()) > 0).ifPresent(bundle ->
                problems.add("Catseye contains the version " + bundle.getVersion() + " of it, which is newer and would run in its place."));
        if (!present.isEmpty()) {
            findDowngrade(content, name, kind).ifPresent(problems::add);
        }
        if (signature.isDamaged()) {
            problems.add("The signature of the file does not match the file: " + signature.reason() + ".");
        }
        problems.addAll(findMissing(content, name));
        return problems;
    }

    private Optional<String> findDowngrade(JarContent content, String name, Kind kind) {
        if (kind == Kind.STEP_BACK) {
            return Optional.of("This version is older than the installed one. Restore a kept version, or remove the plug-in first.");
        }
        return folder.changes().history().findHighestVersion(name).filter(highest -> highest.compareTo(content.parseVersion()) > 0)
                .map(highest -> "This version is older than " + highest + ", which ran before. Remove the plug-in first if you need this version.");
    }

    private List<String> findMissing(JarContent content, String name) throws PluginException {
        Predicate<Bundle> replaced = bundle -> name.equals(bundle.getSymbolicName());
        try {
            return new MissingRequirements(Arrays.stream(framework.getBundles()).filter(replaced.negate()))
                    .findMissing(header -> Optional.ofNullable(content.headers().getValue(header)).orElse(""));
        } catch (IllegalArgumentException e) {
            throw new PluginException(Reason.UNUSABLE, "This file cannot be installed: its manifest is malformed (" + e.getMessage() + ").", e);
        }
    }

    private List<String> listWarnings(String name, Optional<DroppedJar> replaced) {
        List<String> warnings = new ArrayList<>();
        if (replaced.isEmpty() && findProductBundle(name).isPresent()) {
            warnings.add("It takes the place of a part of Catseye.");
        }
        if (replaced.filter(folder::isStopped).isPresent()) {
            warnings.add("The plug-in is disabled. The new version will be enabled.");
        }
        return warnings;
    }

    private List<AffectedTarget> listTargets(String name) {
        return Arrays.stream(framework.getBundles()).filter(bundle -> name.equals(bundle.getSymbolicName()) && RunningBundles.isRunning(bundle))
                .flatMap(bundle -> BundleParts.listTargets(bundle).stream()).distinct().sorted()
                .map(target -> new AffectedTarget(target, pictures.countViewers(target))).toList();
    }

    private List<String> listNewPermissions(PluginDescription plugin, Optional<DroppedJar> replaced) {
        List<String> before = replaced.flatMap(jar -> plugins.describeJar(jar).permissions()).orElse(List.of());
        return plugin.permissions().orElse(List.of()).stream().filter(permission -> !before.contains(permission)).toList();
    }

    private Optional<Bundle> findProductBundle(String name) {
        return Arrays.stream(framework.getBundles())
                .filter(bundle -> name.equals(bundle.getSymbolicName()) && !bundle.getLocation().startsWith(DroppedJar.LOCATION_PREFIX)).findFirst();
    }
}
