package org.catseye.virtual;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.catseye.jpeg.JpegEncoder;
import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.Signal;
import org.catseye.video.spi.Slot;
import org.catseye.virtual.machine.Machine;
import org.catseye.virtual.machine.Machine.Power;
import org.catseye.virtual.paint.Canvas;
import org.catseye.virtual.paint.FrameTag;
import org.catseye.virtual.paint.Look;

/**
 * One call of capture(): advances the machine's time, and encodes its screen when it has changed and a viewer is connected. The
 * first change after a pause is encoded immediately, further ones at the configured rate. Only the capture thread
 * calls {@link #deliverFrames} and {@link #runStep}.
 */
final class FrameLoop {

    private final Machine machine;
    private final CaptureContext context;
    private final LongSupplier clock;
    private final AtomicLong sequence;
    private final long period;
    private final VideoFormat format;
    private final Look look;
    private final Canvas canvas;
    private final JpegEncoder encoder;
    private final Semaphore wake = new Semaphore(0);
    private volatile boolean stopped;

    /** Whether a frame is due even if nothing changed: the first one, and one for the first viewer. */
    private boolean forced = true;
    private boolean watched;
    private Power shown = Power.ON;
    private long paintedRevision = -1;
    private long lastFrame;
    private FrameTag lastTag;
    /** Whether an encoded frame is waiting for a free buffer. */
    private boolean unsent;
    private long capturedNanos;

    /** @param sequence counts frames over all calls of capture() */
    FrameLoop(Machine machine, Settings settings, Look look, CaptureContext context, LongSupplier clock, AtomicLong sequence) {
        this.machine = machine;
        this.context = context;
        this.clock = clock;
        this.sequence = sequence;
        this.look = look;
        period = TimeUnit.SECONDS.toNanos(1) / settings.fps();
        format = new VideoFormat(Codec.JPEG, settings.width(), settings.height());
        canvas = new Canvas(settings.width(), settings.height());
        encoder = new JpegEncoder(settings.width(), settings.height(), settings.jpegQuality());
        lastFrame = clock.getAsLong() - period;
    }

    /** Delivers frames until stopped. */
    void deliverFrames() throws InterruptedException {
        context.setWakeAction(this::wakeLoop);
        while (!stopped && !context.isStopped()) {
            if (wake.tryAcquire(runStep(), TimeUnit.NANOSECONDS)) {
                wake.drainPermits();
            }
        }
    }

    /** Checks for changes soon. Thread-safe. */
    void wakeLoop() {
        if (wake.availablePermits() == 0) {
            wake.release();
        }
    }

    /** Makes {@link #deliverFrames} return. Thread-safe. */
    void stopLoop() {
        stopped = true;
        wakeLoop();
    }

    /** Performs all due work. @return nanoseconds until the next work is due */
    long runStep() {
        long wait = machine.advanceTime();
        if (reportMissingSignal()) {
            return wait;
        }
        boolean watchedNow = context.viewerCount() > 0;
        forced |= watchedNow && !watched;
        watched = watchedNow;
        long revision = machine.revision();
        if (!forced && (!watched || revision == paintedRevision && !unsent)) {
            return wait;
        }
        long early = lastFrame + period - clock.getAsLong();
        if (early > 0) {
            return Math.min(wait, early);
        }
        produceFrame(revision);
        return unsent ? Math.min(wait, period) : wait;
    }

    /** Reports the lack of a picture, once per change. @return whether there is no picture */
    private boolean reportMissingSignal() {
        Power power = machine.power();
        if (power != shown) {
            shown = power;
            forced = true;
            if (power != Power.ON) {
                context.reportSignal(Signal.NO_SIGNAL, power == Power.OFF ? "the virtual computer is off: press its power button"
                    : "the virtual computer is asleep: press a key");
            }
        }
        return power != Power.ON;
    }

    private void produceFrame(long revision) {
        lastFrame = clock.getAsLong();
        if (forced || revision != paintedRevision) {
            Optional<FrameTag> tag = machine.paintScreen(canvas, look);
            paintedRevision = revision;
            if (tag.isPresent()) {
                encodeFrame(tag.get());
            }
        }
        if (unsent) {
            context.acquireSlot(encoder.sizeBytes()).ifPresent(this::publishEncoded);
        }
    }

    private void encodeFrame(FrameTag tag) {
        if (!forced && tag.equals(lastTag) && !encoder.hasChanged(canvas.pixels(), Look.TAG_HEIGHT)) {
            return;
        }
        lastTag = tag;
        tag.withSequence(sequence.getAndIncrement() & 0xffffffffL).paintTag(canvas);
        capturedNanos = System.nanoTime();
        encoder.encodePicture(canvas.pixels());
        forced = false;
        unsent = true;
    }

    private void publishEncoded(Slot slot) {
        encoder.writePicture(slot.buffer());
        unsent = false;
        context.publishFrame(slot, format, true, capturedNanos);
    }
}
