package org.catseye.core.watchdog.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.catseye.plugins.health.ExceededLimit;
import org.catseye.plugins.health.HealthFigure;

/**
 * What a plug-in may use.
 *
 * @param stopsPlugins whether a plug-in is stopped that stays over a limit
 * @param cpuPercent of one processor core, over ten seconds
 * @param linesPerMinute lines that it logs, and lines that it prints
 * @param graceSeconds how long it may be over a limit without interruption
 */
public record Limits(boolean stopsPlugins, int cpuPercent, int threads, int linesPerMinute, int exceptionsPerMinute, int graceSeconds) {

    /** A driver gets 16 slots at most, and none after that. */
    static final int MAX_FRAME_SLOTS = 15;

    /** The limits that a plug-in is over. A figure that is missing is within its limit. */
    public List<ExceededLimit> findExceeded(Map<HealthFigure, Double> figures) {
        List<ExceededLimit> exceeded = new ArrayList<>();
        addIfOver(exceeded, HealthFigure.CPU_TEN_SECONDS, figures, cpuPercent);
        addIfOver(exceeded, HealthFigure.THREADS, figures, threads);
        addIfOver(exceeded, HealthFigure.LOG_LINES, figures, linesPerMinute);
        addIfOver(exceeded, HealthFigure.PRINTED_LINES, figures, linesPerMinute);
        addIfOver(exceeded, HealthFigure.EXCEPTIONS, figures, exceptionsPerMinute);
        addIfOver(exceeded, HealthFigure.FRAME_SLOTS, figures, MAX_FRAME_SLOTS);
        return exceeded;
    }

    private static void addIfOver(List<ExceededLimit> exceeded, HealthFigure figure, Map<HealthFigure, Double> figures, int limit) {
        Double measured = figures.get(figure);
        if (measured != null && Math.round(measured) > limit) {
            exceeded.add(new ExceededLimit(figure, Math.round(measured), limit));
        }
    }
}
