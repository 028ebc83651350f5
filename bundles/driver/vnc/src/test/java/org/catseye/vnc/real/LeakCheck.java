package org.catseye.vnc.real;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.catseye.jpeg.PictureMemory;
import org.catseye.video.spi.Signal;
import org.catseye.vnc.RunningTarget;

/** Reconnects to a server many times, and compares threads, open files, heap and the memory for pictures with those before. */
final class LeakCheck {

    private static final int RECONNECTS = Integer.getInteger("catseye.reconnects", 10);
    /** What a JVM and the proxy of the test may have open for other reasons. */
    private static final int SPARE_DESCRIPTORS = 4;
    private static final long SPARE_HEAP = 3L << 20;
    private static final int WARM_UP = 3;

    private LeakCheck() {
    }

    /** @param password of the server; empty if it has none */
    static void assertReconnectsLeakNothing(SocketAddress server, Path folder, String password) throws Exception {
        long threads = countThreads();
        long descriptors = countDescriptors();
        try (MutatingProxy proxy = MutatingProxy.startFaithful(server, folder.resolve("faithful.sock"));
                RunningTarget target = new RunningTarget(Map.of("socket", folder.resolve("faithful.sock").toString(), "kvm.target", "leaks", "password", password))) {
            assertTrue(target.context().await(Program.PATIENCE_MILLIS, c -> !c.frames().isEmpty()));
            reconnect(target, proxy, WARM_UP);
            long before = countHeap();
            long descriptorsBefore = countDescriptors();
            reconnect(target, proxy, RECONNECTS);
            awaitAtMost("open files", LeakCheck::countDescriptors, descriptorsBefore + SPARE_DESCRIPTORS);
            awaitAtMost("heap", LeakCheck::countHeap, before + SPARE_HEAP);
            System.out.println(RECONNECTS + " reconnects: heap " + before + ", " + countHeap() + "; open files " + descriptorsBefore + ", " + countDescriptors());
            assertTrue("connections", proxy.awaitConnections(RECONNECTS + WARM_UP));
            assertEquals(List.of(), target.context().breaches());
            assertEquals(0, target.context().lent());
        }
        awaitAtMost("threads", LeakCheck::countThreads, threads + 1);
        awaitAtMost("open files at the end", LeakCheck::countDescriptors, descriptors + SPARE_DESCRIPTORS);
        try (PictureMemory all = new PictureMemory()) {
            assertTrue("the memory for pictures is free", all.tryReserve(2560, 1600));
        }
    }

    private static void reconnect(RunningTarget target, MutatingProxy proxy, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            target.context().forgetEvents();
            proxy.cutConnections();
            assertTrue("lost " + i, target.context().await(Program.PATIENCE_MILLIS, c -> c.signals().stream().anyMatch(s -> s.signal() == Signal.NO_DEVICE)));
            target.context().forgetEvents();
            assertTrue("picture " + i, target.context().await(Program.PATIENCE_MILLIS, c -> !c.frames().isEmpty()));
        }
    }

    private static void awaitAtMost(String what, LongSupplier count, long limit) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        long now = count.getAsLong();
        while (now > limit && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(200);
            now = count.getAsLong();
        }
        assertTrue(what + ": " + now + ", at most " + limit, now <= limit);
    }

    private static long countThreads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    private static long countDescriptors() {
        String[] names = new File("/proc/self/fd").list();
        return names == null ? 0 : names.length;
    }

    private static long countHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
