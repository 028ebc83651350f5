package org.catseye.itest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** How long somebody waited, many times. Thread-safe. */
final class Waits {

    private final List<Long> nanos = Collections.synchronizedList(new ArrayList<>());

    /** Something that answers. */
    interface Question {
        void ask() throws Exception;
    }

    /** A question without an answer counts as a very long wait. */
    void time(Question question, long failedNanos) {
        long began = System.nanoTime();
        try {
            question.ask();
            nanos.add(System.nanoTime() - began);
        } catch (Exception e) {
            nanos.add(Math.max(failedNanos, System.nanoTime() - began));
        }
    }

    int count() {
        return nanos.size();
    }

    double percentileMillis(double percent) {
        List<Long> sorted;
        synchronized (nanos) {
            sorted = nanos.stream().sorted().toList();
        }
        return sorted.isEmpty() ? Double.NaN : sorted.get((int) Math.min(sorted.size() - 1, Math.floor(sorted.size() * percent / 100))) / 1e6;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.1f / %.1f / %.1f (%d)", percentileMillis(50), percentileMillis(99), percentileMillis(100), count());
    }
}
