package org.catseye.core.watchdog.usage;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The threads of the virtual machine. */
public interface ThreadSource {

    /**
     * A thread at one moment.
     *
     * @param classes the classes of its methods, the innermost first
     * @param complete whether the list reaches to the outermost method
     */
    record Stack(long id, String name, List<String> classes, boolean complete) {
    }

    /**
     * The class loaders that hint at the bundle of a thread. Either may be null, for classes of Java.
     *
     * @param ofClass of the class of the thread
     * @param ofContext its context class loader
     */
    record Loaders(ClassLoader ofClass, ClassLoader ofContext) {
    }

    /** The ids of all threads. */
    long[] listIds();

    /** The processor time of a thread so far, in nanoseconds; negative if it has ended. */
    long cpuNanos(long id);

    /** The stacks of those of the threads that have not ended. Stops all threads for about 10 µs for each stack. */
    List<Stack> readStacks(long[] ids);

    /** The class loaders of those of the threads that have not ended. */
    Map<Long, Loaders> readLoaders(Set<Long> ids);
}
