package org.catseye.core.hid.device;

import java.util.Set;
import org.catseye.core.hid.report.ReportQueue;
import org.catseye.hid.HidState;
import org.catseye.hid.HidState.Feature;
import org.catseye.hid.spi.HidTransport;

/** One transport at a hub: its state and the reports that wait for it. Guarded by the hub's lock, but for the final values. */
public final class Device {

    private final HidTransport transport;
    private final String label;
    private final long serviceId;
    private final ReportQueue queue = new ReportQueue();
    private DeviceState state = DeviceState.INITIAL;
    private boolean removed;
    private boolean retryScheduled;

    /** @param label its name for logs and the user */
    public Device(HidTransport transport, String label, long serviceId) {
        this.transport = transport;
        this.label = label;
        this.serviceId = serviceId;
    }

    public HidTransport transport() {
        return transport;
    }

    public String label() {
        return label;
    }

    public long serviceId() {
        return serviceId;
    }

    public ReportQueue queue() {
        return queue;
    }

    Set<Feature> features() {
        return queue.features();
    }

    DeviceState state() {
        return state;
    }

    void setState(DeviceState next) {
        state = next;
    }

    boolean isRemoved() {
        return removed;
    }

    /** From now on it gets no reports. */
    void markRemoved() {
        removed = true;
        queue.clear();
    }

    /** @return false if a retry was scheduled before and is still to come */
    boolean scheduleRetry() {
        boolean first = !retryScheduled;
        retryScheduled = true;
        return first;
    }

    void endRetry() {
        retryScheduled = false;
    }

    /** Whether reports may be sent to it. */
    boolean acceptsReports() {
        return !removed && state.acceptsReports();
    }

    HidState toHidState() {
        return state.toHidState(features());
    }
}
