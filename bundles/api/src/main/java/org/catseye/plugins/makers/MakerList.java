package org.catseye.plugins.makers;

import java.util.List;

/**
 * The trusted makers.
 *
 * @param makers in the order of their names
 * @param problem why the list is not complete, as a sentence; empty if it is
 */
public record MakerList(List<Maker> makers, String problem) {

    public MakerList {
        makers = List.copyOf(makers);
    }
}
