package org.catseye.core.video.capture;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.catseye.plugins.health.LentFrames;
import org.catseye.targets.SelfCheck.Item;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the threads of all drivers: how much of a processor core and of the memory for frames each one uses, and which ones go on after they were
 * asked to stop. No
 * thread can be ended from outside, so a user has to learn of it. Thread-safe.
 */
public final class CaptureWatch implements LentFrames {

    /** How often {@link #takeSamples()} is to be called. */
    public static final long SAMPLE_SECONDS = 15;

    private static final Logger LOG = LoggerFactory.getLogger(CaptureWatch.class);
    private static final String NAME = "Driver";
    private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);
    /** A driver that converts pictures may use much of a slow core, but hardly more than this all the time. */
    private static final int MAX_PERCENT = 80;

    private final LongSupplier nanoTime;
    /** Guards what is below. */
    private final Map<WatchedThread, Usage> threads = new LinkedHashMap<>();

    /** The processor time of a thread at one moment. */
    private record Sample(long atNanos, long cpuNanos) {
    }

    /** The samples of the last minute and the one before them, and whether a high usage was logged. */
    private static final class Usage {
        private final Deque<Sample> samples = new ArrayDeque<>();
        private final OptionalLong bundle;
        private boolean logged;

        Usage(OptionalLong bundle) {
            this.bundle = bundle;
        }

        void add(Sample sample) {
            samples.addLast(sample);
            while (samples.size() > 2 && sample.atNanos() - secondOldest().atNanos() >= WINDOW_NANOS) {
                samples.removeFirst();
            }
        }

        private Sample secondOldest() {
            return samples.stream().skip(1).findFirst().orElseThrow();
        }

        /** Of one core, over a minute; 0 before the first minute is over. */
        long percent() {
            if (samples.isEmpty() || samples.getLast().atNanos() - samples.getFirst().atNanos() < WINDOW_NANOS) {
                return 0;
            }
            long time = samples.getLast().atNanos() - samples.getFirst().atNanos();
            return Math.round(100.0 * (samples.getLast().cpuNanos() - samples.getFirst().cpuNanos()) / time);
        }
    }

    /** The thread of a driver. */
    interface WatchedThread {

        String target();

        /** The device's name for the user. */
        String label();

        boolean isAlive();

        /** Whether it was asked to stop some time ago, and should have ended. */
        boolean isOverdue();

        /** Processor time so far, in nanoseconds. */
        long cpuNanos();

        /** The memory for frames that the driver has. */
        Lent lentSlots();
    }

    public CaptureWatch() {
        this(System::nanoTime);
    }

    CaptureWatch(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Watches a thread from now on until it ends.
     *
     * @param bundle the id of the bundle that has registered the device; empty if it is not known
     */
    void watch(WatchedThread thread, OptionalLong bundle) {
        synchronized (threads) {
            threads.put(thread, new Usage(bundle));
        }
    }

    /** Measures all threads; logs each one that uses too much once. */
    public void takeSamples() {
        List<String> messages = new ArrayList<>();
        synchronized (threads) {
            threads.keySet().removeIf(thread -> !thread.isAlive());
            threads.forEach((thread, usage) -> {
                usage.add(new Sample(nanoTime.getAsLong(), thread.cpuNanos()));
                if (usage.percent() > MAX_PERCENT && !usage.logged) {
                    usage.logged = true;
                    messages.add(thread.target() + ": " + describeUsage(thread, usage));
                }
            });
        }
        messages.forEach(LOG::warn);
    }

    /**
     * The drivers of a target that use too much, and those that do not end.
     *
     * @param everywhere whether to list those of all targets that do not end, because their own target may be gone
     */
    public List<Item> findProblems(String target, boolean everywhere) {
        List<Item> items = new ArrayList<>();
        synchronized (threads) {
            threads.forEach((thread, usage) -> {
                boolean own = thread.target().equals(target);
                if (thread.isAlive() && thread.isOverdue() && (own || everywhere)) {
                    items.add(Item.failed(NAME, "The driver of " + thread.label() + " (target " + thread.target() + ") was stopped, but its thread is still running"
                        + (usage.percent() > MAX_PERCENT ? ", and uses " + usage.percent() + " % of a processor core." : "."),
                        "Restart Catseye, because a thread can't be ended otherwise. Then update or remove the driver's bundle."));
                } else if (thread.isAlive() && own && usage.percent() > MAX_PERCENT) {
                    items.add(Item.failed(NAME, describeUsage(thread, usage),
                        "If this continues, the driver probably has a defect. Remove its bundle, restart Catseye, and ask its maker for a new version."));
                }
            });
        }
        return items;
    }

    @Override
    public Map<Long, Lent> listByBundle() {
        Map<Long, Lent> lent = new HashMap<>();
        synchronized (threads) {
            threads.forEach((thread, usage) -> {
                if (thread.isAlive() && usage.bundle.isPresent()) {
                    lent.merge(usage.bundle.getAsLong(), thread.lentSlots(), CaptureWatch::add);
                }
            });
        }
        return lent;
    }

    private static Lent add(Lent one, Lent other) {
        return new Lent(one.slots() + other.slots(), one.bytes() + other.bytes(), one.exhausted() || other.exhausted());
    }

    private static String describeUsage(WatchedThread thread, Usage usage) {
        return "The driver of " + thread.label() + " used " + usage.percent() + " % of a processor core in the last minute.";
    }
}
