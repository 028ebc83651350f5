package org.catseye.core.watchdog;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.catseye.core.watchdog.output.OutputCounts;
import org.catseye.core.watchdog.owner.BundleOwner;
import org.catseye.core.watchdog.owner.BundleOwners;
import org.catseye.core.watchdog.usage.ThreadSampler;
import org.catseye.core.watchdog.usage.ThreadUsage;
import org.catseye.core.watchdog.usage.UsageHistory;
import org.catseye.core.watchdog.verdict.Limits;
import org.catseye.core.watchdog.verdict.PluginJudge;
import org.catseye.core.watchdog.verdict.PluginJudge.Observation;
import org.catseye.core.watchdog.verdict.PluginStop;
import org.catseye.plugins.health.BundleHealth;
import org.catseye.plugins.health.HealthCondition;
import org.catseye.plugins.health.HealthFigure;
import org.catseye.plugins.health.LentFrames;
import org.catseye.plugins.health.LentFrames.Lent;

/** Each round measures all bundles and decides about plug-ins. For one thread. */
final class HealthRounds {

    private final BundleOwners owners;
    private final ThreadSampler sampler;
    private final OutputCounts output;
    private final Supplier<Optional<LentFrames>> lentFrames;
    private final PluginJudge judge;
    private final LongSupplier nanoTime;
    private final Clock clock;
    private final Map<BundleOwner, UsageHistory> histories = new HashMap<>();

    HealthRounds(BundleOwners owners, ThreadSampler sampler, OutputCounts output, Supplier<Optional<LentFrames>> lentFrames, PluginStop stop, Path file,
            LongSupplier nanoTime, Clock clock) {
        this.owners = owners;
        this.sampler = sampler;
        this.output = output;
        this.lentFrames = lentFrames;
        this.judge = new PluginJudge(stop, file);
        this.nanoTime = nanoTime;
        this.clock = clock;
    }

    List<BundleHealth> measure(Limits limits) {
        Instant now = clock.instant();
        judge.recordStops(now);
        owners.readBundles();
        Map<BundleOwner, ThreadUsage> used = sampler.takeSample();
        long nowNanos = nanoTime.getAsLong();
        Set<BundleOwner> present = new HashSet<>(used.keySet());
        present.addAll(owners.listRunning());
        owners.listInstalledPlugins().forEach(present::add);
        histories.keySet().retainAll(present);
        judge.forgetRemoved(name -> owners.isInstalled(new BundleOwner(name, true)), collectThreads(used));
        Map<BundleOwner, Lent> lent = readLent();
        List<BundleHealth> all = new ArrayList<>();
        for (BundleOwner owner : present) {
            ThreadUsage usage = used.getOrDefault(owner, ThreadUsage.NONE);
            UsageHistory history = histories.computeIfAbsent(owner, key -> new UsageHistory(nowNanos, output.readTotals(key)));
            history.add(nowNanos, usage, output.readTotals(owner));
            describe(limits, now, nowNanos, owner, usage, addLent(history.describeFigures(), Optional.ofNullable(lent.get(owner)))).ifPresent(all::add);
        }
        all.sort(Comparator.comparing(BundleHealth::bundle).thenComparing(BundleHealth::plugin));
        return List.copyOf(all);
    }

    private Optional<BundleHealth> describe(Limits limits, Instant now, long nowNanos, BundleOwner owner, ThreadUsage usage, Map<HealthFigure, Double> figures) {
        boolean running = owners.listRunning().contains(owner);
        if (!owner.plugin()) {
            boolean idle = usage.threads().isEmpty() && figures.get(HealthFigure.CPU_TOTAL) == 0;
            return idle ? Optional.empty() : Optional.of(new BundleHealth(owner.name(), false, HealthCondition.OK, Optional.empty(), "", List.of(), figures));
        }
        BundleHealth health = judge.judge(nowNanos, now, limits, new Observation(owner.name(), running, figures, usage.threads()));
        return running || health.condition() != HealthCondition.OK ? Optional.of(health) : Optional.empty();
    }

    private static Set<Long> collectThreads(Map<BundleOwner, ThreadUsage> used) {
        Set<Long> all = new HashSet<>();
        used.values().forEach(usage -> all.addAll(usage.threads()));
        return all;
    }

    private Map<BundleOwner, Lent> readLent() {
        Map<BundleOwner, Lent> byOwner = new HashMap<>();
        lentFrames.get().map(LentFrames::listByBundle).orElse(Map.of()).forEach((bundle, lent) -> owners.findOwner(bundle).ifPresent(owner -> byOwner.merge(owner, lent,
            (one, other) -> new Lent(one.slots() + other.slots(), one.bytes() + other.bytes(), one.exhausted() || other.exhausted()))));
        return byOwner;
    }

    private static Map<HealthFigure, Double> addLent(Map<HealthFigure, Double> figures, Optional<Lent> lent) {
        Map<HealthFigure, Double> all = new EnumMap<>(figures);
        lent.ifPresent(each -> {
            all.put(HealthFigure.FRAME_SLOTS, (double) each.slots());
            all.put(HealthFigure.FRAME_BYTES, (double) each.bytes());
        });
        return all;
    }
}
