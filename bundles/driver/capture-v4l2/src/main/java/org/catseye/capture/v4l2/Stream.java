package org.catseye.capture.v4l2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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
 * One opened device, from open to close. Each frame costs a poll, two DQBUF (the second one finds nothing), a QBUF and one copy;
 * the loop itself creates no garbage. One thread.
 */
final class Stream implements AutoCloseable {

    /** Why a stream is over. */
    enum End {
        /** The hub stops, or the stick belongs to somebody else now, or the settings need another stream. */
        CHANGED,
        /** Nobody has watched for the configured time. */
        IDLE,
        /** The device was silent for too long. */
        STALLED,
        /** The device was unplugged: {@link #run} threw what {@link Faults#maybeGone} recognizes. */
        GONE
    }

    private static final Logger LOG = LoggerFactory.getLogger(Stream.class);
    private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** A stick may need that long for its first frame (it looks for the signal first). */
    private static final long FIRST_FRAME_NANOS = TimeUnit.SECONDS.toNanos(3);
    /** Single EIOs are lost frames; in a row they are a broken stream. */
    private static final int MOST_ERRORS = 10;

    private final CaptureContext context;
    private final Poller poller;
    private final Stick stick;
    private final VideoNode node;
    private Settings settings;
    private Optional<DvInput> bridge = Optional.empty();
    private BufferQueue buffers;
    private FrameSource frames;
    private FrameGate gate;
    private int errors;
    private long lastFrame;
    private boolean any;

    /** Opens the node. */
    Stream(CaptureContext context, Poller poller, Stick stick, Settings settings) throws IOException {
        this.context = context;
        this.poller = poller;
        this.stick = stick;
        this.settings = settings;
        this.node = VideoNode.open(stick.node());
    }

    /**
     * Streams until something ends it.
     *
     * @param orders the settings that hold now; empty when the stick is no longer ours
     * @throws IOException the device's failure; what it was doing is in the message
     */
    End run(Supplier<Optional<Settings>> orders) throws IOException {
        bridge = DvInput.of(node);
        if (bridge.isPresent() && !new SignalWait(context, poller, node, bridge.get()).await(orders, settings)) {
            return End.CHANGED;
        }
        start();
        return loop(orders);
    }

    private void start() throws IOException {
        Controls.apply(node, settings);
        Mode mode = ModeChoice.of(node, settings).choose(bridge.flatMap(DvInput::timing));
        try {
            Format format = node.set(mode);
            frames = FrameSource.of(format);
            gate = new FrameGate(context, stick, settings);
            buffers = BufferQueue.start(node);
            bridge.ifPresent(input -> context.reportIncomingSignal(IncomingSignal.ofPicture(input.timing())));
            LOG.info("Capturing from {}: {}", stick.words(), format.words());
        } catch (IOException e) {
            throw Faults.maybeGone(e) ? e : Faults.explain(e, stick, mode.words());
        }
    }

    private End loop(Supplier<Optional<Settings>> orders) throws IOException {
        poller.clear();
        int index = poller.add(node.fd(), Poller.POLLIN | (bridge.isPresent() ? Poller.POLLPRI : 0));
        IdleClock idle = new IdleClock(context, stick, System.nanoTime());
        long tick = System.nanoTime() + TICK_NANOS;
        lastFrame = System.nanoTime();
        while (!context.isStopped()) {
            long now = System.nanoTime();
            int ready = poller.poll(TimeUnit.NANOSECONDS.toMillis(Math.max(0, Math.min(tick, silenceEnds()) - now)) + 1);
            if (handle(poller.ready(index))) {
                return End.CHANGED;
            }
            now = System.nanoTime();
            if (poller.woken() || now >= tick) {
                if (!follow(orders)) {
                    return End.CHANGED;
                }
                if (idle.over(now, settings)) {
                    return End.IDLE;
                }
                gate.tick(now);
                tick = now >= tick ? now + TICK_NANOS : tick;
            }
            // Silent is a device that has nothing ready, not a loop that was held up over its last frame.
            if (ready == 0 && now >= silenceEnds()) {
                return End.STALLED;
            }
        }
        return End.CHANGED;
    }

    private long silenceEnds() {
        long patience = TimeUnit.MILLISECONDS.toNanos(settings.stallMillis());
        return lastFrame + (any ? patience : Math.max(patience, FIRST_FRAME_NANOS));
    }

    /** Takes over settings that changed; false if that needs another stream. */
    private boolean follow(Supplier<Optional<Settings>> orders) throws IOException {
        Optional<Settings> now = orders.get();
        if (now.isEmpty() || settings.needsRestart(now.get())) {
            return false;
        }
        if (settings != now.get()) {
            settings = now.get();
            Controls.apply(node, settings);
            gate.configure(settings);
        }
        return true;
    }

    /** @return whether the source became another one, so that the stream has to be set up anew */
    private boolean handle(int events) throws IOException {
        if ((events & Poller.POLLPRI) != 0 && bridge.isPresent() && bridge.get().sourceChanged()) {
            context.reportSignal(Signal.CONNECTING, stick.words() + ": the signal changed");
            return true;
        }
        if ((events & Poller.POLLIN) != 0) {
            newest();
        } else if ((events & (Poller.POLLERR | Poller.POLLHUP | Poller.POLLNVAL)) != 0) {
            // Gone, or the driver's queue is broken: DQBUF tells which.
            int index = buffers.dequeue();
            throw new ErrnoException("VIDIOC_DQBUF", stick.node(), index < 0 && index != -Errno.EAGAIN.code() ? -index : Errno.EIO.code());
        }
        return false;
    }

    /** Takes all that is ready, gives back all but the newest good one, and passes that on. */
    private void newest() throws IOException {
        int newest = -1;
        long taken = 0;
        for (int index = buffers.dequeue(); index != -Errno.EAGAIN.code(); index = buffers.dequeue()) {
            if (index < 0) {
                failed(-index);
                break;
            }
            errors = 0;
            lastFrame = System.nanoTime();
            any = true;
            gate.sequence(buffers.sequence());
            long stamp = gate.stamp(buffers.timestampNanos(), lastFrame);
            if (!good(index)) {
                gate.broken(buffers.error() ? "the driver marks them as damaged" : frames.defect());
                buffers.queue(index);
                continue;
            }
            if (newest >= 0) {
                gate.late();
                buffers.queue(newest);
            }
            newest = index;
            taken = stamp;
        }
        if (newest >= 0) {
            pass(newest, taken);
        }
    }

    private boolean good(int index) throws IOException {
        if (buffers.error()) {
            return false;
        }
        Mapping mapping = buffers.mapping(index);
        ByteBuffer bytes = mapping.pin();
        try {
            return frames.accept(bytes, buffers.bytesUsed());
        } finally {
            mapping.unpin();
        }
    }

    private void pass(int index, long taken) throws IOException {
        Mapping mapping = buffers.mapping(index);
        Optional<Slot> slot;
        ByteBuffer bytes = mapping.pin();
        try {
            slot = frames.copy(bytes, context);
        } finally {
            mapping.unpin();
        }
        try {
            buffers.queue(index);
        } catch (IOException e) {
            slot.ifPresent(Slot::close);
            throw e;
        }
        if (slot.isPresent()) {
            gate.offer(slot.get(), frames, taken);
        }
    }

    private void failed(int code) throws IOException {
        if (code != Errno.EIO.code() || ++errors > MOST_ERRORS) {
            throw new ErrnoException("VIDIOC_DQBUF", stick.node(), code);
        }
        gate.broken("the driver reports input/output errors");
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
