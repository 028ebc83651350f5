package org.catseye.core.watchdog.verdict;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.catseye.plugins.health.ExceededLimit;
import org.catseye.plugins.health.HealthFigure;

/** A plug-in that runs, and since when it has been over which limits. Not thread-safe. */
final class PluginCase {

    /** A single sample over a limit has no effect. */
    private static final int MIN_SAMPLES = 2;

    private final Map<HealthFigure, Long> overSince = new EnumMap<>(HealthFigure.class);
    private int samplesOver;
    private Optional<Instant> since = Optional.empty();
    private List<ExceededLimit> exceeded = List.of();

    /** Returns whether this is the sample since which it counts as being over a limit. */
    boolean update(long nowNanos, Instant now, List<ExceededLimit> currently) {
        overSince.keySet().retainAll(currently.stream().map(ExceededLimit::figure).collect(Collectors.toSet()));
        currently.forEach(each -> overSince.putIfAbsent(each.figure(), nowNanos));
        samplesOver = currently.isEmpty() ? 0 : samplesOver + 1;
        boolean before = since.isPresent();
        exceeded = samplesOver >= MIN_SAMPLES ? currently : List.of();
        since = exceeded.isEmpty() ? Optional.empty() : since.or(() -> Optional.of(now));
        return !before && since.isPresent();
    }

    /** Whether it has been over one of the limits for so long without interruption. */
    boolean isOverFor(long nowNanos, int seconds) {
        return exceeded.stream().anyMatch(each -> nowNanos - overSince.get(each.figure()) >= TimeUnit.SECONDS.toNanos(seconds));
    }

    List<ExceededLimit> exceeded() {
        return exceeded;
    }

    Optional<Instant> since() {
        return since;
    }
}
