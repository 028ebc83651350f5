package org.catseye.capture.v4l2;

import static org.catseye.capture.v4l2.V4l2.TYPE_CAPTURE;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.catseye.linux.Errno;
import org.catseye.linux.ErrnoException;
import org.catseye.linux.Fd;
import org.catseye.linux.Ioctl;
import org.catseye.linux.Mapping;
import org.catseye.linux.Struct;

/**
 * The driver's buffers, mapped, and the stream through them. One thread. {@link #dequeue()} and {@link #queue(int)} create no
 * garbage; what the last dequeue found is in the getters. Closing stops the stream, unmaps and frees.
 */
final class BufferQueue implements AutoCloseable {

    /** Four: one being filled, one done, one being copied, one spare. */
    static final int COUNT = 4;

    private final Fd fd;
    private final Layout layout;
    private final Ioctl queue;
    private final Ioctl dequeue;
    private final ByteBuffer argument;
    private final ByteBuffer type = Struct.allocate(4).putInt(0, TYPE_CAPTURE);
    private Mapping[] mappings = {};

    private BufferQueue(VideoNode node) {
        fd = node.fd();
        layout = node.layout();
        queue = V4l2.queue(layout);
        dequeue = V4l2.dequeue(layout);
        argument = Struct.allocate(layout.buffer());
    }

    /** Asks for the buffers, maps and queues them, and starts the stream. */
    static BufferQueue start(VideoNode node) throws IOException {
        BufferQueue buffers = new BufferQueue(node);
        try {
            buffers.request(COUNT);
            for (int i = 0; i < buffers.mappings.length; i++) {
                buffers.map(i);
                buffers.queue(i);
            }
            buffers.fd.ioctl(V4l2.STREAMON, buffers.type);
            return buffers;
        } catch (IOException | RuntimeException | Error e) {
            buffers.close();
            throw e;
        }
    }

    /** Takes a filled buffer. @return its index, or the negative errno (EAGAIN: none is ready) */
    int dequeue() {
        argument.putInt(V4l2.BUFFER_TYPE, TYPE_CAPTURE).putInt(layout.memory(), V4l2.MEMORY_MMAP);
        int result = fd.tryIoctl(dequeue, argument);
        if (result < 0) {
            return result;
        }
        int index = argument.getInt(0);
        return index >= 0 && index < mappings.length ? index : -Errno.EIO.code();
    }

    /** Bytes in the buffer that was dequeued last, never more than it has. */
    int bytesUsed() {
        return Math.min(argument.getInt(V4l2.BUFFER_BYTES_USED), mappings[argument.getInt(0)].length());
    }

    boolean error() {
        return (argument.getInt(V4l2.BUFFER_FLAGS) & V4l2.BUF_FLAG_ERROR) != 0;
    }

    /** Counted by the driver, also over frames that it lost. */
    int sequence() {
        return argument.getInt(layout.sequence());
    }

    /** When the frame was taken, CLOCK_MONOTONIC nanoseconds; 0 if the driver uses another clock. */
    long timestampNanos() {
        if ((argument.getInt(V4l2.BUFFER_FLAGS) & V4l2.BUF_TIMESTAMP_MASK) != V4l2.BUF_TIMESTAMP_MONOTONIC) {
            return 0;
        }
        long seconds = layout.wideTime() ? argument.getLong(layout.seconds()) : argument.getInt(layout.seconds());
        long micros = layout.wideTime() ? argument.getLong(layout.micros()) : argument.getInt(layout.micros());
        return seconds * 1_000_000_000L + micros * 1_000L;
    }

    /** The bytes of a buffer; to be pinned while they are read, before it is queued again. */
    Mapping mapping(int index) {
        return mappings[index];
    }

    /** Gives a buffer (back) to the driver. */
    void queue(int index) throws IOException {
        argument.putInt(0, index).putInt(V4l2.BUFFER_TYPE, TYPE_CAPTURE).putInt(layout.memory(), V4l2.MEMORY_MMAP);
        int result = fd.tryIoctl(queue, argument);
        if (result < 0) {
            throw new ErrnoException(queue.name(), fd.path(), -result);
        }
    }

    @Override
    public void close() {
        // What fails here fails because the device is gone: unmapping and closing matter all the more then, or the kernel
        // keeps the device's number and the next stick becomes another one.
        fd.tryIoctl(V4l2.STREAMOFF, type);
        for (Mapping mapping : mappings) {
            if (mapping != null) {
                mapping.close();
            }
        }
        mappings = new Mapping[0];
        fd.tryIoctl(V4l2.REQBUFS, request(Struct.allocate(V4l2.REQUESTBUFFERS), 0));
    }

    private void request(int count) throws IOException {
        ByteBuffer r = request(Struct.allocate(V4l2.REQUESTBUFFERS), count);
        fd.ioctl(V4l2.REQBUFS, r);
        int granted = r.getInt(0);
        if (granted < 2) {
            throw new IOException(fd.path() + ": the driver gives " + granted + " buffers, and streaming needs two");
        }
        mappings = new Mapping[granted];
    }

    private static ByteBuffer request(ByteBuffer r, int count) {
        return r.putInt(0, count).putInt(4, TYPE_CAPTURE).putInt(8, V4l2.MEMORY_MMAP);
    }

    private void map(int index) throws IOException {
        ByteBuffer b = Struct.allocate(layout.buffer()).putInt(0, index).putInt(V4l2.BUFFER_TYPE, TYPE_CAPTURE);
        fd.ioctl(V4l2.queryBuffer(layout), b);
        mappings[index] = fd.map(b.getInt(layout.length()), Integer.toUnsignedLong(b.getInt(layout.offset())));
    }
}
