package org.catseye.core.video.capture;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.catseye.video.IncomingSignal;
import org.catseye.video.VideoFormat;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.CaptureDevice;
import org.catseye.video.spi.Signal;
import org.catseye.video.spi.Slot;

/** A device that works only while there are viewers, and some seconds longer: after a reload the page finds it still running. */
public final class OnDemandDevice implements CaptureDevice {

    /** The reason that is shown while the device starts. */
    public static final String STARTING_REASON = "The picture is being prepared.";

    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final CaptureDevice device;
    private final Runnable rest;

    /** @param rest releases what is kept for viewers; called when there are none */
    public OnDemandDevice(CaptureDevice device, Runnable rest) {
        this.device = device;
        this.rest = rest;
    }

    @Override
    public void capture(CaptureContext context) throws IOException, InterruptedException {
        Semaphore woken = new Semaphore(0);
        while (!context.isStopped()) {
            context.setWakeAction(woken::release);
            if (context.viewerCount() == 0) {
                context.reportSignal(Signal.CONNECTING, STARTING_REASON);
                rest.run();
                woken.acquire();
                woken.drainPermits();
                continue;
            }
            ViewerContext watched = new ViewerContext(context);
            device.capture(watched);
            if (!watched.expired) {
                return;
            }
        }
    }

    /** A context that stops its device some seconds after the last viewer left. */
    private static final class ViewerContext implements CaptureContext {
        private final CaptureContext context;
        private volatile boolean expired;
        private volatile long idleSince;

        ViewerContext(CaptureContext context) {
            this.context = context;
        }

        @Override
        public boolean isStopped() {
            long now = System.nanoTime();
            if (context.viewerCount() > 0) {
                idleSince = 0;
            } else if (idleSince == 0) {
                idleSince = now;
            } else if (now - idleSince > LINGER_NANOS) {
                expired = true;
            }
            return expired || context.isStopped();
        }

        @Override
        public int viewerCount() {
            return context.viewerCount();
        }

        @Override
        public boolean acceptsDrawings() {
            return context.acceptsDrawings();
        }

        @Override
        public boolean isKeyFrameRequested() {
            return context.isKeyFrameRequested();
        }

        @Override
        public void setWakeAction(Runnable wake) {
            context.setWakeAction(wake);
        }

        @Override
        public Optional<Slot> acquireSlot(int bytes) {
            return context.acquireSlot(bytes);
        }

        @Override
        public void publishFrame(Slot slot, VideoFormat format, boolean key, long capturedNanos) {
            context.publishFrame(slot, format, key, capturedNanos);
        }

        @Override
        public void reportSignal(Signal signal, String reason) {
            context.reportSignal(signal, reason);
        }

        @Override
        public void reportIncomingSignal(IncomingSignal incoming) {
            context.reportIncomingSignal(incoming);
        }

        @Override
        public void reportProcessorTime(long nanos) {
            context.reportProcessorTime(nanos);
        }

        @Override
        public void reportLostFrames(long frames) {
            context.reportLostFrames(frames);
        }
    }
}
