package org.catseye.core.deploy.trial;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.catseye.core.deploy.DropFolder;
import org.catseye.core.deploy.jar.DroppedJar;
import org.catseye.core.deploy.running.ActivationProbe;
import org.catseye.core.deploy.running.BundleParts;
import org.catseye.core.deploy.running.BundleProbes;
import org.catseye.core.deploy.running.ComponentStates;
import org.catseye.core.deploy.running.ComponentStates.ComponentState;
import org.catseye.core.deploy.running.ComponentStates.Lack;
import org.catseye.core.deploy.running.RunningBundles;
import org.catseye.core.deploy.running.TargetPictures;
import org.catseye.core.deploy.version.JarResults.Result;
import org.catseye.plugins.PluginPart;
import org.catseye.plugins.PluginPart.Kind;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.log.LogReaderService;

/** Compares what works after a change with what worked before. Thread-safe. */
public final class TrialWatch {

    /**
     * How long a new version has to work without interruption before it stays.
     *
     * @param pictureMillis the same if a target has a picture: longer than the last picture of a replaced device is shown
     */
    public record SettleTimes(long millis, long pictureMillis) {

        public static final SettleTimes USUAL = new SettleTimes(2_000, 4_000);
    }

    private final BundleContext framework;
    private final DropFolder folder;
    private final ComponentStates components;
    private final TargetPictures pictures;
    private final LogReaderService log;
    private final SettleTimes settle;
    private final BooleanSupplier stopping;

    /**
     * @param framework the context of the framework, which sees all bundles
     * @param stopping whether a trial has to end
     */
    public TrialWatch(BundleContext framework, DropFolder folder, ComponentStates components, TargetPictures pictures, LogReaderService log,
            SettleTimes settle, BooleanSupplier stopping) {
        this.framework = framework;
        this.folder = folder;
        this.components = components;
        this.pictures = pictures;
        this.log = log;
        this.settle = settle;
        this.stopping = stopping;
    }

    /** Records what works before a plug-in with this symbolic name is changed. */
    public Baseline recordBaseline(String name) {
        return recordBaseline(bundle -> name.equals(bundle.getSymbolicName()));
    }

    /** @param changed whether a bundle is going to be changed */
    public Baseline recordBaseline(Predicate<Bundle> changed) {
        List<ComponentState> satisfied = components.listStates().stream().filter(ComponentState::isSatisfied).toList();
        Set<String> live = pictures.listLiveTargets();
        List<Bundle> own = Arrays.stream(framework.getBundles()).filter(bundle -> changed.test(bundle) && RunningBundles.isRunning(bundle)).toList();
        return new Baseline(satisfied, live, own.stream().map(Bundle::getSymbolicName).collect(Collectors.toSet()),
                live.stream().filter(target -> own.stream().anyMatch(bundle -> pictures.isBestSource(bundle, target))).collect(Collectors.toSet()));
    }

    /**
     * Waits until it is certain whether the new version works.
     *
     * @return why it does not; empty if it does
     */
    public Optional<String> watchTrial(DroppedJar jar, Baseline before, int seconds) throws InterruptedException {
        try (ActivationProbe probe = new ActivationProbe(framework, log, jar.symbolicName())) {
            return watch(() -> judge(jar, before, probe, seconds), before, seconds);
        }
    }

    /**
     * Waits until it is certain whether bundles work that were started, and everything else as before. The bundles of the baseline that were stopped
     * are not missed, and neither are their pictures.
     *
     * @param started the locations of bundles
     * @return what does not work; empty if all does
     */
    public Optional<String> watchBundles(List<String> started, Baseline before, int seconds) throws InterruptedException {
        try (BundleProbes probes = new BundleProbes(framework, log)) {
            return watch(() -> judgeBundles(started, before, probes), before, seconds);
        }
    }

    private Optional<String> watch(Supplier<Verdict> judge, Baseline before, int seconds) throws InterruptedException {
        long good = TimeUnit.MILLISECONDS.toNanos(before.liveTargets().isEmpty() ? settle.millis() : settle.pictureMillis());
        return new Trial(System::nanoTime, this::pause).watch(judge, TimeUnit.SECONDS.toNanos(seconds), good);
    }

    private void pause(long millis) throws InterruptedException {
        Thread.sleep(millis);
        if (stopping.getAsBoolean()) {
            throw new InterruptedException("Catseye is stopping");
        }
    }

    private Verdict judge(DroppedJar jar, Baseline before, ActivationProbe probe, int seconds) {
        Optional<Result> result = folder.findResult(jar.fileName(), jar.digest());
        if (result.isEmpty()) {
            return Verdict.pending("It was not started within " + seconds + " seconds.");
        }
        if (!result.get().isRunning()) {
            String reason = "It does not run: " + result.get().problem() + ".";
            return result.get().waiting() ? Verdict.pending(reason) : Verdict.bad(reason);
        }
        Bundle bundle = framework.getBundle(jar.location());
        if (bundle == null || !RunningBundles.isRunning(bundle)) {
            return Verdict.pending(bundle != null && jar.fragment() ? "It is not attached to " + RunningBundles.readHost(bundle) + "." : "It does not run any more.");
        }
        return judgeComponents(bundle, before, probe).or(() -> judgePictures(bundle, before)).orElse(Verdict.GOOD);
    }

    private Verdict judgeBundles(List<String> started, Baseline before, BundleProbes probes) {
        for (String location : started) {
            Bundle bundle = framework.getBundle(location);
            if (bundle == null || !RunningBundles.isNameRunning(framework, bundle)) {
                return Verdict.pending("The bundle " + (bundle == null ? location : bundle.getSymbolicName()) + " does not run.");
            }
            Optional<Verdict> problem = judgeComponents(bundle, before, probes.find(bundle));
            if (problem.isPresent()) {
                return problem.get();
            }
        }
        return findLoss(before).or(() -> findLostPicture(before)).map(Verdict::pending).orElse(Verdict.GOOD);
    }

    private Optional<String> findLostPicture(Baseline before) {
        return before.liveTargets().stream().sorted().filter(target -> !before.ownTargets().contains(target) && !pictures.isLive(target)).findFirst()
                .map(target -> "The target " + target + " had a picture before, and has none any more.");
    }

    private Optional<Verdict> judgeComponents(Bundle bundle, Baseline before, ActivationProbe probe) {
        probe.probeServices(bundle);
        Optional<String> failure = components.listStates(bundle).stream().filter(state -> state.lack() == Lack.FAILED).findFirst().map(ComponentState::problem)
                .or(probe::findProblem);
        return failure.map(Verdict::bad).or(() -> probe.findUnfinished().or(() -> findLoss(before)).map(Verdict::pending));
    }

    /** Which component does not work any more, as sentences. What is changed may have fewer components, but must not break another bundle. */
    private Optional<String> findLoss(Baseline before) {
        List<ComponentState> now = components.listStates();
        Set<String> satisfied = now.stream().filter(ComponentState::isSatisfied).map(ComponentState::key).collect(Collectors.toSet());
        Map<String, String> problems = now.stream().filter(state -> !state.isSatisfied())
                .collect(Collectors.toMap(ComponentState::key, ComponentState::problem, (first, second) -> first));
        return before.components().stream().filter(state -> !satisfied.contains(state.key()))
                .filter(state -> !before.ownBundles().contains(state.bundle()) || problems.containsKey(state.key())).findFirst()
                .map(state -> "The bundle " + state.bundle() + " does not work as before. "
                        + problems.getOrDefault(state.key(), "It had the component " + state.component() + ", and has it no more."));
    }

    private Optional<Verdict> judgePictures(Bundle bundle, Baseline before) {
        Set<String> devices = BundleParts.listParts(bundle).stream().filter(part -> part.kind() == Kind.VIDEO).map(PluginPart::target).collect(Collectors.toSet());
        return before.liveTargets().stream().sorted()
                .filter(target -> !pictures.isLive(target) || before.ownTargets().contains(target) && !devices.contains(target)).findFirst()
                .map(target -> Verdict.pending("The target " + target + " had a picture before, and has none "
                        + (before.ownTargets().contains(target) ? "from it " : "") + "any more."));
    }
}
