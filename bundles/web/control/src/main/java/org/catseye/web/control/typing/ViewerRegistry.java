package org.catseye.web.control.typing;

import org.catseye.web.control.board.TargetBoard;
import org.catseye.web.control.board.Viewer;

/** The boards of all targets, for viewers that have no control socket. Thread-safe. */
public interface ViewerRegistry {

    /** Creates a viewer for a board. Must be quick. */
    @FunctionalInterface
    interface ViewerFactory<V extends Viewer> {

        /** @param leave removes the viewer again; to be called once, and not before this method has returned */
        V createViewer(TargetBoard board, Runnable leave);
    }

    /** Adds a viewer to the board of a target. */
    <V extends Viewer> V addViewer(String target, ViewerFactory<V> factory);
}
