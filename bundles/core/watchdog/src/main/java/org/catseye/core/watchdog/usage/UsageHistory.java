package org.catseye.core.watchdog.usage;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.catseye.core.watchdog.output.OutputTotals;
import org.catseye.plugins.health.HealthFigure;

/** The sums of one bundle over the last minute. Not thread-safe. */
public final class UsageHistory {

    static final long SHORT_NANOS = TimeUnit.SECONDS.toNanos(10);
    static final long LONG_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final double PERCENT = 100;

    /** The sums at the end of a sample. */
    private record Sum(long atNanos, long cpuNanos, long callbackNanos, OutputTotals output) {
    }

    private final Deque<Sum> sums = new ArrayDeque<>();
    private long threads;

    /** @param nowNanos when the bundle was first observed */
    public UsageHistory(long nowNanos, OutputTotals output) {
        sums.add(new Sum(nowNanos, 0, 0, output));
    }

    /** @param output the totals, which only increase */
    public void add(long nowNanos, ThreadUsage used, OutputTotals output) {
        Sum last = sums.getLast();
        sums.addLast(new Sum(nowNanos, last.cpuNanos() + used.nanos(), last.callbackNanos() + used.callbackNanos(), output));
        threads = used.threads().size();
        while (sums.size() > 2 && nowNanos - secondOldest().atNanos() >= LONG_NANOS) {
            sums.removeFirst();
        }
    }

    private Sum secondOldest() {
        return sums.stream().skip(1).findFirst().orElseThrow();
    }

    /** What is known. Shares of a processor core are missing until their window has passed once. */
    public Map<HealthFigure, Double> describeFigures() {
        Map<HealthFigure, Double> figures = new EnumMap<>(HealthFigure.class);
        Sum last = sums.getLast();
        Sum first = sums.getFirst();
        findBefore(SHORT_NANOS).ifPresent(before -> figures.put(HealthFigure.CPU_TEN_SECONDS, share(before.atNanos(), last.cpuNanos() - before.cpuNanos())));
        findBefore(LONG_NANOS).ifPresent(before -> {
            figures.put(HealthFigure.CPU_MINUTE, share(before.atNanos(), last.cpuNanos() - before.cpuNanos()));
            figures.put(HealthFigure.CALLBACK_CPU_MINUTE, share(before.atNanos(), last.callbackNanos() - before.callbackNanos()));
        });
        figures.put(HealthFigure.CPU_TOTAL, last.cpuNanos() / (double) TimeUnit.SECONDS.toNanos(1));
        figures.put(HealthFigure.THREADS, (double) threads);
        figures.put(HealthFigure.LOG_LINES, (double) last.output().logLines() - first.output().logLines());
        figures.put(HealthFigure.PRINTED_LINES, (double) last.output().printedLines() - first.output().printedLines());
        figures.put(HealthFigure.EXCEPTIONS, (double) last.output().exceptions() - first.output().exceptions());
        figures.put(HealthFigure.DROPPED_LOG_LINES, (double) last.output().droppedLogLines());
        figures.put(HealthFigure.DROPPED_PRINTED_LINES, (double) last.output().droppedPrintedLines());
        return figures;
    }

    private double share(long sinceNanos, long usedNanos) {
        return PERCENT * usedNanos / (sums.getLast().atNanos() - sinceNanos);
    }

    /** The newest sum that is at least so old. */
    private Optional<Sum> findBefore(long nanos) {
        long now = sums.getLast().atNanos();
        return sums.stream().filter(sum -> now - sum.atNanos() >= nanos).reduce((one, newer) -> newer);
    }
}
