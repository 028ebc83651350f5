package org.catseye.capture.v4l2;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.catseye.video.VideoFormat;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.Slot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last station before the hub: counts what is lost, keeps back filler pictures and pictures that did not change, and
 * publishes the rest. One thread.
 */
final class FrameGate implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FrameGate.class);

    private static final long LONGEST_DELAY_NANOS = TimeUnit.SECONDS.toNanos(5);
    /** A jump of the sequence beyond this is a counter that began anew, not a loss. */
    private static final int MOST_LOST_AT_ONCE = 1_000;

    private final CaptureContext context;
    private final Stick stick;
    private final SignalWatch signal;
    private final SameFrames same = new SameFrames();
    private boolean dropSame;
    private boolean counting;
    private int expected;
    private long lastStamp = Long.MIN_VALUE;
    private long broken;
    private String defect = "";

    FrameGate(CaptureContext context, Stick stick, Settings settings) {
        this.context = context;
        this.stick = stick;
        this.signal = new SignalWatch(context, stick);
        configure(settings);
    }

    void configure(Settings settings) {
        dropSame = settings.dropSameFrames();
        signal.enable(settings.detectSignal());
    }

    /** The driver's frame number; a gap is what the driver, the bus or the stick lost. */
    void sequence(int number) {
        int lost = number - expected;
        if (counting && lost > 0 && lost < MOST_LOST_AT_ONCE) {
            context.reportLostFrames(lost);
        }
        expected = number + 1;
        counting = true;
    }

    /** A frame came damaged. */
    void broken(String why) {
        context.reportLostFrames(1);
        broken++;
        defect = why;
    }

    /** A frame was overtaken by a newer one before we came to it. */
    void late() {
        context.reportLostFrames(1);
    }

    /**
     * The time stamp to publish: the driver's, if it is of our clock and plausible, else the time it was received. Never
     * earlier than the one before.
     *
     * @param driver CLOCK_MONOTONIC nanoseconds; 0 for unknown
     * @param received likewise
     */
    long stamp(long driver, long received) {
        boolean plausible = driver != 0 && driver <= received && received - driver < LONGEST_DELAY_NANOS;
        lastStamp = Math.max(lastStamp, plausible ? driver : received);
        return lastStamp;
    }

    /** Takes the slot over: publishes it, or gives it back. */
    void offer(Slot slot, FrameSource source, long stamp) throws IOException {
        VideoFormat format = source.format();
        boolean pass;
        try {
            pass = signal.shows(slot.buffer(), source.scan(), format, stamp) && !(dropSame && same.skips(slot.buffer(), stamp));
        } catch (IOException | RuntimeException | Error e) {
            slot.close();
            throw e;
        }
        if (pass) {
            context.publishFrame(slot, format, true, stamp);
        } else {
            slot.close();
        }
    }

    /** Once a second: tells of damaged frames in one line, looks at the input's state. */
    void tick(long now) {
        if (broken > 0) {
            LOG.warn("{}: dropped {} damaged frames in the last second: {}", stick.words(), broken, defect);
            broken = 0;
        }
        signal.tick(now);
    }

    @Override
    public void close() {
        signal.close();
    }
}
