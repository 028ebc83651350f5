package org.catseye.capture.v4l2.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
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
import org.catseye.linux.Mapping;
import org.catseye.linux.Poller;
import org.catseye.video.IncomingSignal;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.Signal;
import org.catseye.video.spi.Slot;
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
    /** A single EIO is a lost frame; several in a row mean a broken stream. */
    private static final int MAX_ERRORS_IN_A_ROW = 10;

    private final CaptureContext context;
    private final Poller poller;
    private final Stick stick;
    private final VideoNode node;
    private Settings settings;
    private Optional<BridgeInput> bridge = Optional.empty();
    private BufferQueue buffers;
    private FrameSource frames;
    private FrameGate gate;
    private int errorsInARow;
    private long lastFrameNanos;
    private boolean receivedFrames;

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
        bridge = BridgeInput.findInput(node);
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
        lastFrameNanos = System.nanoTime();
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
                }
                if (idle.isExpired(now, settings)) {
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
        return lastFrameNanos + (receivedFrames ? timeout : Math.max(timeout, FIRST_FRAME_TIMEOUT_NANOS));
    }

    /** Adopts changed settings. @return false if they need a new stream */
    private boolean adoptSettings(Supplier<Optional<Settings>> currentSettings) throws IOException {
        Optional<Settings> current = currentSettings.get();
        if (current.isEmpty() || settings.needsRestart(current.get())) {
            return false;
        }
        if (settings != current.get()) {
            settings = current.get();
            PictureControls.applyControls(node, settings.pid(), settings.controls());
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
            publishNewestFrame();
        } else if ((events & (Poller.POLLERR | Poller.POLLHUP | Poller.POLLNVAL)) != 0) {
            // The device was unplugged, or the driver's queue is broken. The error of DQBUF tells them apart.
            int index = buffers.dequeueBuffer();
            int error = index < 0 && index != -Errno.EAGAIN.code() ? -index : Errno.EIO.code();
            throw new ErrnoException("VIDIOC_DQBUF", stick.node(), error);
        }
        return false;
    }

    /** Dequeues all filled buffers, returns all but the newest undamaged one to the driver, and publishes that one. */
    private void publishNewestFrame() throws IOException {
        int newest = -1;
        long newestTimestamp = 0;
        for (int index = buffers.dequeueBuffer(); index != -Errno.EAGAIN.code(); index = buffers.dequeueBuffer()) {
            if (index < 0) {
                handleDequeueError(-index);
                break;
            }
            errorsInARow = 0;
            lastFrameNanos = System.nanoTime();
            receivedFrames = true;
            gate.countSequence(buffers.sequenceNumber());
            long timestamp = gate.chooseTimestamp(buffers.timestampNanos(), lastFrameNanos);
            if (!isUndamaged(index)) {
                gate.countDamaged(buffers.isMarkedDamaged() ? "the driver marks them as damaged" : frames.defectDescription());
                buffers.queueBuffer(index);
                continue;
            }
            if (newest >= 0) {
                gate.countSkipped();
                buffers.queueBuffer(newest);
            }
            newest = index;
            newestTimestamp = timestamp;
        }
        if (newest >= 0) {
            publishBuffer(newest, newestTimestamp);
        }
    }

    private boolean isUndamaged(int index) throws IOException {
        if (buffers.isMarkedDamaged()) {
            return false;
        }
        Mapping mapping = buffers.bufferMapping(index);
        ByteBuffer bytes = mapping.pin();
        try {
            return frames.acceptFrame(bytes, buffers.bytesUsed());
        } finally {
            mapping.unpin();
        }
    }

    private void publishBuffer(int index, long timestamp) throws IOException {
        Mapping mapping = buffers.bufferMapping(index);
        Optional<Slot> slot;
        ByteBuffer bytes = mapping.pin();
        try {
            slot = frames.copyToSlot(bytes, context);
        } finally {
            mapping.unpin();
        }
        try {
            buffers.queueBuffer(index);
        } catch (IOException e) {
            slot.ifPresent(Slot::close);
            throw e;
        }
        if (slot.isPresent()) {
            gate.publishOrDrop(slot.get(), frames, timestamp);
        }
    }

    private void handleDequeueError(int errno) throws IOException {
        if (errno != Errno.EIO.code() || ++errorsInARow > MAX_ERRORS_IN_A_ROW) {
            throw new ErrnoException("VIDIOC_DQBUF", stick.node(), errno);
        }
        gate.countDamaged("the driver reports input/output errors");
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
