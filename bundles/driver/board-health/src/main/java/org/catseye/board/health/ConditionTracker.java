package org.catseye.board.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.catseye.board.BoardCondition;
import org.catseye.board.BoardCondition.Severity;
import org.catseye.board.health.source.Finding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the findings of each reading into conditions with a beginning, and logs each change once. A condition ends when it was not found for
 * {@link #HOLD}, so one that comes and goes every few seconds is one condition. Used by one thread.
 *
 * <p>The beginning is kept as a time of the monotonic clock: many boards have no battery, and their clock jumps when it is set from the network.
 */
final class ConditionTracker {

    static final Duration HOLD = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(ConditionTracker.class);
    private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter EARLIER = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    /** Smaller differences are inaccuracies of the two clocks. */
    private static final Duration SAME_TIME = Duration.ofSeconds(2);

    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Map<String, Tracked> conditions = new LinkedHashMap<>();

    /** A condition that applies. */
    private static final class Tracked {
        private final long beginNanos;
        private long lastNanos;
        private Instant since;
        private Finding finding;
        private Severity logged;

        Tracked(Finding finding, long nanos, Instant since) {
            this.finding = finding;
            this.beginNanos = nanos;
            this.since = since;
        }
    }

    ConditionTracker(Clock clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** @return the conditions that apply now, the most severe first */
    List<BoardCondition> updateConditions(List<Finding> findings) {
        long now = nanoTime.getAsLong();
        for (Finding finding : findings) {
            Tracked tracked = conditions.computeIfAbsent(finding.id(), id -> new Tracked(finding, now, clock.instant().truncatedTo(ChronoUnit.SECONDS)));
            tracked.finding = finding;
            tracked.lastNanos = now;
        }
        conditions.values().forEach(tracked -> adjustBeginning(tracked, now));
        conditions.values().removeIf(tracked -> isOver(tracked, now));
        List<BoardCondition> result = new ArrayList<>(conditions.values().stream().filter(tracked -> !isStillGoingOn(tracked)).map(this::toCondition).toList());
        result.sort(Comparator.comparing(BoardCondition::severity).reversed());
        return result;
    }

    /** "There was under-voltage" is not a condition of its own as long as that of the under-voltage applies. */
    private boolean isStillGoingOn(Tracked tracked) {
        String id = tracked.finding.id();
        return id.endsWith(Finding.EARLIER) && conditions.containsKey(id.substring(0, id.length() - Finding.EARLIER.length()));
    }

    private void adjustBeginning(Tracked tracked, long now) {
        Instant since = clock.instant().minusNanos(now - tracked.beginNanos).truncatedTo(ChronoUnit.SECONDS);
        if (Duration.between(tracked.since, since).abs().compareTo(SAME_TIME) > 0) {
            tracked.since = since;
        }
    }

    private boolean isOver(Tracked tracked, long now) {
        boolean over = now - tracked.lastNanos >= HOLD.toNanos();
        if (over) {
            LOG.info("Board: no longer: {}", describe(tracked));
        }
        return over;
    }

    private BoardCondition toCondition(Tracked tracked) {
        Finding finding = tracked.finding;
        String description = describe(tracked);
        logChange(tracked, description);
        return new BoardCondition(finding.id(), finding.severity(), tracked.since, description, finding.remedy(), finding.details());
    }

    /** Once when the condition begins, and again when it gets worse. */
    private static void logChange(Tracked tracked, String description) {
        Severity severity = tracked.finding.severity();
        if (tracked.logged != null && severity.compareTo(tracked.logged) <= 0) {
            return;
        }
        tracked.logged = severity;
        if (severity == Severity.NOTICE) {
            LOG.info("Board: {} {}", description, tracked.finding.remedy());
        } else {
            LOG.warn("Board: {} {}", description, tracked.finding.remedy());
        }
    }

    private String describe(Tracked tracked) {
        ZonedDateTime since = tracked.since.atZone(clock.getZone());
        boolean today = since.toLocalDate().equals(clock.instant().atZone(clock.getZone()).toLocalDate());
        return tracked.finding.description().replace(Finding.SINCE, since.format(today ? TODAY : EARLIER));
    }
}
