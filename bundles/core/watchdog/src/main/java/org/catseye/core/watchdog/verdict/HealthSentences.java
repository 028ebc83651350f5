package org.catseye.core.watchdog.verdict;

import java.util.List;
import java.util.stream.Collectors;
import org.catseye.plugins.health.ExceededLimit;

/** The reasons as sentences, for the API, the log and the audit log. */
final class HealthSentences {

    private HealthSentences() {
    }

    static String describeExcess(List<ExceededLimit> exceeded, Limits limits) {
        return "It is over a limit: " + listExceeded(exceeded) + "."
            + (limits.stopsPlugins() ? " It will be stopped if it stays over a limit for " + limits.graceSeconds() + " seconds." : "");
    }

    static String describeStop(List<ExceededLimit> exceeded) {
        return "Catseye has stopped it, because it stayed over a limit: " + listExceeded(exceeded) + ".";
    }

    /** @param hangs whether the bundle itself has not stopped */
    static String describeRemaining(boolean hangs, int threads) {
        String rest = threads == 1 ? "a thread of it is still running" : threads + " of its threads are still running";
        return (hangs ? "It was told to stop, and does not end." : "It is stopped, but " + rest + ".") + " Restart Catseye, because a thread cannot be ended otherwise.";
    }

    private static String listExceeded(List<ExceededLimit> exceeded) {
        return exceeded.stream().map(HealthSentences::describeLimit).collect(Collectors.joining(", "));
    }

    private static String describeLimit(ExceededLimit each) {
        String measured = switch (each.figure()) {
            case CPU_TEN_SECONDS -> each.measured() + " % of a processor core";
            case THREADS -> each.measured() + " threads";
            case LOG_LINES -> each.measured() + " log lines in a minute";
            case PRINTED_LINES -> each.measured() + " printed lines in a minute";
            case EXCEPTIONS -> each.measured() + " exceptions in a minute";
            case FRAME_SLOTS -> "memory of " + each.measured() + " pictures that it does not deliver";
            default -> each.measured() + " " + each.figure().key();
        };
        return measured + " (limit " + each.limit() + ")";
    }
}
