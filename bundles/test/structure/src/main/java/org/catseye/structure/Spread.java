package org.catseye.structure;

import java.util.Collection;
import java.util.List;

/** Median, 90th percentile and maximum of some counts. */
record Spread(int median, int ninetieth, int max) {

    static Spread of(Collection<Integer> counts) {
        if (counts.isEmpty()) {
            return new Spread(0, 0, 0);
        }
        List<Integer> sorted = counts.stream().sorted().toList();
        return new Spread(pick(sorted, 50), pick(sorted, 90), sorted.get(sorted.size() - 1));
    }

    private static int pick(List<Integer> sorted, int percent) {
        return sorted.get(Math.max(0, (int) Math.ceil(sorted.size() * percent / 100.0) - 1));
    }

    @Override
    public String toString() {
        return median + " / " + ninetieth + " / " + max;
    }
}
