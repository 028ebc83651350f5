package org.catseye.core.watchdog.verdict;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.catseye.core.watchdog.verdict.PluginStop.Outcome;
import org.catseye.core.watchdog.verdict.StoppedPlugins.Stop;
import org.catseye.plugins.health.BundleHealth;
import org.catseye.plugins.health.ExceededLimit;
import org.catseye.plugins.health.HealthCondition;
import org.catseye.plugins.health.HealthFigure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides for each plug-in whether it is within its limits, and has those stopped that stay over one. For one thread. */
public final class PluginJudge {

    /** The threads of a plug-in need a moment to end after its stop. */
    static final long END_NANOS = TimeUnit.SECONDS.toNanos(8);
    private static final Logger LOG = LoggerFactory.getLogger(PluginJudge.class);
    private static final long REPORT_NANOS = TimeUnit.MINUTES.toNanos(1);
    /** A thread that waits needs no lower priority. */
    private static final double SPINNING_PERCENT = 1;

    private final PluginStop stop;
    private final StoppedPlugins stopped;
    private final Map<String, PluginCase> cases = new HashMap<>();
    /** Those whose bundle does not stop. */
    private final Set<String> hanging = new HashSet<>();
    /** Since when threads of a stopped plug-in have been running. */
    private final Map<String, Remaining> remaining = new HashMap<>();
    private final Map<String, Long> reportedAt = new HashMap<>();
    private final Set<Long> lowered = new HashSet<>();

    private record Remaining(long sinceNanos, Instant since) {
    }

    /** @param file where stopped plug-ins are kept over a restart */
    public PluginJudge(PluginStop stop, Path file) {
        this.stop = stop;
        stopped = new StoppedPlugins(file);
        stopped.loadFile();
    }

    /** What was observed of a plug-in. */
    public record Observation(String plugin, boolean running, Map<HealthFigure, Double> figures, Collection<Long> threads) {
    }

    /** To be called before it is observed which plug-ins run: those that were stopped meanwhile would otherwise count as started again. */
    public void recordStops(Instant now) {
        for (PluginStop.Result result : stop.takeResults()) {
            if (result.outcome() != Outcome.NOT_STOPPED) {
                stopped.add(result.plugin(), new Stop(now.truncatedTo(ChronoUnit.SECONDS), result.exceeded()));
                cases.remove(result.plugin());
            }
            if (result.outcome() == Outcome.HANGS) {
                hanging.add(result.plugin());
            }
        }
    }

    /** Forgets the plug-ins that are not installed any more, and threads that have ended. */
    public void forgetRemoved(Predicate<String> isInstalled, Set<Long> allThreads) {
        stopped.removeIf(plugin -> !isInstalled.test(plugin));
        hanging.removeIf(plugin -> !isInstalled.test(plugin));
        cases.keySet().removeIf(plugin -> !isInstalled.test(plugin));
        reportedAt.keySet().removeIf(plugin -> !isInstalled.test(plugin));
        lowered.retainAll(allThreads);
    }

    /** Decides about one plug-in. */
    public BundleHealth judge(long nowNanos, Instant now, Limits limits, Observation observed) {
        String plugin = observed.plugin();
        if (!observed.running()) {
            hanging.remove(plugin);
            cases.remove(plugin);
            return judgeStopped(nowNanos, now, observed);
        }
        if (hanging.contains(plugin)) {
            lowerPriority(observed);
            return describe(observed, HealthCondition.STILL_RUNNING, stopped.find(plugin).map(Stop::time), HealthSentences.describeRemaining(true, observed.threads().size()),
                stopped.find(plugin).map(Stop::exceeded).orElse(List.of()));
        }
        stopped.removeIf(plugin::equals);
        remaining.remove(plugin);
        return judgeRunning(nowNanos, now, limits, observed);
    }

    private BundleHealth judgeRunning(long nowNanos, Instant now, Limits limits, Observation observed) {
        String plugin = observed.plugin();
        PluginCase current = cases.computeIfAbsent(plugin, name -> new PluginCase());
        boolean begins = current.update(nowNanos, now.truncatedTo(ChronoUnit.SECONDS), limits.findExceeded(observed.figures()));
        if (current.exceeded().isEmpty()) {
            return describe(observed, HealthCondition.OK, Optional.empty(), "", List.of());
        }
        String reason = HealthSentences.describeExcess(current.exceeded(), limits);
        if (begins && mayReport(plugin, nowNanos)) {
            LOG.warn("The plug-in {} uses too much. {}", plugin, reason);
        }
        if (limits.stopsPlugins() && current.isOverFor(nowNanos, limits.graceSeconds())) {
            stop.request(plugin, current.exceeded(), HealthSentences.describeStop(current.exceeded()));
        }
        return describe(observed, HealthCondition.OVER_LIMIT, current.since(), reason, current.exceeded());
    }

    private boolean mayReport(String plugin, long nowNanos) {
        Long last = reportedAt.get(plugin);
        boolean may = last == null || nowNanos - last >= REPORT_NANOS;
        if (may) {
            reportedAt.put(plugin, nowNanos);
        }
        return may;
    }

    private BundleHealth judgeStopped(long nowNanos, Instant now, Observation observed) {
        String plugin = observed.plugin();
        Optional<Stop> why = stopped.find(plugin);
        if (!observed.threads().isEmpty()) {
            Remaining since = remaining.computeIfAbsent(plugin, name -> new Remaining(nowNanos, now.truncatedTo(ChronoUnit.SECONDS)));
            if (nowNanos - since.sinceNanos() >= END_NANOS) {
                lowerPriority(observed);
                String stopReason = why.map(Stop::exceeded).map(HealthSentences::describeStop).map(text -> text + " ").orElse("");
                return describe(observed, HealthCondition.STILL_RUNNING, Optional.of(since.since()),
                    stopReason + HealthSentences.describeRemaining(false, observed.threads().size()), why.map(Stop::exceeded).orElse(List.of()));
            }
        } else {
            remaining.remove(plugin);
        }
        return why.map(each -> describe(observed, HealthCondition.STOPPED, Optional.of(each.time()), HealthSentences.describeStop(each.exceeded()), each.exceeded()))
            .orElseGet(() -> describe(observed, HealthCondition.OK, Optional.empty(), "", List.of()));
    }

    private void lowerPriority(Observation observed) {
        Double used = observed.figures().get(HealthFigure.CPU_TEN_SECONDS);
        if (used != null && used >= SPINNING_PERCENT && lowered.addAll(observed.threads())) {
            stop.lowerPriority(observed.plugin(), List.copyOf(observed.threads()));
        }
    }

    private static BundleHealth describe(Observation observed, HealthCondition condition, Optional<Instant> since, String reason, List<ExceededLimit> exceeded) {
        return new BundleHealth(observed.plugin(), true, condition, since, reason, exceeded, observed.figures());
    }
}
