package org.catseye.capture.v4l2.stream;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.catseye.capture.v4l2.bridge.BridgeInput;
import org.catseye.capture.v4l2.bridge.BridgeSignalWait;
import org.catseye.capture.v4l2.frame.FrameSource;
import org.catseye.capture.v4l2.kernel.BufferQueue;
import org.catseye.capture.v4l2.kernel.CaptureMode;
import org.catseye.capture.v4l2.kernel.PictureControls;
import org.catseye.capture.v4l2.kernel.StreamFormat;
import org.catseye.capture.v4l2.kernel.VideoNode;
import org.catseye.capture.v4l2.settings.Settings;
import org.catseye.capture.v4l2.stick.Stick;
import org.catseye.capture.v4l2.stick.StickFaults;
import org.catseye.linux.Errno;
import org.catseye.linux.ErrnoException;
import org.catseye.linux.Poller;
import org.catseye.video.IncomingSignal;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.Signal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One opened device, from opening to closing. Each frame costs a poll, two DQBUF (the second one finds nothing), a QBUF and one copy.
 * The loop creates no garbage. For one thread.
 */
public final class CaptureStream implements AutoCloseable {

    /** Why a stream ended. */
    public enum EndReason {
        /** The hub stops, the stick was assigned to another owner, or the settings need a new stream. */
        CHANGED,
        /** There were no viewers for the configured time. */
        IDLE,
        /** The device delivered nothing for too long. */
        STALLED
    }

    private static final Logger LOG = LoggerFactory.getLogger(CaptureStream.class);
    private static final long CHECK_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** A stick may need this long for its first frame, because it searches for a signal first. */
    private static final long FIRST_FRAME_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final CaptureContext context;
    private final Poller poller;
    private final Stick stick;
    private final VideoNode node;
    private Settings settings;
    private Optional<BridgeInput> bridge = Optional.empty();
    private BufferQueue buffers;
    private FrameSource frames;
    private FrameGate gate;
    private FramePublisher publisher;

    /** Opens the node. */
    public CaptureStream(CaptureContext context, Poller poller, Stick stick, Settings settings) throws IOException {
        this.context = context;
        this.poller = poller;
        this.stick = stick;
        this.settings = settings;
        this.node = VideoNode.openNode(stick.node());
    }

    /**
     * Streams until something ends it. Blocks.
     *
     * @param currentSettings the current settings; empty if the stick no longer belongs to this capture device
     * @throws IOException if the device failed; {@link StickFaults#isPossibleUnplug} detects an unplugged one
     */
    public EndReason runUntilEnd(Supplier<Optional<Settings>> currentSettings) throws IOException {
        bridge = BridgeInput.openInput(node, settings.pid(), settings.edid());
        Settings initial = settings;
        if (bridge.isPresent() && !new BridgeSignalWait(context, poller, node, bridge.get())
                .awaitSignal(() -> currentSettings.get().filter(now -> now == initial).isPresent())) {
            return EndReason.CHANGED;
        }
        startStream();
        return captureFrames(currentSettings);
    }

    private void startStream() throws IOException {
        PictureControls.applyControls(node, settings.pid(), settings.controls());
        CaptureMode mode = new ModeSelector(node, settings).selectMode(bridge.flatMap(BridgeInput::detectedTiming));
        try {
            StreamFormat format = node.applyMode(mode);
            frames = FrameSource.forFormat(format);
            gate = new FrameGate(context, stick, settings);
            buffers = BufferQueue.startStreaming(node);
            publisher = new FramePublisher(context, stick, buffers, frames, gate);
            bridge.ifPresent(input -> context.reportIncomingSignal(IncomingSignal.ofPicture(input.detectedTiming())));
            LOG.info("Capturing from {}: {}", stick.description(), format.description());
        } catch (IOException e) {
            throw StickFaults.isPossibleUnplug(e) ? e : StickFaults.explainFailure(e, stick, mode.description());
        }
    }

    private EndReason captureFrames(Supplier<Optional<Settings>> currentSettings) throws IOException {
        poller.clear();
        int index = poller.add(node.descriptor(), Poller.POLLIN | (bridge.isPresent() ? Poller.POLLPRI : 0));
        IdleTimer idle = new IdleTimer(context, stick, System.nanoTime());
        long nextCheck = System.nanoTime() + CHECK_INTERVAL_NANOS;
        while (!context.isStopped()) {
            long now = System.nanoTime();
            int ready = poller.poll(TimeUnit.NANOSECONDS.toMillis(Math.max(0, Math.min(nextCheck, stallDeadline()) - now)) + 1);
            if (handleEvents(poller.ready(index))) {
                return EndReason.CHANGED;
            }
            now = System.nanoTime();
            if (poller.woken() || now >= nextCheck) {
                if (!adoptSettings(currentSettings)) {
                    return EndReason.CHANGED;
                } else if (idle.isExpired(now, settings)) {
                    return EndReason.IDLE;
                }
                gate.runPeriodicChecks(now);
                nextCheck = now >= nextCheck ? now + CHECK_INTERVAL_NANOS : nextCheck;
            }
            // A device stalls if it has nothing ready. A loop that was held up by its last frame is no stall.
            if (ready == 0 && now >= stallDeadline()) {
                return EndReason.STALLED;
            }
        }
        return EndReason.CHANGED;
    }

    private long stallDeadline() {
        long timeout = TimeUnit.MILLISECONDS.toNanos(settings.stallMillis());
        return publisher.lastFrameNanos() + (publisher.hasReceivedFrames() ? timeout : Math.max(timeout, FIRST_FRAME_TIMEOUT_NANOS));
    }

    /** Adopts changed settings. @return false if they need a new stream */
    private boolean adoptSettings(Supplier<Optional<Settings>> currentSettings) throws IOException {
        Optional<Settings> current = currentSettings.get();
        if (current.isEmpty() || settings.needsRestart(current.get())) {
            return false;
        }
        if (settings != current.get()) {
            Settings before = settings;
            settings = current.get();
            PictureControls.applyControls(node, settings.pid(), settings.changedControls(before));
            gate.applySettings(settings);
        }
        return true;
    }

    /** @return whether the incoming signal changed, so that the stream must be set up again */
    private boolean handleEvents(int events) throws IOException {
        if ((events & Poller.POLLPRI) != 0 && bridge.isPresent() && bridge.get().pollSourceChange()) {
            context.reportSignal(Signal.CONNECTING, stick.description() + ": the signal changed");
            return true;
        }
        if ((events & Poller.POLLIN) != 0) {
            publisher.publishNewestFrame();
        } else if ((events & (Poller.POLLERR | Poller.POLLHUP | Poller.POLLNVAL)) != 0) {
            // The device was unplugged, or the driver's queue is broken. The error of DQBUF tells them apart.
            int index = buffers.dequeueBuffer();
            int error = index < 0 && index != -Errno.EAGAIN.code() ? -index : Errno.EIO.code();
            throw new ErrnoException("VIDIOC_DQBUF", stick.node(), error);
        }
        return false;
    }

    @Override
    public void close() {
        if (gate != null) {
            gate.close();
        }
        if (frames != null) {
            frames.close();
        }
        if (buffers != null) {
            buffers.close();
        }
        node.close();
    }
}
