package org.catseye.virtual.scene;

import org.catseye.virtual.input.KeyPress;
import org.catseye.virtual.input.PointerState;
import org.catseye.virtual.paint.Canvas;
import org.catseye.virtual.paint.Look;

/**
 * A program of the virtual computer: one stage of its firmware, or an operating system. The machine calls one method at a
 * time, under its lock, and repaints after each call. Times are nanoseconds of the machine's clock.
 */
public interface Scene {

    SceneCode sceneCode();

    /** Called when the scene becomes the current one. */
    default void onShown(long now) {
    }

    /** Time of the next {@link #handleTick}; Long.MAX_VALUE for never. */
    default long nextTick() {
        return Long.MAX_VALUE;
    }

    /** Called when the tick is due. Must move {@link #nextTick()} beyond {@code now} or show another scene. */
    default void handleTick(long now) {
    }

    /** A key was pressed or repeats. Not called for modifiers and lock keys. */
    default void handleKey(KeyPress press) {
    }

    /** A key was pressed or released; also called for modifiers. */
    default void handleKeyChange(int usage, boolean down) {
    }

    default void handlePointer(PointerState.Event event) {
    }

    /** Control, alt and delete. */
    default void handleSecureAttention(Host host) {
        host.resetMachine();
    }

    /** The power button. */
    default void handlePowerButton(Host host) {
        host.powerOff();
    }

    /** Paints the whole picture; the top {@link Look#TAG_HEIGHT} rows belong to the frame tag. */
    void paintScene(Canvas canvas, Look look);

    /** The line that the user is editing, for the frame tag. */
    default String currentLine() {
        return "";
    }

    /** All visible text, for tests; empty if the scene shows pictures. */
    default String visibleText() {
        return "";
    }
}
