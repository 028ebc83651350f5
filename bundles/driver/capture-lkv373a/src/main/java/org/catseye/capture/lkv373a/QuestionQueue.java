package org.catseye.capture.lkv373a;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Questions from other threads, answered on the receiver's thread between two datagrams, so that the receiver's state needs no locks.
 * Thread-safe.
 */
final class QuestionQueue {

    private static final Runnable NO_ACTION = () -> { };

    private final Queue<Runnable> pending = new ConcurrentLinkedQueue<>();
    private volatile Runnable wakeAction = NO_ACTION;

    /** Starts to answer. @param wakeReceiver ends the receiver's wait, from any thread */
    void startAnswering(Runnable wakeReceiver) {
        wakeAction = wakeReceiver;
    }

    /** From now on all questions time out. */
    void stopAnswering() {
        wakeAction = NO_ACTION;
        pending.clear();
    }

    /** Answers the pending questions. Called on the receiver's thread. */
    void answerPending() {
        for (Runnable next = pending.poll(); next != null; next = pending.poll()) {
            next.run();
        }
    }

    /** Blocks until the question was answered. @return empty after the timeout */
    <T> Optional<T> askAndWait(Supplier<T> question, long timeoutMillis) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        pending.add(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        wakeAction.run();
        try {
            return Optional.of(answer.get(timeoutMillis, TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
