package org.catseye.core.video;

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

/** A device that works only while somebody watches, and some seconds longer: a page that is loaded again finds it still there. */
final class OnDemand implements CaptureDevice {

    static final String STARTING = "The picture is being made ready.";
    static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final CaptureDevice device;

    OnDemand(CaptureDevice device) {
        this.device = device;
    }

    @Override
    public void capture(CaptureContext context) throws IOException, InterruptedException {
        Semaphore woken = new Semaphore(0);
        while (!context.isStopped()) {
            context.setWakeAction(woken::release);
            if (context.viewerCount() == 0) {
                context.reportSignal(Signal.CONNECTING, STARTING);
                woken.acquire();
                woken.drainPermits();
                continue;
            }
            Lease lease = new Lease(context);
            device.capture(lease);
            if (!lease.over) {
                return;
            }
        }
    }

    /** A context that ends when nobody watches any more. */
    private static final class Lease implements CaptureContext {
        private final CaptureContext context;
        private volatile boolean over;
        private volatile long idleSince;

        Lease(CaptureContext context) {
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
                over = true;
            }
            return over || context.isStopped();
        }

        @Override
        public int viewerCount() {
            return context.viewerCount();
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
        public void reportLostFrames(long frames) {
            context.reportLostFrames(frames);
        }
    }
}
