package org.catseye.web.socket.server;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.Test;

public class TurnsTest {

    private final Deque<Runnable> threads = new ArrayDeque<>();
    private final List<String> served = new ArrayList<>();
    private final Turns turns = new Turns(threads::add, 2, 2);

    @Test
    public void aRequestIsServedAtOnceOnItsOwnThread() {
        turns.runInTurn("ann", () -> served.add("ann"));
        assertEquals(List.of("ann"), served);
        assertEquals(0, turns.countServing());
    }

    @Test
    public void moreThanAreAllowedWaitWithoutAThread() {
        turns.runInTurn("ann", () -> turns.runInTurn("ann", () -> turns.runInTurn("ben", () -> served.add("ben"))));
        assertEquals("not nested: two were served already", List.of(), served);
        assertEquals("one that ended made room", 1, threads.size());
        threads.poll().run();
        assertEquals(List.of("ben"), served);
        assertEquals(0, turns.countServing() + turns.countWaiting());
    }

    @Test
    public void callersTakeTurns() {
        turns.runInTurn("ann", () -> turns.runInTurn("ann", () -> {
            for (int i = 0; i < 5; i++) {
                turns.runInTurn("ann", () -> served.add("ann"));
            }
            turns.runInTurn("ben", () -> served.add("ben"));
        }));
        while (!threads.isEmpty()) {
            threads.poll().run();
        }
        assertEquals(6, served.size());
        assertEquals("whatever the other asked for before: " + served, true, served.indexOf("ben") <= 2);
    }

    @Test
    public void oneCallerLeavesRoomForOthers() {
        Turns many = new Turns(threads::add, 3, 1);
        many.runInTurn("ann", () -> {
            many.runInTurn("ann", () -> served.add("ann"));
            many.runInTurn("ben", () -> served.add("ben"));
            assertEquals(List.of("ben"), served);
        });
        threads.poll().run();
        assertEquals(List.of("ben", "ann"), served);
    }

    @Test
    public void aRequestThatFailsGivesItsTurnBack() {
        for (int i = 0; i < 5; i++) {
            assertThrows(AssertionError.class, () -> turns.runInTurn("ann", () -> {
                throw new AssertionError("on purpose");
            }));
        }
        assertEquals(0, turns.countServing());
    }
}
