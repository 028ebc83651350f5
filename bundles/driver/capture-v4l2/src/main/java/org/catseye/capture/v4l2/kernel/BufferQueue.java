package org.catseye.capture.v4l2.kernel;

import static org.catseye.capture.v4l2.kernel.V4l2.TYPE_CAPTURE;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.catseye.linux.Errno;
import org.catseye.linux.ErrnoException;
import org.catseye.linux.Fd;
import org.catseye.linux.Ioctl;
import org.catseye.linux.Mapping;
import org.catseye.linux.Struct;

/**
 * The driver's mapped buffers and the stream through them. For one thread. {@link #dequeueBuffer()} and {@link #queueBuffer(int)}
 * create no garbage; the getters describe the buffer that was dequeued last. Closing stops the stream, and unmaps and frees the buffers.
 */
public final class BufferQueue implements AutoCloseable {

    /** One buffer is being filled, one is complete, one is being copied, and one is spare. */
    private static final int BUFFER_COUNT = 4;
    private static final int MIN_BUFFER_COUNT = 2;

    private final Fd fd;
    private final StructLayout layout;
    private final Ioctl queueRequest;
    private final Ioctl dequeueRequest;
    private final ByteBuffer argument;
    private final ByteBuffer type = Struct.allocate(4).putInt(0, TYPE_CAPTURE);
    private Mapping[] mappings = {};

    private BufferQueue(VideoNode node) {
        fd = node.descriptor();
        layout = node.layout();
        queueRequest = V4l2.queueBufferRequest(layout);
        dequeueRequest = V4l2.dequeueBufferRequest(layout);
        argument = Struct.allocate(layout.bufferBytes());
    }

    /** Requests the buffers, maps and queues them, and starts the stream. */
    public static BufferQueue startStreaming(VideoNode node) throws IOException {
        BufferQueue buffers = new BufferQueue(node);
        try {
            buffers.requestBuffers();
            for (int i = 0; i < buffers.mappings.length; i++) {
                buffers.mapBuffer(i);
                buffers.queueBuffer(i);
            }
            buffers.fd.ioctl(V4l2.STREAMON, buffers.type);
            return buffers;
        } catch (IOException | RuntimeException | Error e) {
            buffers.close();
            throw e;
        }
    }

    /** Takes a filled buffer. @return its index, or the negative errno (EAGAIN: none is ready) */
    public int dequeueBuffer() {
        argument.putInt(V4l2.BUFFER_TYPE, TYPE_CAPTURE).putInt(layout.memoryOffset(), V4l2.MEMORY_MMAP);
        int result = fd.tryIoctl(dequeueRequest, argument);
        if (result < 0) {
            return result;
        }
        int index = argument.getInt(0);
        return index >= 0 && index < mappings.length ? index : -Errno.EIO.code();
    }

    /** Bytes used in the last dequeued buffer; never more than its size. */
    public int bytesUsed() {
        return Math.min(argument.getInt(V4l2.BUFFER_BYTES_USED), mappings[argument.getInt(0)].length());
    }

    /** Whether the driver marked the last dequeued buffer as damaged. */
    public boolean isMarkedDamaged() {
        return (argument.getInt(V4l2.BUFFER_FLAGS) & V4l2.BUF_FLAG_ERROR) != 0;
    }

    /** The driver's frame counter, which also counts the frames that the driver lost. */
    public int sequenceNumber() {
        return argument.getInt(layout.sequenceOffset());
    }

    /** When the frame was captured, in CLOCK_MONOTONIC nanoseconds; 0 if the driver uses another clock. */
    public long timestampNanos() {
        if ((argument.getInt(V4l2.BUFFER_FLAGS) & V4l2.BUF_TIMESTAMP_MASK) != V4l2.BUF_TIMESTAMP_MONOTONIC) {
            return 0;
        }
        boolean wide = layout.hasWideTime();
        long seconds = wide ? argument.getLong(layout.secondsOffset()) : argument.getInt(layout.secondsOffset());
        long micros = wide ? argument.getLong(layout.microsOffset()) : argument.getInt(layout.microsOffset());
        return seconds * 1_000_000_000L + micros * 1_000L;
    }

    /** The bytes of a buffer. Pin them while reading, and unpin them before the buffer is queued again. */
    public Mapping bufferMapping(int index) {
        return mappings[index];
    }

    /** Gives a buffer to the driver, which then owns its bytes. */
    public void queueBuffer(int index) throws IOException {
        argument.putInt(0, index).putInt(V4l2.BUFFER_TYPE, TYPE_CAPTURE).putInt(layout.memoryOffset(), V4l2.MEMORY_MMAP);
        int result = fd.tryIoctl(queueRequest, argument);
        if (result < 0) {
            throw new ErrnoException(queueRequest.name(), fd.path(), -result);
        }
    }

    @Override
    public void close() {
        // These calls fail if the device was unplugged. Unmapping and closing must still happen: otherwise the kernel keeps the
        // device's number, and the stick gets another one when it returns.
        fd.tryIoctl(V4l2.STREAMOFF, type);
        for (Mapping mapping : mappings) {
            if (mapping != null) {
                mapping.close();
            }
        }
        mappings = new Mapping[0];
        fd.tryIoctl(V4l2.REQBUFS, bufferRequest(0));
    }

    private void requestBuffers() throws IOException {
        ByteBuffer request = bufferRequest(BUFFER_COUNT);
        fd.ioctl(V4l2.REQBUFS, request);
        int granted = request.getInt(0);
        if (granted < MIN_BUFFER_COUNT) {
            throw new IOException(fd.path() + ": the driver grants only " + granted + " buffers, but streaming needs " + MIN_BUFFER_COUNT);
        }
        mappings = new Mapping[granted];
    }

    private static ByteBuffer bufferRequest(int count) {
        return Struct.allocate(V4l2.REQUESTBUFFERS).putInt(0, count).putInt(V4l2.REQUESTBUFFERS_TYPE, TYPE_CAPTURE)
            .putInt(V4l2.REQUESTBUFFERS_MEMORY, V4l2.MEMORY_MMAP);
    }

    private void mapBuffer(int index) throws IOException {
        ByteBuffer query = Struct.allocate(layout.bufferBytes()).putInt(0, index).putInt(V4l2.BUFFER_TYPE, TYPE_CAPTURE);
        fd.ioctl(V4l2.queryBufferRequest(layout), query);
        mappings[index] = fd.map(query.getInt(layout.lengthOffset()), Integer.toUnsignedLong(query.getInt(layout.mapOffset())));
    }
}
