package org.catseye.concurrent;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
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

    /** A thread that does not keep the process alive; not started. */
    public static Thread newDaemonThread(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
