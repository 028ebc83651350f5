package org.catseye.core.hid;

import java.util.ArrayDeque;
import java.util.List;

/**
 * What one device has still to be told, in order. While it is busy, positions and ways melt into one; an edge of a key or a
 * button is never melted away. Not thread-safe: it sits under the hub's lock.
 */
final class Outbox {

    /** Most reports that wait. At the 1 ms of a USB keyboard this is a quarter of a second of typing at full speed. */
    static final int MOST = 256;

    private final ArrayDeque<Report> waiting = new ArrayDeque<>();

    /** Adds a report, into the last one where nothing is lost by it. @return false if there is no room */
    boolean add(Report report) {
        Report last = waiting.peekLast();
        if (last instanceof Report.Place place && report instanceof Report.Place next && place.takes(next)) {
            waiting.removeLast();
            waiting.addLast(place.with(next));
            return true;
        }
        if (last instanceof Report.Way way && report instanceof Report.Way next && way.takes(next)) {
            waiting.removeLast();
            waiting.addLast(way.with(next));
            return true;
        }
        return waiting.size() < MOST && waiting.add(report);
    }

    /** The next report, or null when all is told. */
    Report poll() {
        Report report = waiting.pollFirst();
        if (report instanceof Report.Way way && way.isLong()) {
            waiting.addFirst(way.rest());
            return way.first();
        }
        return report;
    }

    /** Forgets what waits, for these: they tell the whole state. */
    void replace(List<Report> state) {
        waiting.clear();
        waiting.addAll(state);
    }

    void clear() {
        waiting.clear();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }
}
