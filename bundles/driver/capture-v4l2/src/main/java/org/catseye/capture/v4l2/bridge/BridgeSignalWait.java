package org.catseye.capture.v4l2.bridge;

import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.catseye.capture.v4l2.kernel.VideoNode;
import org.catseye.linux.Poller;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.Signal;

/** Waits until an HDMI bridge has a signal, and reports why it has none. For one thread. */
public final class BridgeSignalWait {

    /** Bridges report changes by events, but some bridges leave out some changes. */
    private static final int RETRY_INTERVAL_MILLIS = 1_000;

    private final CaptureContext context;
    private final Poller poller;
    private final VideoNode node;
    private final BridgeInput input;

    public BridgeSignalWait(CaptureContext context, Poller poller, VideoNode node, BridgeInput input) {
        this.context = context;
        this.poller = poller;
        this.node = node;
        this.input = input;
    }

    /**
     * Blocks until there is a signal.
     *
     * @param stillWanted whether to go on waiting; checked at least once a second
     * @return true with a signal; false if it is no longer wanted or the hub stops
     */
    public boolean awaitSignal(BooleanSupplier stillWanted) throws IOException {
        Optional<SignalFault> lastReported = Optional.empty();
        while (!context.isStopped() && stillWanted.getAsBoolean()) {
            Optional<SignalFault> fault = input.detectSignal();
            if (fault.isEmpty()) {
                return true;
            }
            if (!lastReported.equals(fault)) {
                lastReported = fault;
                context.reportSignal(Signal.NO_SIGNAL, fault.get().message());
            }
            awaitEvent();
        }
        return false;
    }

    private void awaitEvent() throws IOException {
        poller.clear();
        int index = poller.add(node.descriptor(), Poller.POLLPRI);
        poller.poll(RETRY_INTERVAL_MILLIS);
        if ((poller.ready(index) & Poller.POLLPRI) != 0) {
            input.pollSourceChange();
        } else if (poller.ready(index) != 0) {
            // Without a stream, poll() may report an error immediately and for ever. Then wait only for the wake-up or the timeout.
            poller.clear();
            poller.poll(RETRY_INTERVAL_MILLIS);
        }
    }
}
