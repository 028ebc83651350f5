package org.catseye.core.deploy.version;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.catseye.core.deploy.jar.DroppedJar;
import org.catseye.core.deploy.version.JarResults.Kind;
import org.catseye.core.deploy.version.JarResults.Result;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the right one of the bundles with a name run, and logs which one and why. The new one starts before the old one stops. If it does
 * not start, the old one keeps running. Bundles are started transiently, so that the framework itself starts none of them after a restart.
 * Different names may change at the same time.
 */
public final class VersionSwitch {

    private static final Logger LOG = LoggerFactory.getLogger(VersionSwitch.class);

    private final BundleContext framework;
    private final DroppedBundles bundles;
    private final InstalledJars installed;
    private final StartTrials trials;
    private final JarResults results;
    private final SlowChanges slow;
    /** The location of the bundle that was last reported as running, by name. */
    private final Map<String, String> reported = new ConcurrentHashMap<>();
    /** The digest of the content that has replaced another one in this run, by location. */
    private final Map<String, String> replaced = new ConcurrentHashMap<>();

    /** @param framework the context of the framework */
    public VersionSwitch(BundleContext framework, InstalledJars installed, StartTrials trials, JarResults results, SlowChanges slow) {
        this.framework = framework;
        this.bundles = new DroppedBundles(framework, installed);
        this.installed = installed;
        this.trials = trials;
        this.results = results;
        this.slow = slow;
    }

    /**
     * Brings the bundles with this name in line with the jars.
     *
     * @param jars all jars of the drop folder that have this name
     * @return whether a bundle was installed, updated or uninstalled, so that others may find what they need
     */
    public boolean changeBundles(String name, List<DroppedJar> jars) {
        if (trials.hasEnded()) {
            return false;
        }
        boolean changed = false;
        Map<Bundle, DroppedJar> present = new HashMap<>();
        List<Result> failures = new ArrayList<>();
        for (DroppedJar jar : jars) {
            if (bundles.isCurrent(jar)) {
                bundles.findBundle(jar).ifPresent(bundle -> present.put(bundle, jar));
                continue;
            }
            Optional<Result> failure = installOrUpdate(jar);
            changed |= failure.isEmpty();
            failure.ifPresent(failures::add);
            bundles.findBundle(jar).ifPresent(bundle -> present.put(bundle, failure.isEmpty() ? jar : bundles.describePrevious(jar, bundle)));
        }
        Optional<Candidate> chosen = startBest(listCandidates(name, present));
        chosen.ifPresentOrElse(candidate -> stopOthers(name, candidate, present), () -> stopDisabled(present));
        boolean removed = uninstallOthers(name, present);
        if (changed || removed) {
            bundles.refreshDependents(present.values().stream().filter(DroppedJar::fragment).findFirst());
        }
        chosen.ifPresentOrElse(candidate -> logChange(name, candidate), () -> reported.remove(name));
        failures.forEach(this::reportProblem);
        return changed || removed;
    }

    /** Returns why it failed; empty if it succeeded. After a failed update the bundle has its previous content. */
    private Optional<Result> installOrUpdate(DroppedJar jar) {
        boolean update = bundles.findBundle(jar).isPresent();
        slow.begin("The installation of " + jar.fileName() + " has been running");
        try {
            bundles.installOrUpdate(jar);
            if (update) {
                replaced.put(jar.location(), jar.digest());
            }
            return Optional.empty();
        } catch (BundleException | IOException e) {
            return Optional.of(new Result(jar, StartProblem.isInputOutput(e) ? Kind.WAITING : Kind.FAILED,
                    "it cannot be installed: " + StartProblem.describeInstallation(e) + (update ? "; its previous content is kept" : "")));
        } finally {
            slow.end();
        }
    }

    /** The bundles that may run, best first. A bundle of the product that a user has stopped is none of them. */
    private List<Candidate> listCandidates(String name, Map<Bundle, DroppedJar> present) {
        List<Candidate> candidates = new ArrayList<>();
        for (Bundle bundle : bundles.listWithName(name)) {
            DroppedJar jar = present.get(bundle);
            if (jar != null && mayRun(jar) || !DroppedBundles.isDropped(bundle) && isWanted(bundle)) {
                candidates.add(new Candidate(bundle, Optional.ofNullable(jar)));
            }
        }
        candidates.sort(Candidate.PREFERENCE);
        return candidates;
    }

    private static boolean isWanted(Bundle bundle) {
        return bundle.getState() == Bundle.ACTIVE || bundle.adapt(BundleStartLevel.class).isPersistentlyStarted();
    }

    private boolean mayRun(DroppedJar jar) {
        if (installed.isStopped(jar.location())) {
            reportProblem(jar, Kind.STOPPED_BY_USER, "it is disabled");
            return false;
        }
        if (trials.isHeld(jar)) {
            reportProblem(jar, Kind.HELD, StartTrials.HELD);
            return false;
        }
        return true;
    }

    /** Starts the first candidate that can be started. Empty if none can. */
    private Optional<Candidate> startBest(List<Candidate> candidates) {
        for (Candidate candidate : candidates) {
            if (start(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private boolean start(Candidate candidate) {
        if (candidate.jar().filter(DroppedJar::fragment).isPresent()) {
            framework.getBundle(0).adapt(FrameworkWiring.class).resolveBundles(List.of(candidate.bundle()));
            return true;
        }
        if (candidate.isActive()) {
            return true;
        }
        if (trials.hasEnded() || !candidate.jar().map(trials::beginStart).orElse(true)) {
            return false;
        }
        slow.begin(candidate.bundle().getSymbolicName() + " " + candidate.describe() + " has been starting");
        try {
            candidate.bundle().start(Bundle.START_TRANSIENT | Bundle.START_ACTIVATION_POLICY);
            return true;
        } catch (BundleException e) {
            candidate.jar().ifPresentOrElse(jar -> reportStartProblem(jar, e),
                    () -> LOG.error("{} {} does not start: {}", candidate.bundle().getSymbolicName(), candidate.describe(), StartProblem.describe(e), e));
            return false;
        } finally {
            candidate.jar().ifPresent(trials::endStart);
            slow.end();
        }
    }

    private void reportStartProblem(DroppedJar jar, BundleException problem) {
        if (!StartProblem.isResolveError(problem)) {
            LOG.debug("{} does not start", jar.fileName(), problem);
        }
        reportProblem(new Result(jar, StartProblem.mayPass(problem) ? Kind.WAITING : Kind.FAILED, StartProblem.describe(problem),
                jar.digest().equals(replaced.get(jar.location()))));
    }

    private void stopOthers(String name, Candidate chosen, Map<Bundle, DroppedJar> present) {
        for (Bundle other : bundles.listWithName(name)) {
            if (other != chosen.bundle() && (other.getState() & (Bundle.ACTIVE | Bundle.STARTING)) != 0) {
                stop(other, chosen.describe() + " runs in its place");
            }
            DroppedJar jar = present.get(other);
            if (other != chosen.bundle() && jar != null && mayRun(jar)
                    && results.find(jar.fileName(), jar.digest()).filter(Result::waiting).isEmpty()) {
                reportProblem(jar, Kind.NOT_CHOSEN, chosen.describe() + " runs in its place");
            }
        }
    }

    /** Stops the bundles that a user has stopped without doing it in the framework. */
    private void stopDisabled(Map<Bundle, DroppedJar> present) {
        present.forEach((bundle, jar) -> {
            if (installed.isStopped(jar.location()) && (bundle.getState() & (Bundle.ACTIVE | Bundle.STARTING)) != 0) {
                stop(bundle, "it is disabled");
            }
        });
    }

    private void stop(Bundle bundle, String reason) {
        slow.begin(bundle.getSymbolicName() + " " + bundle.getVersion() + " has been stopping");
        try {
            bundle.stop(Bundle.STOP_TRANSIENT);
            LOG.info("{} {} is stopped: {}", bundle.getSymbolicName(), bundle.getVersion(), reason);
        } catch (BundleException e) {
            LOG.error("{} {} does not stop cleanly", bundle.getSymbolicName(), bundle.getVersion(), e);
        } finally {
            slow.end();
        }
    }

    /** Uninstalls the bundles whose files are not in the drop folder any more. */
    private boolean uninstallOthers(String name, Map<Bundle, DroppedJar> present) {
        boolean removed = false;
        for (Bundle bundle : bundles.listWithName(name)) {
            if (DroppedBundles.isDropped(bundle) && !present.containsKey(bundle)) {
                removed = true;
                uninstall(bundle);
            }
        }
        return removed;
    }

    private void uninstall(Bundle bundle) {
        slow.begin(bundle.getSymbolicName() + " " + bundle.getVersion() + " has been stopping");
        try {
            bundles.uninstall(bundle);
            LOG.info("{} {} is uninstalled: {} was removed from the drop folder", bundle.getSymbolicName(), bundle.getVersion(),
                    DroppedJar.parseFileName(bundle.getLocation()));
        } catch (BundleException e) {
            LOG.error("{} {} cannot be uninstalled", bundle.getSymbolicName(), bundle.getVersion(), e);
        } finally {
            slow.end();
        }
    }

    private void logChange(String name, Candidate chosen) {
        boolean first = chosen.jar().map(jar -> results.store(new Result(jar, Kind.RUNNING, ""))).orElse(false);
        boolean moved = !chosen.bundle().getLocation().equals(reported.put(name, chosen.bundle().getLocation()));
        if (first || moved) {
            LOG.info("{} {} runs{}", name, chosen.describe(), chosen.jar().isPresent() ? " from the drop folder" : "");
        }
    }

    private void reportProblem(DroppedJar jar, Kind kind, String problem) {
        reportProblem(new Result(jar, kind, problem));
    }

    private void reportProblem(Result result) {
        DroppedJar jar = result.jar();
        if (results.store(result)) {
            LOG.warn("{} {} ({}) in the drop folder does not run: {}", jar.symbolicName(), jar.version(), jar.fileName(), result.fullProblem());
        }
    }
}
