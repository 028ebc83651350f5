package org.catseye.core.hid.report;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import org.catseye.hid.HidState.Feature;

/**
 * The reports that wait for one device, in order. While the device is busy, positions and motions are merged; a press or release of a
 * key or a button never is. Not thread-safe: guarded by the hub's lock.
 */
public final class ReportQueue {

    /** Most reports that wait. At the 1 ms of a USB keyboard this is a quarter of a second of typing at full speed. */
    public static final int MAX_WAITING = 256;

    private final ArrayDeque<Report> waiting = new ArrayDeque<>();
    private Set<Feature> features = Set.of();

    /** What the device can do. */
    public Set<Feature> features() {
        return features;
    }

    public void setFeatures(Set<Feature> supported) {
        features = Set.copyOf(supported);
    }

    /**
     * Adds a report if the device has its feature, merged with the last one where nothing is lost by it.
     *
     * @return false if the queue is full
     */
    public boolean addReport(Report report) {
        if (!features.contains(report.requiredFeature())) {
            return true;
        }
        Report last = waiting.peekLast();
        if (last instanceof Report.PointerPosition position && report instanceof Report.PointerPosition next && position.canMerge(next)) {
            waiting.removeLast();
            waiting.addLast(position.mergeWith(next));
            return true;
        }
        if (last instanceof Report.PointerMotion motion && report instanceof Report.PointerMotion next && motion.canMerge(next)) {
            waiting.removeLast();
            waiting.addLast(motion.mergeWith(next));
            return true;
        }
        return waiting.size() < MAX_WAITING && waiting.add(report);
    }

    /** The next report, or null when the queue is empty. */
    public Report takeNext() {
        Report report = waiting.pollFirst();
        if (report instanceof Report.PointerMotion motion && motion.needsSeveralReports()) {
            waiting.addFirst(motion.remainder());
            return motion.firstStep();
        }
        return report;
    }

    /** Drops what waits in favour of these reports, which hold the whole state. */
    public void replaceAll(List<Report> state) {
        waiting.clear();
        waiting.addAll(state);
    }

    public void clear() {
        waiting.clear();
    }

    public boolean isEmpty() {
        return waiting.isEmpty();
    }
}
