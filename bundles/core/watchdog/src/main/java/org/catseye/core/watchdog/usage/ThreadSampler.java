package org.catseye.core.watchdog.usage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.catseye.core.watchdog.owner.BundleOwner;
import org.catseye.core.watchdog.owner.BundleOwners;
import org.catseye.core.watchdog.usage.ThreadSource.Loaders;
import org.catseye.core.watchdog.usage.ThreadSource.Stack;

/**
 * Measures the processor time of all threads, and charges it to bundles.
 *
 * <p>A thread belongs to the bundle of its class, else to that of the outermost method on its stack that is of a bundle, else to that of its
 * context class loader. Processor time of a plug-in's thread is charged to it. Time of another thread is charged to the innermost plug-in on
 * its stack, if there is one. A stack is only read for threads that are new, that have used much time, and for all of them every ten seconds
 * while there is a plug-in. For one thread, but for {@link #findOwner}.
 */
public final class ThreadSampler {

    /** A thread that has used less since the last sample is charged without reading its stack. */
    static final long SMALL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    /** Every this many samples, all threads that may be inside a plug-in are looked at. */
    static final int SWEEP_SAMPLES = 5;
    /** All threads wait while stacks are read. */
    static final int MAX_STACKS = 200;
    /** How often the stack of a new thread is read to find its bundle. */
    private static final int MAX_ATTEMPTS = 5;
    /** Threads of Java that run tasks of all bundles. */
    private static final List<String> SHARED = List.of("ForkJoinPool.commonPool-worker", "CompletableFutureDelayScheduler", "Finalizer", "Common-Cleaner",
        "Reference Handler", "Signal Dispatcher");

    private final ThreadSource source;
    private final BundleOwners owners;
    private final Map<Long, Known> threads = new HashMap<>();
    private final Map<Long, BundleOwner> ownerByThread = new ConcurrentHashMap<>();
    private int samples;

    private static final class Known {
        private final long id;
        private long cpuNanos;
        private long usedNanos;
        private BundleOwner owner;
        private boolean shared;
        /** The plug-in whose code it was in at the last look. */
        private BundleOwner inside;
        private int attempts;
        private long lookedAt = -1;

        Known(long id) {
            this.id = id;
        }

        boolean belongsToPlugin() {
            return owner != null && owner.plugin();
        }
    }

    public ThreadSampler(ThreadSource source, BundleOwners owners) {
        this.source = source;
        this.owners = owners;
    }

    /** The bundle that a thread belongs to; empty for threads of Java, and until the first sample with it. */
    public Optional<BundleOwner> findOwner(long threadId) {
        return Optional.ofNullable(ownerByThread.get(threadId));
    }

    /** What was used since the last call. The first one only counts the threads. */
    public Map<BundleOwner, ThreadUsage> takeSample() {
        readTimes();
        boolean sweep = samples % SWEEP_SAMPLES == 0 && hasPlugins();
        Set<Long> seen = lookAtStacks(threads.values().stream().filter(thread -> needsLook(thread, sweep))
            .sorted(Comparator.comparingLong(thread -> thread.lookedAt)).limit(MAX_STACKS).map(thread -> thread.id).toList());
        samples++;
        return chargeBundles(seen);
    }

    private boolean hasPlugins() {
        return !owners.listInstalledPlugins().isEmpty() || threads.values().stream().anyMatch(thread -> thread.inside != null);
    }

    private void readTimes() {
        Set<Long> alive = new HashSet<>();
        for (long id : source.listIds()) {
            long cpu = source.cpuNanos(id);
            if (cpu < 0) {
                continue;
            }
            alive.add(id);
            Known thread = threads.get(id);
            if (thread == null) {
                thread = new Known(id);
                thread.cpuNanos = samples == 0 ? cpu : 0;
                threads.put(id, thread);
            }
            thread.usedNanos = cpu - thread.cpuNanos;
            thread.cpuNanos = cpu;
        }
        threads.keySet().retainAll(alive);
        ownerByThread.keySet().retainAll(alive);
    }

    private static boolean needsLook(Known thread, boolean sweep) {
        if (thread.belongsToPlugin()) {
            return false;
        }
        return thread.usedNanos >= SMALL_NANOS || thread.owner == null && !thread.shared && thread.attempts < MAX_ATTEMPTS || sweep || thread.inside != null;
    }

    /** Returns the threads whose stack was read. */
    private Set<Long> lookAtStacks(List<Long> ids) {
        if (ids.isEmpty()) {
            return Set.of();
        }
        Map<Long, Loaders> loaders = source.readLoaders(ids.stream().filter(id -> threads.get(id).attempts == 0).collect(Collectors.toSet()));
        List<Stack> stacks = source.readStacks(ids.stream().mapToLong(Long::longValue).toArray());
        for (Stack stack : stacks) {
            Known thread = threads.get(stack.id());
            thread.lookedAt = samples;
            thread.inside = owners.findPlugin(stack.classes()).orElse(null);
            thread.shared = SHARED.stream().anyMatch(stack.name()::startsWith);
            if (thread.owner == null && !thread.shared) {
                thread.owner = findOwner(stack, Optional.ofNullable(loaders.get(stack.id()))).orElse(null);
                thread.attempts++;
            }
            if (thread.owner != null) {
                ownerByThread.put(thread.id, thread.owner);
            }
        }
        return stacks.stream().map(Stack::id).collect(Collectors.toSet());
    }

    private Optional<BundleOwner> findOwner(Stack stack, Optional<Loaders> loaders) {
        Optional<BundleOwner> ofClass = loaders.map(Loaders::ofClass).flatMap(owners::findOwner);
        if (ofClass.isPresent()) {
            return ofClass;
        }
        Optional<BundleOwner> outermost = stack.complete() ? owners.findOutermost(stack.classes()) : Optional.empty();
        return outermost.isPresent() ? outermost : loaders.map(Loaders::ofContext).flatMap(owners::findOwner);
    }

    private Map<BundleOwner, ThreadUsage> chargeBundles(Set<Long> seen) {
        Map<BundleOwner, List<Known>> own = new HashMap<>();
        Map<BundleOwner, List<Known>> callbacks = new HashMap<>();
        Map<BundleOwner, Set<Long>> ids = new HashMap<>();
        for (Known thread : threads.values()) {
            BundleOwner charged = thread.belongsToPlugin() || !seen.contains(thread.id) || thread.inside == null ? thread.owner : thread.inside;
            if (charged != null) {
                (charged.equals(thread.owner) ? own : callbacks).computeIfAbsent(charged, key -> new ArrayList<>()).add(thread);
            }
            if (thread.owner != null) {
                ids.computeIfAbsent(thread.owner, key -> new HashSet<>()).add(thread.id);
            }
            if (thread.inside != null && !thread.belongsToPlugin()) {
                ids.computeIfAbsent(thread.inside, key -> new HashSet<>()).add(thread.id);
            }
        }
        return ids.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey,
            entry -> new ThreadUsage(sumTimes(own.get(entry.getKey())), sumTimes(callbacks.get(entry.getKey())), entry.getValue())));
    }

    private static long sumTimes(List<Known> list) {
        return list == null ? 0 : list.stream().mapToLong(thread -> thread.usedNanos).sum();
    }
}
