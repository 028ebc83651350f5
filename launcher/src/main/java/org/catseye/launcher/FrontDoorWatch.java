package org.catseye.launcher;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Notices that no user can log in any more, or that a part is missing that every login needs, and brings back what was stopped or uninstalled. One failed look may be a bundle that is being updated; after
 * the second in a row it acts. An outage that it cannot end is logged once, with the way back in. Not thread-safe.
 */
final class FrontDoorWatch {
    /** With the two looks that it takes, a stopped bundle is back within half a minute. */
    static final long INTERVAL_MILLIS = 10_000;
    private static final Logger LOG = Logger.getLogger("catseye.launcher");
    private static final int FAILURES_UNTIL_REPAIR = 2;
    private final BooleanSupplier loginPossible;
    private final Callable<List<String>> repair;
    private final Supplier<List<String>> missing;
    private final Consumer<String> error;
    private int failures;
    private boolean reported;

    /**
     * @param repair returns what it has repaired, one line each
     * @param missing describes what keeps people out
     * @param error receives what someone must act on
     */
    FrontDoorWatch(BooleanSupplier loginPossible, Callable<List<String>> repair, Supplier<List<String>> missing, Consumer<String> error) {
        this.loginPossible = loginPossible;
        this.repair = repair;
        this.missing = missing;
        this.error = error;
    }

    /** To be called at each interval. */
    void check() {
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
                error.accept("no user can log in: " + String.join("; ", missing.get()) + ". If it does not pass, run catseye recover on this device");
            }
        } catch (Exception e) {
            LOG.log(Level.SEVERE, "no user can log in, and the repair failed", e);
        }
    }
}
