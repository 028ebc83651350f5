package org.catseye.testkit;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** What the contracts of devices ask for alike. */
final class DeviceAssertions {

    private static final long PATIENCE_MILLIS = 10_000;
    private static final long POLL_MILLIS = 10;

    private DeviceAssertions() {
    }

    /** A call of a device. */
    interface Call {
        void run() throws Exception;
    }

    /** Asks until the condition holds, for ten seconds at most. */
    static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (!condition.call()) {
            assertTrue(what, System.nanoTime() < end);
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** Fails unless the call reports a broken device by one sentence in less than so much time. */
    static void assertFailsInWords(Call call, long limitMillis) throws Exception {
        long start = System.nanoTime();
        try {
            call.run();
        } catch (IOException expected) {
            assertNotNull("it has a message", expected.getMessage());
            assertEquals("one line", 1, expected.getMessage().lines().count());
            assertTrue("a sentence: " + expected.getMessage(), expected.getMessage().contains(" "));
            assertTrue("in time", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) < limitMillis);
            return;
        }
        throw new AssertionError("a broken device was not noticed");
    }
}
