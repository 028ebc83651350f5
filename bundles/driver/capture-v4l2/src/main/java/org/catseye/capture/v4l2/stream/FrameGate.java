package org.catseye.capture.v4l2.stream;

import java.util.concurrent.TimeUnit;
import org.catseye.capture.v4l2.frame.DuplicateFrameFilter;
import org.catseye.capture.v4l2.frame.FrameSource;
import org.catseye.capture.v4l2.settings.Settings;
import org.catseye.capture.v4l2.signal.SignalWatch;
import org.catseye.capture.v4l2.stick.Stick;
import org.catseye.video.VideoFormat;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.Slot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last step before the hub: counts lost frames, withholds filler pictures and unchanged pictures, and publishes the others. For
 * one thread.
 */
final class FrameGate implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FrameGate.class);

    private static final long MAX_DELAY_NANOS = TimeUnit.SECONDS.toNanos(5);
    /** A larger jump of the sequence number is a restarted counter, not a loss. */
    private static final int MAX_LOST_AT_ONCE = 1_000;

    private final CaptureContext context;
    private final Stick stick;
    private final SignalWatch signal;
    private final DuplicateFrameFilter duplicates = new DuplicateFrameFilter();
    private boolean dropsDuplicates;
    private boolean sequenceStarted;
    private int expectedSequence;
    private long lastTimestamp = Long.MIN_VALUE;
    private long damagedFrames;
    private String lastDefect = "";

    FrameGate(CaptureContext context, Stick stick, Settings settings) {
        this.context = context;
        this.stick = stick;
        this.signal = new SignalWatch(context, stick);
        applySettings(settings);
    }

    void applySettings(Settings settings) {
        dropsDuplicates = settings.dropSameFrames();
        signal.setEnabled(settings.detectSignal());
    }

    /** Takes the driver's frame number. A gap counts the frames that the driver, the bus or the stick lost. */
    void countSequence(int number) {
        int lost = number - expectedSequence;
        if (sequenceStarted && lost > 0 && lost < MAX_LOST_AT_ONCE) {
            context.reportLostFrames(lost);
        }
        expectedSequence = number + 1;
        sequenceStarted = true;
    }

    /** Counts a damaged frame. @param defect for a log line about several frames */
    void countDamaged(String defect) {
        context.reportLostFrames(1);
        damagedFrames++;
        lastDefect = defect;
    }

    /** Counts a frame that is skipped because a newer one is already available. */
    void countSkipped() {
        context.reportLostFrames(1);
    }

    /**
     * The timestamp to publish: the driver's if it is of the same clock and plausible, otherwise the time of receipt. Never earlier
     * than the previous one.
     *
     * @param driverNanos CLOCK_MONOTONIC; 0 if unknown
     * @param receivedNanos CLOCK_MONOTONIC
     */
    long chooseTimestamp(long driverNanos, long receivedNanos) {
        boolean plausible = driverNanos != 0 && driverNanos <= receivedNanos && receivedNanos - driverNanos < MAX_DELAY_NANOS;
        lastTimestamp = Math.max(lastTimestamp, plausible ? driverNanos : receivedNanos);
        return lastTimestamp;
    }

    /** Publishes the slot or closes it; the caller must not use it afterwards. */
    void publishOrDrop(Slot slot, FrameSource source, long timestamp) {
        VideoFormat format = source.frameFormat();
        boolean publish;
        try {
            publish = signal.isPublishable(slot.buffer(), source.scanOffset(), format, timestamp)
                && !(dropsDuplicates && duplicates.isDuplicate(slot.buffer(), timestamp));
        } catch (RuntimeException | Error e) {
            slot.close();
            throw e;
        }
        if (publish) {
            context.publishFrame(slot, format, true, timestamp);
        } else {
            slot.close();
        }
    }

    /** Called once a second: logs damaged frames in one line, and checks the state of the input. */
    void runPeriodicChecks(long nanos) {
        if (damagedFrames > 0) {
            LOG.warn("{}: dropped {} damaged frames in the last second: {}", stick.description(), damagedFrames, lastDefect);
            damagedFrames = 0;
        }
        signal.readRegistersIfDue(nanos);
    }

    @Override
    public void close() {
        signal.close();
    }
}
