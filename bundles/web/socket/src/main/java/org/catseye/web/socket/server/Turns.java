package org.catseye.web.socket.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds how many threads serve requests of one kind, and of one caller. A request beyond that waits without a thread; waiting
 * callers take turns, so that one with many requests doesn't delay one with few. Thread-safe.
 */
final class Turns {

    private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

    private final Executor executor;
    private final int most;
    private final int mostOfOne;
    /** Guards what follows. */
    private final Object lock = new Object();
    private final Map<String, Integer> served = new HashMap<>();
    private final Map<String, Deque<Runnable>> waiting = new LinkedHashMap<>();
    private int total;

    private record Turn(String caller, Runnable task) {
    }

    Turns(Executor executor, int most, int mostOfOne) {
        this.executor = executor;
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    /** Runs the task on this thread if it may run now, otherwise later on one of the executor. */
    void runInTurn(String caller, Runnable task) {
        synchronized (lock) {
            if (!isAllowed(caller) || waiting.containsKey(caller)) {
                waiting.computeIfAbsent(caller, key -> new ArrayDeque<>()).add(task);
                return;
            }
            countStart(caller);
        }
        runTurn(new Turn(caller, task));
    }

    int countWaiting() {
        synchronized (lock) {
            return waiting.values().stream().mapToInt(Deque::size).sum();
        }
    }

    int countServing() {
        synchronized (lock) {
            return total;
        }
    }

    private boolean isAllowed(String caller) {
        return total < most && served.getOrDefault(caller, 0) < mostOfOne;
    }

    private void countStart(String caller) {
        total++;
        served.merge(caller, 1, Integer::sum);
    }

    private void runTurn(Turn turn) {
        try {
            turn.task().run();
        } finally {
            finishTurn(turn.caller());
        }
    }

    private void finishTurn(String caller) {
        Turn next;
        synchronized (lock) {
            total--;
            served.compute(caller, (key, count) -> count == 1 ? null : count - 1);
            next = pollNext();
        }
        if (next != null) {
            try {
                executor.execute(() -> runTurn(next));
            } catch (RejectedExecutionException e) {
                LOG.debug("The server is stopping; a request is dropped", e);
                finishTurn(next.caller());
            }
        }
    }

    /** Null if no waiting request may be served. */
    private Turn pollNext() {
        for (Iterator<Map.Entry<String, Deque<Runnable>>> all = waiting.entrySet().iterator(); all.hasNext();) {
            Map.Entry<String, Deque<Runnable>> entry = all.next();
            if (isAllowed(entry.getKey())) {
                Turn turn = new Turn(entry.getKey(), entry.getValue().poll());
                all.remove();
                if (!entry.getValue().isEmpty()) {
                    waiting.put(entry.getKey(), entry.getValue());
                }
                countStart(turn.caller());
                return turn;
            }
        }
        return null;
    }
}
