package org.catseye.launcher.readiness;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Detects that users can no longer log in, or that a part is missing that every login needs, and restores bundles that were stopped or
 * uninstalled. One failed check may be a bundle that is being updated, so the repair starts after the second failure in a row. An outage that it
 * cannot repair is logged once, with the remedy. Not thread-safe.
 */
public final class LoginWatch {
    /** Two checks have to fail, so a stopped bundle runs again within half a minute. */
    public static final long INTERVAL_MILLIS = 10_000;
    private static final Logger LOG = Logger.getLogger("catseye.launcher");
    private static final int FAILURES_UNTIL_REPAIR = 2;
    private final BooleanSupplier loginPossible;
    private final Callable<List<String>> repair;
    private final Supplier<List<String>> missing;
    private final Consumer<String> error;
    private int failures;
    private boolean reported;

    /**
     * @param repair returns a line for each thing that it repaired
     * @param missing describes why users cannot log in
     * @param error receives problems that an administrator has to solve
     */
    public LoginWatch(BooleanSupplier loginPossible, Callable<List<String>> repair, Supplier<List<String>> missing, Consumer<String> error) {
        this.loginPossible = loginPossible;
        this.repair = repair;
        this.missing = missing;
        this.error = error;
    }

    /** Call it once per interval. */
    public void checkLogin() {
        if (loginPossible.getAsBoolean()) {
            if (reported) {
                LOG.info("users can log in again");
            }
            failures = 0;
            reported = false;
            return;
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
                error.accept("no user can log in: " + String.join("; ", missing.get()) + ". If this persists, run catseye recover on this device");
            }
        } catch (Exception e) {
            LOG.log(Level.SEVERE, "no user can log in, and the repair failed", e);
        }
    }
}
