package org.catseye.core.watchdog.output;

/** What a bundle has logged and printed since the watchdog started. The lines include the dropped ones. */
public record OutputTotals(long logLines, long droppedLogLines, long printedLines, long droppedPrintedLines, long exceptions) {

    public static final OutputTotals NONE = new OutputTotals(0, 0, 0, 0, 0);
}
