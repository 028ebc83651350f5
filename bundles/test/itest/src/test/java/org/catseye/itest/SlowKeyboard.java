package org.catseye.itest;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.catseye.hid.HidState.Feature;
import org.catseye.hid.spi.HidFeedback;
import org.catseye.hid.spi.HidTransport;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.hid.spi.MotionReport;
import org.catseye.hid.spi.PointerReport;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/** The keyboard of a computer that reads a report only every few milliseconds. */
final class SlowKeyboard implements HidTransport, AutoCloseable {

    private final ServiceRegistration<HidTransport> registration;
    private final long reportNanos;
    private final List<KeyboardReport> reports = new ArrayList<>();

    SlowKeyboard(BundleContext context, String target, long reportMillis) {
        reportNanos = TimeUnit.MILLISECONDS.toNanos(reportMillis);
        registration = context.registerService(HidTransport.class, this, FrameworkUtil.asDictionary(Map.of("kvm.target", target, "kvm.label", "Slow")));
    }

    @Override
    public Set<Feature> supportedFeatures() {
        return EnumSet.allOf(Feature.class);
    }

    @Override
    public void attach(HidFeedback feedback) {
        feedback.reportReady("it reads slowly");
    }

    @Override
    public void detach() {
    }

    @Override
    public void sendKeyboard(KeyboardReport report) {
        long end = System.nanoTime() + reportNanos;
        for (long left = reportNanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        synchronized (this) {
            reports.add(report);
        }
    }

    /** All reports since the first key went down. */
    synchronized List<KeyboardReport> reports() {
        int first = 0;
        while (first < reports.size() && reports.get(first).equals(KeyboardReport.UP)) {
            first++;
        }
        return List.copyOf(reports.subList(first, reports.size()));
    }

    @Override
    public void sendPointer(PointerReport report) {
    }

    @Override
    public void sendMotion(MotionReport report) {
    }

    @Override
    public void sendConsumerUsage(int usage) {
    }

    @Override
    public void close() {
        registration.unregister();
    }
}
