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
    /** Numbers of reports, counted from the beginning: that were added, that have left the queue, that the device has taken. */
    private long added;
    private long removed;
    private long written;
    private long losses;

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
        if (waiting.size() >= MAX_WAITING) {
            return false;
        }
        added++;
        return waiting.add(report);
    }

    /** The next report, or null when the queue is empty. */
    public Report takeNext() {
        Report report = waiting.pollFirst();
        if (report instanceof Report.PointerMotion motion && motion.needsSeveralReports()) {
            waiting.addFirst(motion.remainder());
            return motion.firstStep();
        }
        removed += report == null ? 0 : 1;
        return report;
    }

    /** The device has taken the report that {@link #takeNext} returned last. */
    public void confirmWritten() {
        written = removed;
    }

    /** The position of the newest report, for {@link #isWritten}. */
    public long lastPosition() {
        return added;
    }

    /** Whether the device has taken all reports up to this position, or they were dropped, which {@link #countLosses} counts. */
    public boolean isWritten(long position) {
        return written >= position;
    }

    /** How many times reports were dropped that the device had not taken. */
    public long countLosses() {
        return losses;
    }

    /** Drops what waits in favour of these reports, which hold the whole state. */
    public void replaceAll(List<Report> state) {
        clear();
        waiting.addAll(state);
        added += state.size();
    }

    public void clear() {
        losses += written < added ? 1 : 0;
        waiting.clear();
        removed = added;
        written = added;
    }

    public boolean isEmpty() {
        return waiting.isEmpty();
    }
}
