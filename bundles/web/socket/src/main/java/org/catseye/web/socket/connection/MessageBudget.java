package org.catseye.web.socket.connection;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Limits the messages of each user's clients, over all sockets: enough for fast typing and pointing, too few to keep the device busy. A
 * client beyond that is not read until its messages are paid for. Waiting clients are paid for in turns, so that one that floods does not delay
 * another one of the same user. Thread-safe.
 */
public final class MessageBudget {

    public static final int PER_SECOND = 1_000;
    public static final int BURST = 1_000;
    private static final long TICK_MILLIS = 10;
    /** Messages that a waiting client is paid for at most before the next client. */
    private static final int TURN = 4;

    private final ScheduledExecutorService timer;
    private final LongSupplier nanos;
    /** Guarded by itself, as is {@link #ticking}. Users with a full budget are not kept. */
    private final Map<String, Account> accounts = new HashMap<>();
    private boolean ticking;

    private final class Account {
        private double messages = BURST;
        private long since = nanos.getAsLong();
        private final Deque<Waiting> waiting = new ArrayDeque<>();

        void refillMessages() {
            long now = nanos.getAsLong();
            messages = Math.min(BURST, messages + (now - since) * PER_SECOND / 1e9);
            since = now;
        }

        void payWaiting(List<Runnable> resumed) {
            refillMessages();
            while (messages >= 1 && !waiting.isEmpty()) {
                Waiting first = waiting.poll();
                int paid = (int) Math.min(TURN, Math.min(first.debt, messages));
                messages -= paid;
                first.debt -= paid;
                if (first.debt == 0) {
                    resumed.add(first.resume);
                } else {
                    waiting.add(first);
                }
            }
        }
    }

    private static final class Waiting {
        private final Runnable resume;
        private int debt;

        Waiting(int debt, Runnable resume) {
            this.debt = debt;
            this.resume = resume;
        }
    }

    /** @param nanos a clock that only goes forward */
    public MessageBudget(ScheduledExecutorService timer, LongSupplier nanos) {
        this.timer = timer;
        this.nanos = nanos;
    }

    /**
     * @param messages that a client of the user has sent
     * @param resume run once when the client may be read on, unless that is now
     * @return whether that is now
     */
    public boolean chargeMessages(String user, int messages, Runnable resume) {
        synchronized (accounts) {
            Account account = accounts.computeIfAbsent(user, name -> new Account());
            account.refillMessages();
            if (account.waiting.isEmpty() && account.messages >= messages) {
                account.messages -= messages;
                return true;
            }
            if (messages <= 0) {
                return true;
            }
            account.waiting.add(new Waiting(messages, resume));
            scheduleTick();
        }
        return false;
    }

    /** The users whose budget is not full. */
    public int countUsers() {
        synchronized (accounts) {
            return accounts.size();
        }
    }

    private void scheduleTick() {
        if (ticking) {
            return;
        }
        ticking = true;
        try {
            timer.schedule(this::payWaiting, TICK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The sockets are being closed; no client waits any more.
            ticking = false;
        }
    }

    private void payWaiting() {
        List<Runnable> resumed = new ArrayList<>();
        synchronized (accounts) {
            ticking = false;
            boolean more = false;
            for (Iterator<Account> all = accounts.values().iterator(); all.hasNext();) {
                Account account = all.next();
                account.payWaiting(resumed);
                more |= !account.waiting.isEmpty();
                if (account.messages >= BURST) {
                    all.remove();
                }
            }
            if (more) {
                scheduleTick();
            }
        }
        resumed.forEach(Runnable::run);
    }
}
