package org.catseye.core.video.hub;

import java.util.concurrent.atomic.LongAdder;

/** Totals of one hub since it was created. Thread-safe. */
public final class HubTotals {

    private final LongAdder frames = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder deliveredFrames = new LongAdder();
    private final LongAdder deliveredBytes = new LongAdder();
    private final LongAdder skippedFrames = new LongAdder();
    private final LongAdder processorNanos = new LongAdder();

    /** A frame was published. */
    void addFrame(long size) {
        frames.increment();
        bytes.add(size);
    }

    /** A viewer took a frame. @param skipped frames that it did not take before it */
    void addDelivery(long size, long skipped) {
        deliveredFrames.increment();
        deliveredBytes.add(size);
        skippedFrames.add(skipped);
    }

    void addProcessorTime(long nanos) {
        processorNanos.add(nanos);
    }

    public long frames() {
        return frames.sum();
    }

    public long bytes() {
        return bytes.sum();
    }

    public long deliveredFrames() {
        return deliveredFrames.sum();
    }

    public long deliveredBytes() {
        return deliveredBytes.sum();
    }

    public long skippedFrames() {
        return skippedFrames.sum();
    }

    public long processorNanos() {
        return processorNanos.sum();
    }
}
