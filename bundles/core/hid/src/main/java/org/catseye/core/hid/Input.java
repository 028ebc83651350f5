package org.catseye.core.hid;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.catseye.hid.HidState.Feature;
import org.catseye.hid.Usage;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.hid.spi.PointerReport;

/** Makes reports for the device in use of what the sessions do. Sits under the hub's lock. */
final class Input {

    private final Held held = new Held();
    private final Pointer pointer = new Pointer();
    private Device device;
    private boolean full;

    /** From now on reports go to this one, which is in line to be told the whole state; null for none. */
    void use(Device current) {
        device = current;
    }

    void key(Holding holding, Usage usage, boolean down) {
        if (held.key(holding, usage, down)) {
            tellPage(usage.page());
        }
    }

    void pointTo(Holding holding, double x, double y, int buttons) {
        pointer.place(scaled(x), scaled(y));
        held.buttons(holding, buttons);
        pointer.tellPlace(features(), held.buttons(), this::tell);
    }

    void moveBy(Holding holding, int dx, int dy, int buttons) {
        pointer.step();
        held.buttons(holding, buttons);
        int most = Report.Way.MOST_WAY;
        pointer.tellStep(features(), new Report.Way(held.buttons(), Report.clamp(dx, most), Report.clamp(dy, most), 0, 0), this::tell);
    }

    void wheel(int dx, int dy) {
        int most = Report.MOST_WHEEL;
        pointer.tellWheel(features(), new Report.Way(held.buttons(), 0, 0, Report.clamp(dy, most), Report.clamp(dx, most)), this::tell);
    }

    /** A session lets go of everything. */
    void release(Holding holding) {
        held.liftKeys(holding).stream().map(Usage::page).distinct().forEach(this::tellPage);
        if (held.buttons(holding, 0)) {
            pointer.tellButtons(features(), held.buttons(), this::tell);
        }
    }

    /** Everybody lets go of everything; nothing is told. */
    void forget(Iterable<Holding> holdings) {
        held.clear(holdings);
        full = false;
    }

    /** Whether a report found no room since {@link #forget}: what was told is not the state any more. */
    boolean overflowed() {
        return full;
    }

    /** Everything up, for a device of these features. */
    List<Report> up(Set<Feature> features) {
        List<Report> reports = new ArrayList<>();
        Consumer<Report> out = known(features, reports);
        out.accept(new Report.Keys(KeyboardReport.UP));
        out.accept(new Report.Media(0));
        out.accept(new Report.Power(0));
        pointer.tellUp(out);
        return reports;
    }

    /** Everything up, then what is held: for the device that comes into use. */
    List<Report> prime(Set<Feature> features) {
        List<Report> reports = up(features);
        Consumer<Report> out = known(features, reports);
        KeyboardReport keyboard = held.keyboard();
        if (!keyboard.equals(KeyboardReport.UP)) {
            out.accept(new Report.Keys(keyboard));
        }
        if (held.single(Usage.CONSUMER_PAGE) != 0) {
            out.accept(new Report.Media(held.single(Usage.CONSUMER_PAGE)));
        }
        if (held.single(Usage.DESKTOP_PAGE) != 0) {
            out.accept(new Report.Power(held.single(Usage.DESKTOP_PAGE)));
        }
        pointer.forgetButtons();
        pointer.tellButtons(features, held.buttons(), out);
        return reports;
    }

    private void tellPage(int page) {
        switch (page) {
            case Usage.KEYBOARD_PAGE -> tell(new Report.Keys(held.keyboard()));
            case Usage.CONSUMER_PAGE -> tell(new Report.Media(held.single(page)));
            default -> tell(new Report.Power(held.single(page)));
        }
    }

    private void tell(Report report) {
        full |= device != null && !device.tell(report);
    }

    private Set<Feature> features() {
        return device == null ? Set.of() : device.features;
    }

    private static Consumer<Report> known(Set<Feature> features, List<Report> reports) {
        return report -> {
            if (features.contains(report.needs())) {
                reports.add(report);
            }
        };
    }

    private static int scaled(double fraction) {
        return (int) Math.round(Math.max(0, Math.min(1, fraction)) * PointerReport.MAX);
    }
}
