package org.catseye.web.rest.monitoring;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Memory, threads and processor time of the process. */
final class ProcessMetrics {

    private static final Path STATUS = Path.of("/proc/self/status");

    void addTo(PrometheusText text) {
        addMemory(text);
        text.addMetric("jvm_buffer_pool_used_bytes", "gauge", "Memory outside of the heap, mainly frames.");
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            text.addValue("jvm_buffer_pool_used_bytes", pool.getMemoryUsed(), "pool", pool.getName());
        }
        text.addMetric("jvm_threads_current", "gauge", "Threads of the process.");
        text.addValue("jvm_threads_current", ManagementFactory.getThreadMXBean().getThreadCount());
        text.addMetric("process_uptime_seconds", "gauge", "Since the process started.");
        text.addValue("process_uptime_seconds", ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0);
        ProcessHandle.current().info().totalCpuDuration().map(Duration::toMillis).ifPresent(millis -> {
            text.addMetric("process_cpu_seconds_total", "counter", "User and system time.");
            text.addValue("process_cpu_seconds_total", millis / 1000.0);
        });
    }

    private static void addMemory(PrometheusText text) {
        var memory = ManagementFactory.getMemoryMXBean();
        text.addMetric("jvm_memory_used_bytes", "gauge", "Used memory of the virtual machine.");
        text.addValue("jvm_memory_used_bytes", memory.getHeapMemoryUsage().getUsed(), "area", "heap");
        text.addValue("jvm_memory_used_bytes", memory.getNonHeapMemoryUsage().getUsed(), "area", "nonheap");
        MemoryUsage heap = memory.getHeapMemoryUsage();
        text.addMetric("jvm_memory_max_bytes", "gauge", "Maximum size of the heap.");
        text.addValue("jvm_memory_max_bytes", heap.getMax(), "area", "heap");
        long resident = readResidentKib();
        if (resident > 0) {
            text.addMetric("process_resident_memory_bytes", "gauge", "Physical memory of the process.");
            text.addValue("process_resident_memory_bytes", resident * 1024.0);
        }
    }

    /** VmRSS of proc(5); 0 if the file does not exist. */
    private static long readResidentKib() {
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
