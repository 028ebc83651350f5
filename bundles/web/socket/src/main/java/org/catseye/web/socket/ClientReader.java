package org.catseye.web.socket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what a client sends, within its user's budget: a client that sends more is not read for a while, and one that goes on like that is
 * disconnected. The end of the stream, and any failure, closes the end point.
 */
final class ClientReader implements Callback {

    /** A client that sends without pause gives the selector's thread back to the others after so many reads. */
    private static final int MOST_READS = 16;
    /**
     * How long a client may send faster than its budget. While it isn't read, its end isn't seen either: behind megabytes in the kernel's buffers
     * a client that is gone would keep its socket for minutes.
     */
    static final long MAX_BEHIND_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final Logger LOG = LoggerFactory.getLogger(ClientReader.class);

    private final EndPoint endPoint;
    private final Receiver receiver;
    private final Throttle throttle;
    private final InvocationType invocation;
    private final LongSupplier nanos;
    private final ByteBuffer input = ByteBuffer.allocateDirect(2048);
    /** Whether the client has sent more than was read, ever since {@link #behindSince}. */
    private boolean behind;
    private long behindSince;

    /** What takes the bytes. */
    interface Receiver {

        /** Takes all bytes of the buffer, which is used again afterwards; one thread at a time. Returns how many messages that were. */
        int receive(ByteBuffer bytes);
    }

    /** What the client's messages cost. */
    interface Throttle {

        Throttle NONE = (messages, resume) -> true;

        /** @return whether to read on now; otherwise {@code resume} is run later */
        boolean charge(int messages, Runnable resume);
    }

    /** @param invocation NON_BLOCKING if the bytes are dealt with so quickly that it may be done on the selector's thread */
    ClientReader(EndPoint endPoint, Receiver receiver, Throttle throttle, InvocationType invocation) {
        this(endPoint, receiver, throttle, invocation, System::nanoTime);
    }

    ClientReader(EndPoint endPoint, Receiver receiver, Throttle throttle, InvocationType invocation, LongSupplier nanos) {
        this.endPoint = endPoint;
        this.receiver = receiver;
        this.throttle = throttle;
        this.invocation = invocation;
        this.nanos = nanos;
    }

    /** @param early what the client sent before the connection was taken over */
    void begin(ByteBuffer early) {
        if (!early.hasRemaining() || throttle.charge(receiver.receive(early), this::resume)) {
            endPoint.fillInterested(this);
        }
    }

    private void resume() {
        if (endPoint.isOpen()) {
            endPoint.fillInterested(this);
        }
    }

    @Override
    public void succeeded() {
        try {
            read();
        } catch (RuntimeException e) {
            LOG.warn("client {} failed and is disconnected", endPoint.getRemoteSocketAddress(), e);
            endPoint.close(e);
        }
    }

    @Override
    public void failed(Throwable cause) {
        endPoint.close(cause);
    }

    @Override
    public InvocationType getInvocationType() {
        return invocation;
    }

    /** Takes what is there, and asks to be called when there is more. */
    void read() {
        try {
            for (int reads = 0; reads < MOST_READS; reads++) {
                int read = endPoint.fill(input.clear().limit(0));
                if (read < 0) {
                    endPoint.close();
                    return;
                }
                if (read == 0) {
                    behind = false;
                    break;
                }
                if (!throttle.charge(receiver.receive(input), this::resume)) {
                    endPersistentFlood();
                    return;
                }
            }
            endPoint.fillInterested(this);
        } catch (IOException e) {
            endPoint.close(e);
        }
    }

    /** The client waits for its budget, and perhaps has done nothing else for long. */
    private void endPersistentFlood() {
        long now = nanos.getAsLong();
        if (!behind) {
            behind = true;
            behindSince = now;
        } else if (now - behindSince > MAX_BEHIND_NANOS) {
            LOG.info("{} keeps sending more messages than its user may and is disconnected", endPoint.getRemoteSocketAddress());
            endPoint.close();
        }
    }
}
