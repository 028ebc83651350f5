package org.catseye.core.watchdog.verdict;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Supplier;
import org.catseye.concurrent.NamedThreads;
import org.catseye.plugins.PluginException;
import org.catseye.plugins.PluginException.Reason;
import org.catseye.plugins.health.ExceededLimit;
import org.catseye.plugins.health.PluginControl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops plug-ins on a thread of its own, which exists only while there is something to do. Thread-safe. */
public final class BackgroundStop implements PluginStop {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundStop.class);

    private final Supplier<Optional<PluginControl>> control;
    private final ThreadPoolExecutor thread = NamedThreads.newIdlingPool(1, Duration.ofSeconds(10), NamedThreads.withName("watchdog-stop"));
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private final Queue<Result> results = new ConcurrentLinkedQueue<>();

    public BackgroundStop(Supplier<Optional<PluginControl>> control) {
        this.control = control;
    }

    @Override
    public void request(String plugin, List<ExceededLimit> exceeded, String reason) {
        if (running.add(plugin)) {
            execute(() -> {
                Outcome outcome = stop(plugin, reason);
                results.add(new Result(plugin, exceeded, outcome));
                running.remove(plugin);
            });
        }
    }

    private Outcome stop(String plugin, String reason) {
        try {
            if (control.get().isEmpty()) {
                return Outcome.NOT_STOPPED;
            }
            control.get().get().stopPlugin(plugin, reason);
            return Outcome.STOPPED;
        } catch (PluginException e) {
            if (e.reason() == Reason.FAILED) {
                LOG.error("The plug-in {} cannot be stopped: {}", plugin, e.getMessage());
                return Outcome.HANGS;
            }
            LOG.debug("The plug-in {} is not stopped yet", plugin, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("The plug-in {} is not stopped", plugin, e);
        }
        return Outcome.NOT_STOPPED;
    }

    @Override
    public List<Result> takeResults() {
        List<Result> taken = new ArrayList<>();
        for (Result result = results.poll(); result != null; result = results.poll()) {
            taken.add(result);
        }
        return taken;
    }

    @Override
    public void lowerPriority(String plugin, Collection<Long> threads) {
        execute(() -> {
            try {
                int lowered = ThreadPriority.lower(threads);
                if (lowered > 0) {
                    LOG.info("Threads of {} that cannot be ended have got the lowest priority: {}", plugin, lowered);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void execute(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("the watchdog has ended", e);
        }
    }

    /** Ends the thread. A stop that has begun goes on in the part that owns the plug-ins. */
    public void close() {
        thread.shutdownNow();
    }
}
