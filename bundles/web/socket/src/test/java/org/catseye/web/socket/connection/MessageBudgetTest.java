package org.catseye.web.socket.connection;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.After;
import org.junit.Test;

public class MessageBudgetTest {

    private final List<Runnable> due = new ArrayList<>();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1) {
        @Override
        public ScheduledFuture<?> schedule(Runnable what, long delay, TimeUnit unit) {
            due.add(() -> {
                nanos += unit.toNanos(delay);
                what.run();
            });
            return null;
        }
    };
    private long nanos;
    private final MessageBudget budget = new MessageBudget(timer, () -> nanos);

    @After
    public void stop() {
        timer.shutdownNow();
    }

    @Test
    public void handsAreNeverSlowedDown() {
        for (int i = 0; i < 10_000; i++) {
            nanos += TimeUnit.MILLISECONDS.toNanos(2);
            assertTrue(budget.chargeMessages("ann", 1, () -> { }));
        }
    }

    @Test
    public void aFloodIsReadAtTheRateOfTheBudget() {
        AtomicInteger messages = new AtomicInteger();
        flood("ann", 50, messages);
        long began = nanos;
        while (nanos - began < TimeUnit.SECONDS.toNanos(5)) {
            tick();
        }
        int most = MessageBudget.BURST + 5 * MessageBudget.PER_SECOND + 100;
        assertTrue(messages + " messages", messages.get() > most / 2 && messages.get() <= most);
    }

    @Test
    public void otherUsersAreNotSlowedDown() {
        flood("ann", 50, new AtomicInteger());
        assertTrue(budget.chargeMessages("ben", 50, () -> { }));
    }

    @Test
    public void aSecondClientOfTheSameUserWaitsForItsTurnOnly() {
        for (int i = 0; i < 50; i++) {
            flood("ann", 50, new AtomicInteger());
        }
        AtomicInteger resumed = new AtomicInteger();
        long began = nanos;
        assertFalse(budget.chargeMessages("ann", 1, resumed::incrementAndGet));
        while (resumed.get() == 0) {
            tick();
        }
        assertTrue(TimeUnit.NANOSECONDS.toMillis(nanos - began) + " ms", nanos - began < TimeUnit.MILLISECONDS.toNanos(300));
    }

    @Test
    public void usersWhoAreDoneAreForgotten() {
        assertTrue(budget.chargeMessages("ben", 5, () -> { }));
        budget.chargeMessages("ann", 2 * MessageBudget.BURST, () -> { });
        while (!due.isEmpty()) {
            tick();
        }
        nanos += TimeUnit.SECONDS.toNanos(10);
        budget.chargeMessages("cleo", 2 * MessageBudget.BURST, () -> { });
        tick();
        assertEquals("only cleo", 1, budget.countUsers());
    }

    /** A client that always has more to send. */
    private void flood(String user, int each, AtomicInteger messages) {
        messages.addAndGet(each);
        while (budget.chargeMessages(user, each, () -> flood(user, each, messages))) {
            messages.addAndGet(each);
        }
    }

    private void tick() {
        due.remove(0).run();
    }
}
