package org.catseye.capture.lkv373a;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Questions of other threads, answered on the receiver's own between two datagrams: what it knows needs no locks. Thread-safe. */
final class Errands {

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private volatile Runnable wake = () -> { };

    /** @param wakeUp ends the receiver's wait, from any thread */
    void open(Runnable wakeUp) {
        wake = wakeUp;
    }

    /** Nobody answers from now on. */
    void close() {
        wake = () -> { };
        waiting.clear();
    }

    /** Does what is waiting. On the receiver's thread. */
    void run() {
        for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
            next.run();
        }
    }

    /** The answer; empty if nobody gave one in time. Blocks. */
    <T> Optional<T> ask(Supplier<T> question, long millis) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        waiting.add(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        wake.run();
        try {
            return Optional.of(answer.get(millis, TimeUnit.MILLISECONDS));
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
