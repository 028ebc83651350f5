package org.catseye.virtual.scene;

import org.catseye.virtual.input.KeyPress;
import org.catseye.virtual.input.PointerState;
import org.catseye.virtual.paint.Canvas;
import org.catseye.virtual.paint.Look;

/**
 * What the pretend computer is running: one stage of its firmware or an operating system. The machine calls one method at a
 * time, under its lock, and paints anew after each of them. Times are nanoseconds of the machine's clock.
 */
public interface Scene {

    SceneCode code();

    /** The scene is in front from now on. */
    default void shown(long now) {
    }

    /** When it wants {@link #tick} next; Long.MAX_VALUE for never. */
    default long nextTick() {
        return Long.MAX_VALUE;
    }

    /** Time went on. Must move {@link #nextTick()} beyond {@code now} or show another scene. */
    default void tick(long now) {
    }

    /** A key was pressed or repeats; the modifiers themselves and lock keys do not come here. */
    default void key(KeyPress press) {
    }

    /** Any key, the modifiers too, went down or up. */
    default void keyChanged(int usage, boolean down) {
    }

    default void pointer(PointerState.Event event) {
    }

    /** Control, alt and delete. */
    default void secureAttention(Host host) {
        host.reset();
    }

    /** The power button. */
    default void powerButton(Host host) {
        host.powerOff();
    }

    /** Paints the whole picture; the top {@link Look#TAG_HEIGHT} rows belong to the frame tag. */
    void paint(Canvas canvas, Look look);

    /** The line the user is at, for the frame tag. */
    default String line() {
        return "";
    }

    /** All text that it shows, for tests; empty for pictures. */
    default String text() {
        return "";
    }
}
