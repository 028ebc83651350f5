package org.catseye.core.hid.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.catseye.core.hid.report.PointerState;
import org.catseye.core.hid.report.Report;
import org.catseye.core.hid.report.ReportQueue;
import org.catseye.hid.HidState.Feature;
import org.catseye.hid.Usage;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.hid.spi.PointerReport;

/** The input of all sessions together, and the reports for the device in use that follow from it. Guarded by the hub's lock. */
public final class InputState {

    private final HeldKeys held = new HeldKeys();
    private final PointerState pointer = new PointerState();
    private Optional<ReportQueue> queue = Optional.empty();
    private boolean overflowed;
    /** The losses that the queue in use does not count: those of former queues, and of input without a queue. */
    private long otherLosses;

    /** From now on reports go into this queue, which gets the whole state from elsewhere; empty for none. */
    public void useQueue(Optional<ReportQueue> next) {
        otherLosses = countLosses() - next.map(ReportQueue::countLosses).orElse(0L);
        queue = next;
    }

    /** The queue of the device in use. */
    public Optional<ReportQueue> queue() {
        return queue;
    }

    /** How many times input did not reach a device. */
    public long countLosses() {
        return otherLosses + queue.map(ReportQueue::countLosses).orElse(0L);
    }

    void setKey(SessionInput session, Usage usage, boolean down) {
        if (held.setKey(session, usage, down)) {
            reportPage(usage.page());
        }
    }

    void movePointerTo(SessionInput session, double x, double y, int buttons) {
        pointer.useAbsolutePointer(scaleFraction(x), scaleFraction(y));
        held.setButtons(session, buttons);
        pointer.reportPosition(features(), held.buttonMask(), this::addReport);
    }

    void movePointerBy(SessionInput session, int dx, int dy, int buttons) {
        pointer.useRelativePointer();
        held.setButtons(session, buttons);
        int max = Report.PointerMotion.MAX_DISTANCE;
        pointer.reportMotion(features(),
            new Report.PointerMotion(held.buttonMask(), Report.limitTo(max, dx), Report.limitTo(max, dy), 0, 0), this::addReport);
    }

    void turnWheel(int dx, int dy) {
        int max = Report.MAX_WHEEL;
        pointer.reportWheel(features(), new Report.PointerMotion(held.buttonMask(), 0, 0, Report.limitTo(max, dy), Report.limitTo(max, dx)),
            this::addReport);
    }

    /** Releases everything that a session holds. */
    public void releaseSession(SessionInput session) {
        held.releaseKeys(session).stream().map(Usage::page).distinct().forEach(this::reportPage);
        if (held.setButtons(session, 0)) {
            pointer.reportButtons(features(), held.buttonMask(), this::addReport);
        }
    }

    /** Releases everything that these sessions hold, without a report. */
    public void discardInput(Iterable<SessionInput> sessions) {
        held.releaseAll(sessions);
        overflowed = false;
    }

    /** Releases everything that these sessions hold, and counts it as a loss if they hold anything. */
    public void loseInput(Iterable<SessionInput> sessions) {
        otherLosses += held.isEmpty() ? 0 : 1;
        discardInput(sessions);
    }

    /** Whether a report found the queue full since {@link #discardInput}: the device does not have the current state. */
    public boolean hasOverflowed() {
        return overflowed;
    }

    /** The reports that release everything on a device with these features. */
    public List<Report> createReleaseReports(Set<Feature> features) {
        List<Report> reports = new ArrayList<>();
        Consumer<Report> output = collectSupported(features, reports);
        output.accept(new Report.KeyboardState(KeyboardReport.UP));
        output.accept(new Report.MediaKey(0));
        output.accept(new Report.SystemControl(0));
        pointer.reportReleased(output);
        return reports;
    }

    /** The reports for a device that comes into use: everything released, then what is held. */
    public List<Report> createPrimingReports(Set<Feature> features) {
        List<Report> reports = createReleaseReports(features);
        Consumer<Report> output = collectSupported(features, reports);
        KeyboardReport keyboard = held.keyboardReport();
        if (!keyboard.equals(KeyboardReport.UP)) {
            output.accept(new Report.KeyboardState(keyboard));
        }
        if (held.lastPressed(Usage.CONSUMER_PAGE) != 0) {
            output.accept(new Report.MediaKey(held.lastPressed(Usage.CONSUMER_PAGE)));
        }
        if (held.lastPressed(Usage.DESKTOP_PAGE) != 0) {
            output.accept(new Report.SystemControl(held.lastPressed(Usage.DESKTOP_PAGE)));
        }
        pointer.assumeReleased();
        pointer.reportButtons(features, held.buttonMask(), output);
        return reports;
    }

    private void reportPage(int page) {
        addReport(switch (page) {
            case Usage.KEYBOARD_PAGE -> new Report.KeyboardState(held.keyboardReport());
            case Usage.CONSUMER_PAGE -> new Report.MediaKey(held.lastPressed(page));
            default -> new Report.SystemControl(held.lastPressed(page));
        });
    }

    private void addReport(Report report) {
        otherLosses += queue.isEmpty() ? 1 : 0;
        overflowed |= queue.isPresent() && !queue.get().addReport(report);
    }

    private Set<Feature> features() {
        return queue.map(ReportQueue::features).orElse(Set.of());
    }

    private static Consumer<Report> collectSupported(Set<Feature> features, List<Report> reports) {
        return report -> {
            if (features.contains(report.requiredFeature())) {
                reports.add(report);
            }
        };
    }

    private static int scaleFraction(double fraction) {
        return (int) Math.round(Math.max(0, Math.min(1, fraction)) * PointerReport.MAX);
    }
}
