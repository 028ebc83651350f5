package org.catseye.testkit;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Lets the fakes wait on their own monitor until a notification makes a condition true. */
final class Waiting {

    private Waiting() {
    }

    /**
     * Waits on {@code monitor}, which the caller must hold, until {@code condition} is true.
     *
     * @return false if the condition is not true within {@code millis} milliseconds
     */
    static boolean until(Object monitor, long millis, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (!condition.getAsBoolean()) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            monitor.wait(left);
        }
        return true;
    }
}
