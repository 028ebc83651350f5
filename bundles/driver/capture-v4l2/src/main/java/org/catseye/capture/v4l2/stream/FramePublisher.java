package org.catseye.capture.v4l2.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.catseye.capture.v4l2.frame.FrameSource;
import org.catseye.capture.v4l2.kernel.BufferQueue;
import org.catseye.capture.v4l2.stick.Stick;
import org.catseye.linux.Errno;
import org.catseye.linux.ErrnoException;
import org.catseye.linux.Mapping;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.Slot;

/** Takes filled buffers from the driver and publishes the newest undamaged one. For one thread; creates no garbage. */
final class FramePublisher {

    /** A single EIO is a lost frame; several in a row mean a broken stream. */
    private static final int MAX_ERRORS_IN_A_ROW = 10;

    private final CaptureContext context;
    private final Stick stick;
    private final BufferQueue buffers;
    private final FrameSource frames;
    private final FrameGate gate;
    private int errorsInARow;
    private long lastFrameNanos = System.nanoTime();
    private boolean receivedFrames;
    private int newestIndex;
    private long newestTimestamp;

    FramePublisher(CaptureContext context, Stick stick, BufferQueue buffers, FrameSource frames, FrameGate gate) {
        this.context = context;
        this.stick = stick;
        this.buffers = buffers;
        this.frames = frames;
        this.gate = gate;
    }

    /** When the last frame was received, even a damaged one; before the first frame, when the stream started. */
    long lastFrameNanos() {
        return lastFrameNanos;
    }

    boolean hasReceivedFrames() {
        return receivedFrames;
    }

    /** Dequeues all filled buffers, returns all but the newest undamaged one to the driver, and publishes that one. */
    void publishNewestFrame() throws IOException {
        newestIndex = -1;
        for (int index = buffers.dequeueBuffer(); index != -Errno.EAGAIN.code(); index = buffers.dequeueBuffer()) {
            if (index < 0) {
                handleDequeueError(-index);
                break;
            }
            selectOrReturnBuffer(index);
        }
        if (newestIndex >= 0) {
            publishBuffer(newestIndex, newestTimestamp);
        }
    }

    private void selectOrReturnBuffer(int index) throws IOException {
        errorsInARow = 0;
        lastFrameNanos = System.nanoTime();
        receivedFrames = true;
        gate.countSequence(buffers.sequenceNumber());
        long timestamp = gate.chooseTimestamp(buffers.timestampNanos(), lastFrameNanos);
        if (!isUndamaged(index)) {
            gate.countDamaged(buffers.isMarkedDamaged() ? "the driver marks them as damaged" : frames.defectDescription());
            buffers.queueBuffer(index);
            return;
        }
        if (newestIndex >= 0) {
            gate.countSkipped();
            buffers.queueBuffer(newestIndex);
        }
        newestIndex = index;
        newestTimestamp = timestamp;
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
}
