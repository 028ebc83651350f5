package org.catseye.web.rest.monitoring;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What the process uses. */
final class ProcessMetrics {

    private static final Path STATUS = Path.of("/proc/self/status");

    void write(PrometheusText text) {
        memory(text);
        text.head("jvm_buffer_pool_used_bytes", "gauge", "Memory outside of the heap, frames above all.");
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            text.value("jvm_buffer_pool_used_bytes", pool.getMemoryUsed(), "pool", pool.getName());
        }
        text.head("jvm_threads_current", "gauge", "Threads of the process.");
        text.value("jvm_threads_current", ManagementFactory.getThreadMXBean().getThreadCount());
        text.head("process_uptime_seconds", "gauge", "Since the process started.");
        text.value("process_uptime_seconds", ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0);
        ProcessHandle.current().info().totalCpuDuration().map(Duration::toMillis).ifPresent(millis -> {
            text.head("process_cpu_seconds_total", "counter", "User and system time.");
            text.value("process_cpu_seconds_total", millis / 1000.0);
        });
    }

    private static void memory(PrometheusText text) {
        var memory = ManagementFactory.getMemoryMXBean();
        text.head("jvm_memory_used_bytes", "gauge", "Used memory of the virtual machine.");
        text.value("jvm_memory_used_bytes", memory.getHeapMemoryUsage().getUsed(), "area", "heap");
        text.value("jvm_memory_used_bytes", memory.getNonHeapMemoryUsage().getUsed(), "area", "nonheap");
        MemoryUsage heap = memory.getHeapMemoryUsage();
        text.head("jvm_memory_max_bytes", "gauge", "What the heap may grow to.");
        text.value("jvm_memory_max_bytes", heap.getMax(), "area", "heap");
        long resident = residentKib();
        if (resident > 0) {
            text.head("process_resident_memory_bytes", "gauge", "Memory that the process really occupies.");
            text.value("process_resident_memory_bytes", resident * 1024.0);
        }
    }

    /** VmRSS of proc(5); 0 where there is no such file. */
    private static long residentKib() {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", ""));
                }
            }
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
        return 0;
    }
}
