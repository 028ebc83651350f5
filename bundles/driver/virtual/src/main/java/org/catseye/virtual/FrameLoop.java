package org.catseye.virtual;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.Signal;
import org.catseye.video.spi.Slot;
import org.catseye.virtual.encode.JpegEncoder;
import org.catseye.virtual.machine.Machine;
import org.catseye.virtual.machine.Machine.Power;
import org.catseye.virtual.paint.Canvas;
import org.catseye.virtual.paint.FrameTag;
import org.catseye.virtual.paint.Look;

/**
 * One call of capture(): lets the machine's time go on, and turns what it shows into frames when that changed and somebody
 * watches. A change after a rest is painted at once, further ones at the pace of the configuration. Only the capture thread
 * calls {@link #run} and {@link #step}.
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
    /** A frame is encoded and waits for a free buffer. */
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
    void run() throws InterruptedException {
        context.setWakeAction(this::wake);
        while (!stopped && !context.isStopped()) {
            if (wake.tryAcquire(step(), TimeUnit.NANOSECONDS)) {
                wake.drainPermits();
            }
        }
    }

    /** Something may have changed. Any thread. */
    void wake() {
        if (wake.availablePermits() == 0) {
            wake.release();
        }
    }

    /** Lets {@link #run} return. Any thread. */
    void stop() {
        stopped = true;
        wake();
    }

    /** Does what is due. @return nanoseconds until something is due again */
    long step() {
        long wait = machine.advance();
        if (signalled()) {
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
        frame(revision);
        return unsent ? Math.min(wait, period) : wait;
    }

    /** Says so when there is no picture to take. */
    private boolean signalled() {
        Power power = machine.power();
        if (power != shown) {
            shown = power;
            forced = true;
            if (power != Power.ON) {
                context.reportSignal(Signal.NO_SIGNAL, power == Power.OFF ? "the virtual target is switched off: press the power key"
                    : "the virtual target is asleep: press a key");
            }
        }
        return power != Power.ON;
    }

    private void frame(long revision) {
        lastFrame = clock.getAsLong();
        if (forced || revision != paintedRevision) {
            Optional<FrameTag> tag = machine.paint(canvas, look);
            paintedRevision = revision;
            if (tag.isPresent()) {
                encode(tag.get());
            }
        }
        if (unsent) {
            context.acquireSlot(encoder.size()).ifPresent(this::publish);
        }
    }

    private void encode(FrameTag tag) {
        if (!forced && tag.equals(lastTag) && !encoder.changed(canvas.pixels(), Look.TAG_HEIGHT)) {
            return;
        }
        lastTag = tag;
        tag.withSequence(sequence.getAndIncrement() & 0xffffffffL).paint(canvas);
        capturedNanos = System.nanoTime();
        encoder.encode(canvas.pixels());
        forced = false;
        unsent = true;
    }

    private void publish(Slot slot) {
        encoder.writeTo(slot.buffer());
        unsent = false;
        context.publishFrame(slot, format, true, capturedNanos);
    }
}
