package org.catseye.capture.v4l2;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.catseye.linux.Poller;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.Signal;

/** Waits until an HDMI bridge has a signal. */
final class SignalWait {

    /** Bridges report changes; some do so only for some of them. */
    private static final int ASK_AGAIN_MILLIS = 1_000;

    private final CaptureContext context;
    private final Poller poller;
    private final VideoNode node;
    private final DvInput input;

    SignalWait(CaptureContext context, Poller poller, VideoNode node, DvInput input) {
        this.context = context;
        this.poller = poller;
        this.node = node;
        this.input = input;
    }

    /** @return true with a signal; false if {@code settings} no longer hold or the hub stops */
    boolean await(Supplier<Optional<Settings>> orders, Settings settings) throws IOException {
        String told = "";
        while (!context.isStopped() && orders.get().filter(now -> now == settings).isPresent()) {
            if (input.detect()) {
                return true;
            }
            if (!told.equals(input.trouble())) {
                told = input.trouble();
                context.reportSignal(Signal.NO_SIGNAL, told);
            }
            poller.clear();
            int index = poller.add(node.fd(), Poller.POLLPRI);
            poller.poll(ASK_AGAIN_MILLIS);
            // Without a stream poll() may report an error at once and for ever: wait for the wake-up or the time alone then.
            if ((poller.ready(index) & Poller.POLLPRI) != 0) {
                input.sourceChanged();
            } else if (poller.ready(index) != 0) {
                poller.clear();
                poller.poll(ASK_AGAIN_MILLIS);
            }
        }
        return false;
    }
}
