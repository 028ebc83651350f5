package org.catseye.web.socket.connection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the data of a client, within its user's budget: a client that sends more is not read for a while, and one that continues is
 * disconnected. The end of the stream, and any failure, closes the end point.
 */
public final class ClientReader implements Callback {

    /** Reads in a row, before other clients get the selector's thread. */
    private static final int MAX_READS = 16;
    /**
     * How long a client may send faster than its budget. While it isn't read, its end isn't seen either: behind megabytes in the kernel's buffers
     * a client that has disconnected would keep its socket for minutes.
     */
    public static final long MAX_BEHIND_NANOS = TimeUnit.SECONDS.toNanos(5);
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

    /** Processes the bytes. */
    public interface Receiver {

        /** Takes all bytes of the buffer, which is used again afterwards; one thread at a time. Returns how many messages that were. */
        int receiveBytes(ByteBuffer bytes);
    }

    /** Limits the client's messages. */
    public interface Throttle {

        Throttle NONE = (messages, resume) -> true;

        /** @return whether to continue reading now; otherwise {@code resume} runs later */
        boolean chargeMessages(int messages, Runnable resume);
    }

    /** @param invocation NON_BLOCKING if the bytes are dealt with so quickly that it may be done on the selector's thread */
    public ClientReader(EndPoint endPoint, Receiver receiver, Throttle throttle, InvocationType invocation) {
        this(endPoint, receiver, throttle, invocation, System::nanoTime);
    }

    public ClientReader(EndPoint endPoint, Receiver receiver, Throttle throttle, InvocationType invocation, LongSupplier nanos) {
        this.endPoint = endPoint;
        this.receiver = receiver;
        this.throttle = throttle;
        this.invocation = invocation;
        this.nanos = nanos;
    }

    /** @param early bytes that the client sent before the connection was taken over */
    public void startReading(ByteBuffer early) {
        if (!early.hasRemaining() || throttle.chargeMessages(receiver.receiveBytes(early), this::resumeReading)) {
            endPoint.fillInterested(this);
        }
    }

    private void resumeReading() {
        if (endPoint.isOpen()) {
            endPoint.fillInterested(this);
        }
    }

    @Override
    public void succeeded() {
        try {
            readAvailable();
        } catch (RuntimeException e) {
            LOG.warn("Client {} failed and is disconnected", endPoint.getRemoteSocketAddress(), e);
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

    /** Reads what is available, and registers for more. */
    public void readAvailable() {
        try {
            for (int reads = 0; reads < MAX_READS; reads++) {
                int read = endPoint.fill(input.clear().limit(0));
                if (read < 0) {
                    endPoint.close();
                    return;
                }
                if (read == 0) {
                    behind = false;
                    break;
                }
                if (!throttle.chargeMessages(receiver.receiveBytes(input), this::resumeReading)) {
                    endPersistentFlood();
                    return;
                }
            }
            endPoint.fillInterested(this);
        } catch (IOException e) {
            endPoint.close(e);
        }
    }

    /** Disconnects the client if it has exceeded its budget for too long. */
    private void endPersistentFlood() {
        long now = nanos.getAsLong();
        if (!behind) {
            behind = true;
            behindSince = now;
        } else if (now - behindSince > MAX_BEHIND_NANOS) {
            LOG.info("{} sends more messages than its user may, and is disconnected", endPoint.getRemoteSocketAddress());
            endPoint.close();
        }
    }
}
