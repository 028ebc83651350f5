package org.catseye.vnc.screen;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.catseye.rfb.client.RfbClient;
import org.catseye.video.IncomingSignal;
import org.catseye.video.IncomingSignal.Timing;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.Signal;
import org.catseye.vnc.link.LinkListener;
import org.catseye.vnc.link.LinkState;
import org.catseye.vnc.link.LinkState.Condition;
import org.catseye.vnc.link.VncLink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call of capture(): while there are viewers, requests a picture, publishes it, and requests the next one. The server answers only when
 * there is a change, so an unchanged screen costs nothing. Only the capture thread calls {@link #deliverFrames}. The thread that has read an
 * update takes the next step itself if that is due: to wake the capture thread took 3 to 15 ms on a busy machine (2026-11-30), and the step 1 ms.
 */
public final class ScreenLoop implements LinkListener {

    private static final Logger LOG = LoggerFactory.getLogger(ScreenLoop.class);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    /** After a rest, this many frames more than one go out without a wait: the echo of a key and what follows it come in several updates. */
    private static final int BURST = 2;

    private final VncLink link;
    private final CaptureContext context;
    private final int quality;
    private final long period;
    private final Semaphore wake = new Semaphore(0);
    private volatile boolean stopped;
    private volatile boolean updated;
    /** Held for each step. Guards all below, so that steps of the two threads never overlap. */
    private final ReentrantLock turn = new ReentrantLock();
    /** Whether {@link #deliverFrames} has returned. */
    private boolean ended;

    private Optional<RfbClient> client = Optional.empty();
    private ScreenEncoder encoder;
    private Optional<LinkState> reported = Optional.empty();
    /** Whether a picture has come over this connection. */
    private boolean painted;
    /** Whether a whole picture is due even if nothing has changed: for a new viewer, or because there was no buffer for it. */
    private boolean forced;
    private boolean watched;
    /** When the next frame may go out. */
    private long nextFrame = System.nanoTime();

    public ScreenLoop(VncLink link, CaptureContext context, int quality, int fps) {
        this.link = link;
        this.context = context;
        this.quality = quality;
        period = SECOND / fps;
    }

    /** Delivers frames until stopped. */
    public void deliverFrames() throws InterruptedException {
        context.setWakeAction(this::wakeLoop);
        link.addListener(this);
        try {
            while (!stopped && !context.isStopped()) {
                if (wake.tryAcquire(runStep(), TimeUnit.NANOSECONDS)) {
                    wake.drainPermits();
                }
            }
        } finally {
            link.removeListener(this);
            endSteps();
            link.setWatched(false);
        }
    }

    private void endSteps() {
        turn.lock();
        ended = true;
        turn.unlock();
    }

    /** Makes {@link #deliverFrames} return. Thread-safe. */
    public void stopLoop() {
        stopped = true;
        wakeLoop();
    }

    private void wakeLoop() {
        if (wake.availablePermits() == 0) {
            wake.release();
        }
    }

    @Override
    public void handleState(LinkState state) {
        wakeLoop();
    }

    @Override
    public void handlePointer() {
        updated = true;
        wakeLoop();
    }

    @Override
    public void handleUpdate() {
        updated = true;
        if (!turn.tryLock()) {
            wakeLoop();
            return;
        }
        try {
            boolean due = !stopped && !ended && !context.isStopped() && nextFrame - System.nanoTime() <= 0;
            if (!due || takeStep() < SECOND) {
                wakeLoop();
            }
        } catch (InterruptedException e) {
            // The connection ends.
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            // Not the connection's fault: the capture thread tries again, and if that fails too, capture() ends.
            LOG.warn("The picture of a VNC server could not be passed on; trying again", e);
            forced = true;
            wakeLoop();
        } finally {
            turn.unlock();
        }
    }

    private long runStep() throws InterruptedException {
        turn.lockInterruptibly();
        try {
            return takeStep();
        } finally {
            turn.unlock();
        }
    }

    /** Performs all due work. @return nanoseconds until the next work is due */
    private long takeStep() throws InterruptedException {
        boolean watchedNow = context.viewerCount() > 0;
        forced |= watchedNow && !watched;
        watched = watchedNow;
        link.setWatched(watched);
        LinkState state = link.state();
        if (!state.client().equals(client)) {
            startConnection(state.client());
        }
        reportState(state);
        if (client.isEmpty() || !watched) {
            return SECOND;
        }
        long early = nextFrame - System.nanoTime();
        if (early > 0) {
            return early;
        }
        try {
            return produceFrame();
        } catch (IOException e) {
            closeConnection();
            return SECOND;
        }
    }

    private void startConnection(Optional<RfbClient> now) {
        client = now;
        encoder = now.isPresent() ? new ScreenEncoder(now.get(), quality) : null;
        painted = false;
        updated = false;
    }

    /** Reports why there is no picture, once per change. While attempts fail, the attempts themselves are no news. */
    private void reportState(LinkState state) {
        if (state.condition() == Condition.CONNECTED || reported.equals(Optional.of(state))) {
            reported = state.condition() == Condition.CONNECTED ? Optional.empty() : reported;
            return;
        }
        reported = Optional.of(state);
        context.reportSignal(state.condition() == Condition.FAILED ? Signal.NO_DEVICE : Signal.CONNECTING, state.reason());
    }

    private long produceFrame() throws IOException, InterruptedException {
        forced |= context.isKeyFrameRequested();
        if (encoder.isEmpty()) {
            updated = false;
            encoder.encodeChanges(link.pointer(), false);
            requestWhole();
        }
        boolean drawn = false;
        if (updated || forced) {
            ScreenEncoder.Result result = encodeUpdate();
            if (result == ScreenEncoder.Result.RESIZED) {
                requestWhole();
                return SECOND;
            }
            painted |= result == ScreenEncoder.Result.PICTURE;
            forced |= result == ScreenEncoder.Result.PICTURE;
            drawn = result == ScreenEncoder.Result.DRAWING;
        }
        if (drawn) {
            publishDrawing();
        } else if (forced && painted) {
            publishPicture();
        }
        return forced && painted ? period : SECOND;
    }

    /** Requests the next update and encodes this one. The server works on the next one meanwhile, which is not read before this one is encoded. */
    private ScreenEncoder.Result encodeUpdate() throws IOException, InterruptedException {
        RfbClient from = client.orElseThrow();
        from.pictureLock().lockInterruptibly();
        try {
            if (updated) {
                updated = false;
                requestUpdate(true);
            }
            return encoder.encodeChanges(link.pointer(), painted && !forced && context.acceptsDrawings());
        } finally {
            from.pictureLock().unlock();
        }
    }

    private void requestWhole() throws IOException {
        Timing timing = new Timing(encoder.format().width(), encoder.format().height(), 0, false);
        context.reportIncomingSignal(IncomingSignal.ofPicture(Optional.of(timing)));
        requestUpdate(false);
        painted = false;
    }

    private void requestUpdate(boolean incremental) throws IOException {
        RfbClient from = client.orElseThrow();
        from.messages().requestUpdate(incremental, 0, 0, from.picture().width(), from.picture().height());
    }

    private void publishPicture() {
        long now = startFrame();
        context.acquireSlot(encoder.sizeBytes()).ifPresent(slot -> {
            encoder.writePicture(slot.buffer());
            forced = false;
            context.publishFrame(slot, encoder.format(), true, now);
        });
    }

    private void publishDrawing() {
        long now = startFrame();
        // Without this drawing, the next one has nothing to change.
        forced = true;
        context.acquireSlot(encoder.drawingBytes()).ifPresent(slot -> {
            encoder.writeDrawing(slot.buffer());
            forced = false;
            context.publishFrame(slot, encoder.drawingFormat(), false, now);
        });
    }

    /** @return the time of the frame */
    private long startFrame() {
        long now = System.nanoTime();
        nextFrame = Math.max(nextFrame, now - BURST * period) + period;
        return now;
    }

    /** A message that could not be sent ends the connection; its thread reports it and connects again. */
    private void closeConnection() {
        client.ifPresent(now -> {
            try {
                now.close();
            } catch (IOException e) {
                // It is closed already.
            }
        });
    }
}
