package org.catseye.core.access;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.catseye.access.AccessException;
import org.catseye.access.spi.Answer;

/** Asks authenticators that talk to others, a few at a time and for a bounded time, so that one that hangs holds up nobody but its own users. */
final class Asking {

    static final int MOST_AT_ONCE = 4;

    /** May block. */
    @FunctionalInterface
    interface Question {
        Answer ask() throws AccessException;
    }

    private final Duration patience;
    private final AtomicInteger made = new AtomicInteger();
    private final ThreadPoolExecutor pool = new ThreadPoolExecutor(0, MOST_AT_ONCE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), body -> {
        Thread thread = new Thread(body, "access-asks-" + made.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });

    Asking(Duration patience) {
        this.patience = patience;
    }

    /** {@link Answer.Unavailable} if it takes too long, or too many are waiting already. */
    Answer ask(Question question) throws AccessException {
        Future<Answer> answer;
        try {
            answer = pool.submit(question::ask);
        } catch (RejectedExecutionException e) {
            return new Answer.Unavailable("too many wait for it");
        }
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            return new Answer.Unavailable("it did not answer within " + patience.toSeconds() + " s");
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return new Answer.Unavailable("stopped");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AccessException refusal) {
                throw refusal;
            }
            throw new IllegalStateException("the authenticator failed", e.getCause());
        }
    }

    void close() {
        pool.shutdownNow();
        try {
            pool.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
