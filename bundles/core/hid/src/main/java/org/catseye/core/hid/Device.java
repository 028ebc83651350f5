package org.catseye.core.hid;

import java.util.Set;
import org.catseye.hid.HidState;
import org.catseye.hid.HidState.Feature;
import org.catseye.hid.Leds;
import org.catseye.hid.spi.HidFeedback;
import org.catseye.hid.spi.HidTransport;

/** One transport at a hub: what it said last and what it has still to be told. Everything but the feedback sits under the hub's lock. */
final class Device implements HidFeedback, Comparable<Device> {

    /** What is known of the target behind it. */
    enum Mood {
        /** Not attached yet, or it has not spoken yet. */
        SILENT,
        /** It said that the target listens. */
        READY,
        /** It said that the target does not listen, and will say when it does. */
        OFFLINE,
        /** A report did not go through. It may never say that it is well again, so the hub tries. */
        FAILED,
        /** FAILED, and being tried just now. */
        TRYING
    }

    final HidTransport transport;
    final String label;
    final long serviceId;
    final Outbox outbox = new Outbox();
    int ranking;
    Mood mood = Mood.SILENT;
    String reason = "the keyboard output is starting";
    /** What it said when it was ready last. */
    String readyReason = "";
    Set<Feature> features = Set.of();
    Leds leds = Leds.UNKNOWN;
    boolean attached;
    boolean gone;
    /** When a report failed last, on the hub's clock; meaningful while FAILED. */
    long failedAt;
    /** How often in a row. */
    int failures;
    boolean retryComing;
    /** When more came than it takes, on the hub's clock; meaningful while the reason says so. */
    long floodedAt;

    private final HidHub hub;

    Device(HidHub hub, HidTransport transport, String label, long serviceId, int ranking) {
        this.hub = hub;
        this.transport = transport;
        this.label = label;
        this.serviceId = serviceId;
        this.ranking = ranking;
    }

    @Override
    public void reportReady(String why) {
        hub.ready(this, why);
    }

    @Override
    public void reportOffline(String why) {
        hub.offline(this, why);
    }

    @Override
    public void reportLeds(Leds now) {
        hub.leds(this, now);
    }

    /** Whether reports may go to it now. */
    boolean open() {
        return attached && !gone && (mood == Mood.READY || mood == Mood.TRYING);
    }

    /** Puts a report in line if the device knows that kind. @return false if there is no room */
    boolean tell(Report report) {
        return !features.contains(report.needs()) || outbox.add(report);
    }

    HidState state() {
        return new HidState(mood == Mood.READY ? HidState.Condition.READY : HidState.Condition.OFFLINE, reason, features);
    }

    /** As the framework orders services: higher ranking first, then the older. */
    @Override
    public int compareTo(Device other) {
        return ranking != other.ranking ? Integer.compare(other.ranking, ranking) : Long.compare(serviceId, other.serviceId);
    }
}
