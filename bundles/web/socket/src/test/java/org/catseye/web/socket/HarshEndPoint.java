package org.catseye.web.socket;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * An end point that takes as many bytes as it is told to, when it is told to, on the thread that tells it. As long as it may
 * take more, writes complete within the call.
 */
public final class HarshEndPoint extends AbstractEndPoint {

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final Deque<byte[]> inputs = new ArrayDeque<>();
    private final boolean keep;
    private long budget;
    private boolean failing;
    private boolean end;

    public HarshEndPoint(Scheduler scheduler) {
        this(scheduler, true);
    }

    /** @param keep whether to keep what was written until it is taken */
    public HarshEndPoint(Scheduler scheduler, boolean keep) {
        super(scheduler);
        this.keep = keep;
        onOpen();
    }

    /** The client reads that many bytes more. */
    public void allow(long bytes) {
        synchronized (this) {
            budget = Math.min(Long.MAX_VALUE / 2, budget + bytes);
        }
        getWriteFlusher().completeWrite();
    }

    public void allowAll() {
        allow(Long.MAX_VALUE / 4);
    }

    /** The next write that moves fails. */
    public void breakDown() {
        synchronized (this) {
            failing = true;
        }
        getWriteFlusher().completeWrite();
    }

    /** The client sends. */
    public void send(byte[] bytes) {
        synchronized (this) {
            inputs.add(bytes);
        }
        getFillInterest().fillable();
    }

    /** Only put on the wire: whoever reads on sees it. */
    public synchronized void sendUnseen(byte[] bytes) {
        inputs.add(bytes);
    }

    public void sendEnd() {
        synchronized (this) {
            end = true;
        }
        getFillInterest().fillable();
    }

    public synchronized byte[] taken() {
        byte[] bytes = output.toByteArray();
        output.reset();
        return bytes;
    }

    @Override
    public synchronized boolean flush(ByteBuffer... buffers) throws IOException {
        if (!isOpen() || isOutputShutdown() || failing) {
            throw new EofException(failing ? "broken pipe" : "closed");
        }
        boolean all = true;
        for (ByteBuffer buffer : buffers) {
            int count = (int) Math.min(buffer.remaining(), budget);
            byte[] bytes = new byte[count];
            buffer.get(bytes);
            if (keep) {
                output.writeBytes(bytes);
            }
            budget -= count;
            all &= !buffer.hasRemaining();
            if (count > 0) {
                notIdle();
            }
        }
        return all;
    }

    @Override
    public synchronized int fill(ByteBuffer buffer) throws IOException {
        if (!isOpen()) {
            throw new EofException("closed");
        }
        byte[] next = inputs.poll();
        if (next == null) {
            return end ? -1 : 0;
        }
        notIdle();
        int count = Math.min(next.length, buffer.capacity());
        if (count < next.length) {
            inputs.addFirst(java.util.Arrays.copyOfRange(next, count, next.length));
        }
        buffer.clear().put(next, 0, count).flip();
        return count;
    }

    /** What the server does when an end point is idle for long. */
    public void idle() {
        onIdleExpired(new java.util.concurrent.TimeoutException("idle"));
    }

    @Override
    protected void onIncompleteFlush() {
    }

    @Override
    protected void needsFillInterest() {
    }

    @Override
    public void onClose(Throwable cause) {
        super.onClose(cause);
        if (getConnection() != null) {
            getConnection().onClose(cause);
        }
    }

    @Override
    public Object getTransport() {
        return this;
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return new InetSocketAddress(0);
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return new InetSocketAddress(0);
    }
}
