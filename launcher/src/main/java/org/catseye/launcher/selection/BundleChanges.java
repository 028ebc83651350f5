package org.catseye.launcher.selection;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.catseye.concurrent.NamedThreads;
import org.catseye.launcher.refusal.StartRefusedException;

/**
 * Changes the bundles in a thread of its own and waits for a limited time, because a bundle may never return from its start or stop. No
 * two changes run at the same time. Used by one thread at a time.
 */
final class BundleChanges {
    private final FeatureSwitch.BundleChange bundles;
    private final long timeoutMillis;
    /** The last change, which may still run. */
    private Optional<RunningChange> last = Optional.empty();

    BundleChanges(FeatureSwitch.BundleChange bundles, long timeoutMillis) {
        this.bundles = bundles;
        this.timeoutMillis = timeoutMillis;
    }

    /** @param abandoned whether it has to end before its next step */
    private record RunningChange(FutureTask<Void> task, AtomicBoolean abandoned) {
    }

    /** Whether the last change has ended. */
    boolean isIdle() {
        return last.map(change -> change.task().isDone()).orElse(true);
    }

    /**
     * Brings the bundles in line with the selection.
     *
     * @throws StartRefusedException if that fails, or has not ended in time. It goes on then, unless it is abandoned
     */
    void switchBundles(FeatureSelection selection) throws StartRefusedException {
        if (!isIdle()) {
            throw new StartRefusedException("an earlier change has not ended");
        }
        AtomicBoolean abandoned = new AtomicBoolean();
        FutureTask<Void> task = new FutureTask<>(() -> {
            bundles.switchBundles(selection.features(), abandoned::get);
            return null;
        });
        last = Optional.of(new RunningChange(task, abandoned));
        NamedThreads.newDaemonThread(task, "catseye-features").start();
        try {
            task.get(timeoutMillis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new StartRefusedException("a bundle has not started or stopped within " + timeoutMillis / 1000 + " seconds", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartRefusedException("Catseye is stopping", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StartRefusedException refused ? refused
                    : new StartRefusedException("the bundles cannot be changed: " + StartRefusedException.describeCause(e.getCause()), e);
        }
    }

    /** Makes the last change end before its next step, and waits for that. Returns whether it has ended. */
    boolean abandonAndWait() {
        if (last.isEmpty()) {
            return true;
        }
        last.get().abandoned().set(true);
        try {
            last.get().task().get(timeoutMillis, TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException ended) {
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return isIdle();
        }
    }
}
