package org.catseye.web.control.connection;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.catseye.concurrent.TokenBucket;
import org.catseye.web.Channel;
import org.catseye.web.control.message.ServerMessages;

/** Sends errors to one client, a limited number a second, so that a flood of bad messages is not answered by a flood of errors. Thread-safe. */
public final class ErrorSender {

    public static final int MAX_ERRORS_PER_SECOND = 20;

    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Channel channel;
    private final LongSupplier nanoTime;
    private final TokenBucket limit;
    /** Guarded by this: the time of the last summary, and the errors since then that were not sent. */
    private long lastSummaryNanos;
    private int unsent;

    ErrorSender(Channel channel, LongSupplier nanoTime) {
        this.channel = channel;
        this.nanoTime = nanoTime;
        lastSummaryNanos = nanoTime.getAsLong();
        limit = TokenBucket.perSecond(MAX_ERRORS_PER_SECOND, lastSummaryNanos);
    }

    /** Sends the error, or counts it for the next summary. */
    void sendError(String code, String message) {
        if (!limit.tryAcquire(nanoTime.getAsLong())) {
            synchronized (this) {
                unsent++;
            }
            return;
        }
        channel.send(ServerMessages.formatError(code, message));
    }

    /** Sends the answer to a request that was accepted; not limited. */
    void sendAnswer(String code, String message) {
        channel.send(ServerMessages.formatError(code, message));
    }

    /** Sends how many errors were not sent, if there are any and the last summary was at least a second ago. */
    void sendSummary() {
        int count;
        synchronized (this) {
            long now = nanoTime.getAsLong();
            if (unsent == 0 || now - lastSummaryNanos < SECOND_NANOS) {
                return;
            }
            count = unsent;
            unsent = 0;
            lastSummaryNanos = now;
        }
        channel.send(ServerMessages.formatError("too_many_errors", count + " more messages were wrong or not allowed; at most "
            + MAX_ERRORS_PER_SECOND + " errors are sent in a second"));
    }
}
