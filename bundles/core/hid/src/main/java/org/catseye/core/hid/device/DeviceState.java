package org.catseye.core.hid.device;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.catseye.hid.HidState;
import org.catseye.hid.HidState.Feature;
import org.catseye.hid.Leds;

/**
 * What is known about a device and the remote computer behind it; immutable.
 *
 * @param phase whether reports may be sent
 * @param reason one sentence for the user; overridden while {@code flooded}
 * @param readyReason the reason of the last time it was ready
 * @param leds as reported last; unknown while offline
 * @param attached whether it has returned from attach
 * @param failures how many reports failed in a row
 * @param failedAt when the last one failed, on the hub's clock; meaningless without failures
 * @param flooded whether more input came than the device takes; reported for a while
 * @param floodedAt since when, on the hub's clock; meaningless unless flooded
 */
record DeviceState(Phase phase, String reason, String readyReason, Leds leds, boolean attached, int failures, long failedAt,
        boolean flooded, long floodedAt) {

    /** Whether reports may be sent. */
    enum Phase {
        /** Not attached yet, or the device has reported nothing yet. */
        SILENT,
        /** The device reported that the remote computer takes reports. */
        READY,
        /** The device reported that it does not, and will report when it does. */
        OFFLINE,
        /** A report failed. The device may never report that it works again, so the hub retries. */
        FAILED,
        /** FAILED, and a retry is under way. */
        RETRYING
    }

    static final DeviceState INITIAL =
        new DeviceState(Phase.SILENT, "the keyboard output is starting", "", Leds.UNKNOWN, false, 0, 0, false, 0);

    private static final String FLOODED_REASON = "input came faster than the target takes it, so all keys were released";
    private static final long FLOOD_REPORT_NANOS = TimeUnit.SECONDS.toNanos(5);

    DeviceState toAttached() {
        return new DeviceState(phase, reason, readyReason, leds, true, failures, failedAt, flooded, floodedAt);
    }

    DeviceState toReady(String why) {
        return new DeviceState(Phase.READY, why, why, leds, attached, 0, failedAt, false, floodedAt);
    }

    DeviceState toOffline(String why) {
        return new DeviceState(Phase.OFFLINE, why, readyReason, Leds.UNKNOWN, attached, failures, failedAt, false, floodedAt);
    }

    DeviceState toFailed(String why, long now) {
        return new DeviceState(Phase.FAILED, why, readyReason, leds, attached, failures + 1, now, false, floodedAt);
    }

    DeviceState toRetrying() {
        return new DeviceState(Phase.RETRYING, reason, readyReason, leds, attached, failures, failedAt, flooded, floodedAt);
    }

    DeviceState withLeds(Leds reported) {
        return new DeviceState(phase, reason, readyReason, reported, attached, failures, failedAt, flooded, floodedAt);
    }

    DeviceState toFlooded(long now) {
        return new DeviceState(phase, reason, readyReason, leds, attached, failures, failedAt, true, now);
    }

    /** After a report was sent: a flood is no longer reported when it is some seconds ago. */
    DeviceState afterReport(long now) {
        return flooded && now - floodedAt > FLOOD_REPORT_NANOS
            ? new DeviceState(phase, readyReason, readyReason, leds, attached, failures, failedAt, false, floodedAt) : this;
    }

    boolean isReady() {
        return phase == Phase.READY;
    }

    boolean acceptsReports() {
        return attached && (phase == Phase.READY || phase == Phase.RETRYING);
    }

    HidState toHidState(Set<Feature> features) {
        return new HidState(isReady() ? HidState.Condition.READY : HidState.Condition.OFFLINE, flooded ? FLOODED_REASON : reason, features);
    }

    /** For the log. */
    String describeFlood() {
        return FLOODED_REASON;
    }
}
