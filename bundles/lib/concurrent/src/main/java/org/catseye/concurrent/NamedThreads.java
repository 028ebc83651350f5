package org.catseye.concurrent;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes daemon threads whose names say in a thread dump what they are for. */
public final class NamedThreads {

    private NamedThreads() {
    }

    /** Every thread has the same name: for executors with one thread at a time. */
    public static ThreadFactory withName(String name) {
        return task -> newDaemonThread(task, name);
    }

    /** Threads are named {@code prefix-1}, {@code prefix-2} and so on. */
    public static ThreadFactory withNumberedName(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> newDaemonThread(task, prefix + "-" + number.incrementAndGet());
    }

    /** An executor with one thread of this name. */
    public static ScheduledExecutorService newSingleThreadScheduler(String name) {
        return Executors.newSingleThreadScheduledExecutor(withName(name));
    }

    /**
     * An executor with up to so many threads, which end when they have been idle for a while. Further tasks wait.
     *
     * @param names {@link #withName} or {@link #withNumberedName}
     */
    public static ThreadPoolExecutor newIdlingPool(int threads, Duration idle, ThreadFactory names) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(threads, threads, idle.toNanos(), TimeUnit.NANOSECONDS, new LinkedBlockingQueue<>(), names);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** A thread that does not keep the process alive; not started. */
    public static Thread newDaemonThread(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
