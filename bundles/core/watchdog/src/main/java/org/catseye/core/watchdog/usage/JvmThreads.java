package org.catseye.core.watchdog.usage;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The threads of this process. Calls no code of a plug-in: its subclass of Thread may contain anything. Threads whose class has an id or a context
 * class loader of its own are left out.
 */
public final class JvmThreads implements ThreadSource {

    private static final int MAX_FRAMES = 256;
    private static final ClassValue<Boolean> PLAIN = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return isPlain(type);
        }
    };

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    @Override
    public long[] listIds() {
        // ThreadMXBean.getAllThreadIds would call getId of each thread.
        return listPlainThreads().mapToLong(Thread::getId).toArray();
    }

    @Override
    public long cpuNanos(long id) {
        return threads.getThreadCpuTime(id);
    }

    @Override
    public List<Stack> readStacks(long[] ids) {
        List<Stack> stacks = new ArrayList<>();
        for (ThreadInfo info : threads.getThreadInfo(ids, MAX_FRAMES)) {
            if (info != null) {
                StackTraceElement[] frames = info.getStackTrace();
                stacks.add(new Stack(info.getThreadId(), info.getThreadName(), Arrays.stream(frames).map(StackTraceElement::getClassName).toList(),
                    frames.length < MAX_FRAMES));
            }
        }
        return stacks;
    }

    @Override
    public Map<Long, Loaders> readLoaders(Set<Long> ids) {
        Map<Long, Loaders> found = new HashMap<>();
        listPlainThreads().filter(thread -> ids.contains(thread.getId()))
            .forEach(thread -> found.put(thread.getId(), new Loaders(thread.getClass().getClassLoader(), thread.getContextClassLoader())));
        return found;
    }

    /** The methods of ThreadGroup that this uses call none of a subclass. */
    private static Stream<Thread> listPlainThreads() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        Thread[] all = new Thread[root.activeCount() * 2 + 16];
        int count = root.enumerate(all);
        return Arrays.stream(all, 0, count).filter(thread -> thread.getClass() == Thread.class || PLAIN.get(thread.getClass()));
    }

    /** Whether these methods are those of Thread. */
    private static boolean isPlain(Class<?> type) {
        try {
            return type.getMethod("getId").getDeclaringClass() == Thread.class && type.getMethod("getContextClassLoader").getDeclaringClass() == Thread.class;
        } catch (NoSuchMethodException | LinkageError e) {
            return false;
        }
    }
}
