package org.catseye.board.health.source;

import java.util.List;
import org.catseye.board.BoardFigure;

/**
 * What a source has read.
 *
 * @param summary one sentence for the self-check if there are no findings
 * @param findings what needs attention now
 * @param figures what was measured
 */
public record Reading(String summary, List<Finding> findings, List<BoardFigure> figures) {

    public Reading {
        findings = List.copyOf(findings);
        figures = List.copyOf(figures);
    }

    Reading(String summary, List<Finding> findings) {
        this(summary, findings, List.of());
    }
}
