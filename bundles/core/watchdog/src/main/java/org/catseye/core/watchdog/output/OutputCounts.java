package org.catseye.core.watchdog.output;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.catseye.concurrent.TokenBucket;
import org.catseye.core.watchdog.owner.BundleOwner;

/** Counts the lines of each bundle, and decides which of a plug-in's pass. Thread-safe; takes no lock that is held for long. */
public final class OutputCounts {

    private final LongSupplier nanoTime;
    private final Map<BundleOwner, Counts> byOwner = new ConcurrentHashMap<>();
    private volatile int linesPerMinute;

    /** The counters of one bundle. */
    private static final class Counts {
        private final LongAdder logLines = new LongAdder();
        private final LongAdder droppedLogLines = new LongAdder();
        private final LongAdder printedLines = new LongAdder();
        private final LongAdder droppedPrintedLines = new LongAdder();
        private final LongAdder exceptions = new LongAdder();
        private volatile Limit log;
        private volatile Limit print;

        Counts(Limit log, Limit print) {
            this.log = log;
            this.print = print;
        }
    }

    private record Limit(int linesPerMinute, TokenBucket bucket) {
    }

    /** @param linesPerMinute how many lines a plug-in may log in a minute, and how many it may print */
    public OutputCounts(LongSupplier nanoTime, int linesPerMinute) {
        this.nanoTime = nanoTime;
        this.linesPerMinute = linesPerMinute;
    }

    public void setLinesPerMinute(int lines) {
        linesPerMinute = lines;
    }

    /** Counts a line of the log. Returns whether it may be written. */
    public boolean countLogLine(BundleOwner owner) {
        Counts counts = findCounts(owner);
        counts.logLines.increment();
        counts.log = renew(counts.log);
        if (!owner.plugin() || counts.log.bucket().tryAcquire(nanoTime.getAsLong())) {
            return true;
        }
        counts.droppedLogLines.increment();
        return false;
    }

    /** Counts what is printed at once. Returns whether it may be written. */
    public boolean countPrinted(BundleOwner owner, int lines) {
        Counts counts = findCounts(owner);
        counts.printedLines.add(lines);
        counts.print = renew(counts.print);
        long now = nanoTime.getAsLong();
        boolean passes = true;
        for (int i = 0; owner.plugin() && passes && i < lines; i++) {
            passes = counts.print.bucket().tryAcquire(now);
        }
        if (!passes) {
            counts.droppedPrintedLines.add(lines);
        }
        return passes;
    }

    public void countException(BundleOwner owner) {
        findCounts(owner).exceptions.increment();
    }

    public OutputTotals readTotals(BundleOwner owner) {
        return Optional.ofNullable(byOwner.get(owner)).map(counts -> new OutputTotals(counts.logLines.sum(), counts.droppedLogLines.sum(), counts.printedLines.sum(),
            counts.droppedPrintedLines.sum(), counts.exceptions.sum())).orElse(OutputTotals.NONE);
    }

    private Counts findCounts(BundleOwner owner) {
        // A look first: computeIfAbsent may lock even if the key is there.
        Counts known = byOwner.get(owner);
        return known != null ? known : byOwner.computeIfAbsent(owner, key -> new Counts(createLimit(), createLimit()));
    }

    private Limit renew(Limit limit) {
        return limit.linesPerMinute() == linesPerMinute ? limit : createLimit();
    }

    private Limit createLimit() {
        int lines = linesPerMinute;
        return new Limit(lines, new TokenBucket(lines, TimeUnit.MINUTES.toNanos(1) / lines, nanoTime.getAsLong()));
    }
}
