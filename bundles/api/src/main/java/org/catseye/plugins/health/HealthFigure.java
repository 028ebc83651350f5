package org.catseye.plugins.health;

/** What is measured of a bundle. The key never changes, and names the unit. */
public enum HealthFigure {

    /** Of one processor core, over the last ten seconds. 200 is two cores. */
    CPU_TEN_SECONDS("cpuPercentTenSeconds"),
    /** Of one processor core, over the last minute. */
    CPU_MINUTE("cpuPercentMinute"),
    /** The part of {@link #CPU_MINUTE} that was used on threads of other bundles, which called this one. */
    CALLBACK_CPU_MINUTE("callbackCpuPercentMinute"),
    /** Processor time since the watchdog started, in seconds. */
    CPU_TOTAL("cpuSeconds"),
    /** Its own threads, and those of other bundles that are inside its code. */
    THREADS("threads"),
    /** Lines that it wanted to log in the last minute. */
    LOG_LINES("logLinesPerMinute"),
    /** Log lines that were dropped since the watchdog started. */
    DROPPED_LOG_LINES("droppedLogLines"),
    /** Lines that it wanted to print to the standard output or the standard error output in the last minute; 256 bytes count as one. */
    PRINTED_LINES("printedLinesPerMinute"),
    /** Printed lines that were dropped since the watchdog started. */
    DROPPED_PRINTED_LINES("droppedPrintedLines"),
    /** Exceptions in the log, and those that ended a thread, in the last minute. */
    EXCEPTIONS("exceptionsPerMinute"),
    /** Memory for pictures that its drivers have taken and not delivered yet; 16 for each driver at most. */
    FRAME_SLOTS("frameSlots"),
    /** Bytes of this memory, which is outside of the heap. */
    FRAME_BYTES("frameBytes");

    private final String key;

    HealthFigure(String key) {
        this.key = key;
    }

    /** For programs. */
    public String key() {
        return key;
    }
}
