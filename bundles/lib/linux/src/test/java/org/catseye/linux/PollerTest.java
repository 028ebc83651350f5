package org.catseye.linux;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.Test;

public class PollerTest {

    @Test
    public void tellsWhichFileIsReady() throws IOException {
        try (Poller poller = new Poller(2); Fd a = Fd.eventfd(); Fd b = Fd.eventfd()) {
            int first = poller.add(a, Poller.POLLIN);
            int second = poller.add(b, Poller.POLLIN);
            assertEquals(0, poller.poll(0));
            b.write(Struct.allocate(8).putLong(0, 1));
            assertEquals(1, poller.poll(1_000));
            assertEquals(0, poller.ready(first));
            assertEquals(Poller.POLLIN, poller.ready(second));
            assertFalse(poller.woken());
        }
    }

    @Test
    public void waitsAsLongAsItWasTold() throws IOException {
        try (Poller poller = new Poller(0)) {
            long start = System.nanoTime();
            assertEquals(0, poller.poll(30));
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            assertTrue("30 ms took " + took, took >= 29);
        }
    }

    @Test
    public void aThreadInPollIsWoken() throws Exception {
        try (Poller poller = new Poller(1); Fd silent = Fd.eventfd()) {
            poller.add(silent, Poller.POLLIN);
            CountDownLatch started = new CountDownLatch(1);
            AtomicReference<Object> end = new AtomicReference<>();
            Thread waiting = new Thread(() -> {
                started.countDown();
                try {
                    end.set(poller.poll(-1) + " " + poller.woken());
                } catch (IOException e) {
                    end.set(e);
                }
            });
            waiting.start();
            started.await();
            poller.wake();
            waiting.join(10_000);
            assertEquals("0 true", end.get());
        }
    }

    @Test
    public void aWakeBeforeThePollEndsItAndCountsOnce() throws IOException {
        try (Poller poller = new Poller(0)) {
            poller.wake();
            poller.wake();
            assertEquals(0, poller.poll(10_000));
            assertTrue(poller.woken());
            assertEquals(0, poller.poll(0));
            assertFalse("used up", poller.woken());
        }
    }

    @Test
    public void wakingAClosedPollerDoesNothing() throws IOException {
        Poller poller = new Poller(0);
        poller.close();
        poller.wake();
        assertThrows(IOException.class, () -> poller.poll(0));
    }

    @Test
    public void aFileThatWasClosedIsAnError() throws IOException {
        try (Poller poller = new Poller(1)) {
            Fd fd = Fd.eventfd();
            poller.add(fd, Poller.POLLIN);
            fd.close();
            assertThrows(ErrnoException.class, () -> poller.poll(0));
            poller.clear();
            assertEquals(0, poller.poll(0));
        }
    }

    @Test
    public void moreFilesThanItWasMadeForAreRefused() throws IOException {
        try (Poller poller = new Poller(1); Fd fd = Fd.eventfd()) {
            poller.add(fd, Poller.POLLIN);
            assertThrows(IllegalStateException.class, () -> poller.add(fd, Poller.POLLIN));
        }
    }

    @Test
    public void theHotCallsMakeNoGarbage() throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Ioctl fionread = Ioctl.of("FIONREAD", 0x541b);
        ByteBuffer argument = Struct.allocate(4);
        try (Poller poller = new Poller(1); Fd file = Fd.open("/dev/zero", Fd.O_RDONLY)) {
            poller.add(file, Poller.POLLIN);
            hot(poller, file, fionread, argument, 20_000);
            long before = threads.getCurrentThreadAllocatedBytes();
            hot(poller, file, fionread, argument, 10_000);
            long bytes = threads.getCurrentThreadAllocatedBytes() - before;
            assertTrue(bytes + " bytes in 10,000 polls and ioctls", bytes < 10_000);
        }
    }

    private static void hot(Poller poller, Fd file, Ioctl request, ByteBuffer argument, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            poller.poll(0);
            file.tryIoctl(request, argument);
        }
    }
}
