package org.catseye.vnc;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.catseye.hid.spi.HidTransport;
import org.catseye.rfb.client.RfbClient;
import org.catseye.testkit.FakeCaptureContext;
import org.catseye.testkit.FakeHidFeedback;
import org.catseye.video.spi.Signal;

/** A target with a viewer. */
public final class RunningTarget implements AutoCloseable {

    private static final long PATIENCE_MILLIS = 60_000;

    private final FakeCaptureContext context = new FakeCaptureContext();
    private final VncTarget target;
    private final Thread thread;

    public RunningTarget(Map<String, Object> properties) {
        target = new VncTarget(properties);
        thread = new Thread(this::capture, "capture-test");
        thread.start();
    }

    private void capture() {
        try {
            target.capture(context);
        } catch (IOException e) {
            context.reportSignal(Signal.NO_SIGNAL, "thrown: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public FakeCaptureContext context() {
        return context;
    }

    public HidTransport device() {
        return target;
    }

    /** The connection, which exists. */
    public RfbClient client() {
        return target.link().state().client().orElseThrow();
    }

    /** Attaches the keyboard, and waits until it is ready. */
    public FakeHidFeedback attach() throws InterruptedException {
        FakeHidFeedback feedback = new FakeHidFeedback();
        target.attach(feedback);
        if (!feedback.await(PATIENCE_MILLIS, FakeHidFeedback::isReady)) {
            throw new AssertionError(feedback.events());
        }
        return feedback;
    }

    /** A test of a JPEG. */
    @FunctionalInterface
    public interface FrameTest {
        boolean test(byte[] jpeg) throws IOException;
    }

    /** Waits until the newest frame passes a test. */
    public boolean awaitFrame(FrameTest test) throws InterruptedException {
        return context.await(PATIENCE_MILLIS, c -> {
            List<FakeCaptureContext.Published> frames = c.frames();
            try {
                return !frames.isEmpty() && test.test(frames.get(frames.size() - 1).data());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Override
    public void close() {
        context.stop();
        thread.interrupt();
        try {
            thread.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        target.closeTarget();
    }
}
