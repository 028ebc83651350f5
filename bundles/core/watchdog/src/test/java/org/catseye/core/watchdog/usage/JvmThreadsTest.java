package org.catseye.core.watchdog.usage;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.Test;

public class JvmThreadsTest {

    /** A thread that must not be asked anything. */
    private static final class Trap extends Thread {
        private final CountDownLatch end = new CountDownLatch(1);

        @Override
        public void run() {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public long getId() {
            throw new IllegalStateException("code of a plug-in");
        }
    }

    @Test
    public void threadsAreDescribedWithoutCallingTheirCode() throws Exception {
        JvmThreads threads = new JvmThreads();
        long own = Thread.currentThread().getId();
        Trap trap = new Trap();
        trap.setDaemon(true);
        trap.start();
        try {
            assertTrue(Arrays.stream(threads.listIds()).anyMatch(id -> id == own));
            assertTrue(threads.cpuNanos(own) > 0);
            ThreadSource.Stack stack = threads.readStacks(new long[] {own, Long.MAX_VALUE}).get(0);
            assertTrue(stack.classes().toString(), stack.classes().contains(JvmThreadsTest.class.getName()));
            assertTrue("the innermost is first", stack.classes().indexOf(JvmThreadsTest.class.getName()) < stack.classes().indexOf(Method.class.getName()));
            assertTrue(stack.complete());
            assertEquals(Thread.currentThread().getContextClassLoader(), threads.readLoaders(Set.of(own)).get(own).ofContext());
            assertFalse(threads.readLoaders(Set.of(Long.MAX_VALUE)).containsKey(Long.MAX_VALUE));
        } finally {
            trap.end.countDown();
            trap.join();
        }
    }
}
