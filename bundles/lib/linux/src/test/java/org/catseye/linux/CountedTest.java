package org.catseye.linux;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Test;

public class CountedTest {

    private static final class Probe extends Counted {
        private final AtomicInteger released = new AtomicInteger();
        private volatile boolean gone;

        @Override
        void release() {
            gone = true;
            released.incrementAndGet();
        }
    }

    @Test
    public void givesBackWhenTheLastUserIsOut() {
        Probe probe = new Probe();
        assertTrue(probe.enter());
        assertTrue(probe.enter());
        probe.close();
        assertFalse("nobody else comes in", probe.enter());
        assertEquals(0, probe.released.get());
        probe.exit();
        assertEquals(0, probe.released.get());
        probe.exit();
        assertEquals(1, probe.released.get());
        probe.close();
        assertEquals(1, probe.released.get());
    }

    @Test
    public void neverGivesBackUnderAUserInAnyRace() throws InterruptedException {
        AtomicInteger used = new AtomicInteger();
        for (int round = 0; round < 2_000; round++) {
            Probe probe = new Probe();
            CountDownLatch begin = new CountDownLatch(1);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                threads.add(new Thread(() -> {
                    begin.countDown();
                    while (probe.enter()) {
                        if (probe.gone) {
                            used.incrementAndGet();
                        }
                        probe.exit();
                    }
                }));
            }
            threads.forEach(Thread::start);
            begin.await();
            probe.close();
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals("given back once", 1, probe.released.get());
        }
        assertEquals("used after it was given back", 0, used.get());
    }
}
