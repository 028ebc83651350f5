package org.catseye.concurrent;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.Test;

/** {@link BackgroundReading} and {@link SingleAction}, with devices that hang. */
public class DeviceWorkTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final AtomicLong clock = new AtomicLong();
    private final AtomicInteger readings = new AtomicInteger();

    @Test
    public void aReadingIsRepeatedOnlyWhenItIsOldOrExpired() throws Exception {
        try (BackgroundReading reading = new BackgroundReading("read", readings::incrementAndGet, SECOND, SECOND, clock::get)) {
            assertTrue(reading.awaitReading());
            assertTrue(reading.awaitReading());
            assertEquals(1, readings.get());
            clock.addAndGet(SECOND.toNanos());
            reading.awaitReading();
            assertEquals(2, readings.get());
            reading.expire();
            reading.awaitReading();
            assertEquals(3, readings.get());
        }
    }

    @Test
    public void aReadingThatHangsIsWaitedForOnlyForItsLimit() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (BackgroundReading reading = new BackgroundReading("read", () -> awaitGate(gate), SECOND, Duration.ofMillis(50), clock::get)) {
            assertFalse(reading.awaitReading());
            assertFalse("not by its own clock", reading.isStuck());
            clock.addAndGet(SECOND.toNanos());
            assertTrue(reading.isStuck());
            reading.startIfDue();
            gate.countDown();
            while (!reading.awaitReading()) {
                Thread.onSpinWait();
            }
            assertFalse(reading.isStuck());
        }
    }

    private static void awaitGate(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    public void afterTheEndNothingIsReadOrPerformed() throws Exception {
        BackgroundReading reading = new BackgroundReading("read", readings::incrementAndGet, SECOND, SECOND, clock::get);
        reading.close();
        assertTrue(reading.awaitReading());
        assertEquals(0, readings.get());
        SingleAction<String> actions = new SingleAction<>("act", SECOND);
        actions.close();
        assertThrows(RejectedExecutionException.class, () -> actions.perform("late", () -> { }, () -> null));
        assertEquals(Optional.empty(), actions.running());
    }

    @Test
    public void anActionThatHangsIsInterruptedAndKeepsOthersOutUntilItEnds() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        try (SingleAction<String> actions = new SingleAction<>("act", Duration.ofMillis(50))) {
            assertThrows(TimeoutException.class, () -> actions.perform("slow", () -> { }, () -> {
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                    gate.await(); // As a driver that ignores it.
                }
                return null;
            }));
            interrupted.await();
            assertEquals(Optional.of("slow"), actions.perform("other", () -> { }, () -> null));
            gate.countDown();
            while (actions.running().isPresent()) {
                Thread.onSpinWait();
            }
            assertEquals(Optional.empty(), actions.perform("other", () -> { }, () -> null));
        }
    }

    @Test
    public void failuresReachTheCallerAndOccupyNothing() throws Exception {
        try (SingleAction<String> actions = new SingleAction<>("act", SECOND)) {
            assertThrows(IOException.class, () -> actions.perform("refused", () -> {
                throw new IOException("refused");
            }, () -> null));
            ExecutionException failed = assertThrows(ExecutionException.class, () -> actions.perform("fails", () -> { }, () -> {
                throw new IllegalStateException("a defect");
            }));
            assertEquals("a defect", failed.getCause().getMessage());
            assertEquals(Optional.empty(), actions.perform("next", () -> { }, () -> null));
        }
    }
}
