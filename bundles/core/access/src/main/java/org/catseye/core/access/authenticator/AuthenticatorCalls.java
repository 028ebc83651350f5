package org.catseye.core.access.authenticator;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.catseye.access.AccessException;
import org.catseye.access.spi.Answer;
import org.catseye.concurrent.NamedThreads;

/** Calls authenticators on threads for this purpose, a few at a time and for a bounded time, so that a hanging one delays only its own users. */
public final class AuthenticatorCalls {

    private static final int MAX_CALLS = 4;

    /** May block. */
    @FunctionalInterface
    public interface Question {
        Answer askAuthenticator() throws AccessException;
    }

    private final Duration timeout;
    private final ThreadPoolExecutor pool = new ThreadPoolExecutor(0, MAX_CALLS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(),
            NamedThreads.withNumberedName("access-asks"));

    public AuthenticatorCalls(Duration timeout) {
        this.timeout = timeout;
    }

    /** {@link Answer.Unavailable} if it takes too long, or if too many calls are waiting already. */
    public Answer callAuthenticator(Question question) throws AccessException {
        Future<Answer> answer;
        try {
            answer = pool.submit(question::askAuthenticator);
        } catch (RejectedExecutionException e) {
            return new Answer.Unavailable("too many requests wait for it");
        }
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            return new Answer.Unavailable("it did not answer within " + timeout.toSeconds() + " s");
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

    public void close() {
        pool.shutdownNow();
        try {
            pool.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
