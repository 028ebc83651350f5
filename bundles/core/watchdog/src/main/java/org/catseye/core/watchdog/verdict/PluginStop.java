package org.catseye.core.watchdog.verdict;

import java.util.Collection;
import java.util.List;
import org.catseye.plugins.health.ExceededLimit;

/** Stops plug-ins, and lowers the priority of threads that cannot be ended. Neither method blocks. */
public interface PluginStop {

    /** How an attempt ended. */
    enum Outcome {
        /** The bundle is stopped. */
        STOPPED,
        /** It stays disabled after a restart, but its bundle does not stop. */
        HANGS,
        /** Nothing has changed, because another change was running or something failed. The next sample tries again. */
        NOT_STOPPED
    }

    /** The end of an attempt. */
    record Result(String plugin, List<ExceededLimit> exceeded, Outcome outcome) {
    }

    /** Begins to stop a plug-in. Without effect while an attempt for it is running. */
    void request(String plugin, List<ExceededLimit> exceeded, String reason);

    /** The attempts that have ended since the last call. */
    List<Result> takeResults();

    /** Asks the operating system to give these threads time only when no other thread needs it. */
    void lowerPriority(String plugin, Collection<Long> threads);
}
