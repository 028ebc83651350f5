package org.catseye.launcher.readiness;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Detects that users can no longer log in, or that a part is missing that every login needs, and restores bundles that were stopped
 * or uninstalled. One failed check may be a bundle that is being updated, so the repair starts after the second failure in a row. An
 * outage that it cannot repair is logged once, with the remedy. Until the first success it checks more often, so that a successful start
 * is seen at once. Not thread-safe.
 */
public final class LoginWatch {
    /** Two checks have to fail, so a stopped bundle runs again within half a minute. */
    static final long INTERVAL_MILLIS = 10_000;
    static final long START_INTERVAL_MILLIS = 500;
    private static final Logger LOG = Logger.getLogger("catseye.launcher");
    private static final int FAILURES_UNTIL_REPAIR = 2;
    private final BooleanSupplier loginPossible;
    private final Callable<List<String>> repair;
    private final Supplier<List<String>> missing;
    private final Consumer<String> error;
    private final LongSupplier nanoTime;
    private boolean started;
    /** Before the first success, other failures count only after an interval. */
    private long lastCountedNanos;
    private int failures;
    private boolean reported;

    /**
     * @param repair returns a line for each thing that it repaired
     * @param missing describes why users cannot log in
     * @param error receives problems that an administrator has to solve
     * @param nanoTime as {@link System#nanoTime}
     */
    public LoginWatch(BooleanSupplier loginPossible, Callable<List<String>> repair, Supplier<List<String>> missing,
            Consumer<String> error, LongSupplier nanoTime) {
        this.loginPossible = loginPossible;
        this.repair = repair;
        this.missing = missing;
        this.error = error;
        this.nanoTime = nanoTime;
        lastCountedNanos = nanoTime.getAsLong();
    }

    /** How long to wait before the next check. */
    public long intervalMillis() {
        return started ? INTERVAL_MILLIS : START_INTERVAL_MILLIS;
    }

    /** Call it once per {@link #intervalMillis()}. */
    public void checkLogin() {
        if (loginPossible.getAsBoolean()) {
            if (reported) {
                LOG.info("users can log in again");
            }
            started = true;
            failures = 0;
            reported = false;
            return;
        }
        if (!started) {
            long now = nanoTime.getAsLong();
            if (now - lastCountedNanos < TimeUnit.MILLISECONDS.toNanos(INTERVAL_MILLIS)) {
                return;
            }
            lastCountedNanos = now;
        }
        failures++;
        if (failures >= FAILURES_UNTIL_REPAIR) {
            repairOrReport();
        }
    }

    private void repairOrReport() {
        try {
            List<String> repaired = repair.call();
            repaired.forEach(line -> LOG.warning("repaired, because every login needs it: " + line));
            if (repaired.isEmpty() && !reported) {
                reported = true;
                error.accept("no user can log in: " + String.join("; ", missing.get())
                        + ". If this persists, run catseye recover on this device");
            }
        } catch (Exception e) {
            LOG.log(Level.SEVERE, "no user can log in, and the repair failed", e);
        }
    }
}
