package org.catseye.virtual.machine;

import java.util.function.Supplier;
import org.catseye.virtual.input.KeyPress;
import org.catseye.virtual.input.KeyboardDecoder;
import org.catseye.virtual.input.Keys;
import org.catseye.virtual.input.Locks;
import org.catseye.virtual.input.Typematic;
import org.catseye.virtual.input.UsLayout;
import org.catseye.virtual.scene.Host;
import org.catseye.virtual.scene.Scene;
import org.catseye.virtual.scene.SceneCode;

/** The keyboard driver of the virtual operating system: turns reports into key presses, repeats, locks and global shortcuts. */
final class Input {

    private final Host host;
    private final Locks locks;
    /** The scene that receives key presses; null if the machine is off or asleep. */
    private final Supplier<Scene> front;
    private final KeyboardDecoder decoder = new KeyboardDecoder();
    private final Typematic typematic = new Typematic();

    Input(Host host, Locks locks, Supplier<Scene> front) {
        this.host = host;
        this.locks = locks;
        this.front = front;
    }

    KeyboardDecoder decoder() {
        return decoder;
    }

    Typematic typematic() {
        return typematic;
    }

    /** Processes a report. @return whether a key was pressed */
    boolean acceptKeyboard(byte[] report) {
        boolean pressed = false;
        for (KeyboardDecoder.Change change : decoder.acceptReport(report)) {
            pressed |= change.down();
            if (front.get() != null) {
                handleChange(change);
            }
        }
        return pressed;
    }

    private void handleChange(KeyboardDecoder.Change change) {
        Scene before = front.get();
        before.handleKeyChange(change.usage(), change.down());
        if (!change.down()) {
            typematic.releaseKey(change.usage());
        } else if (change.usage() < Keys.LEFT_CTRL && !locks.toggleLock(change.usage())) {
            dispatchKey(UsLayout.translateKey(change.usage(), decoder.modifiers(), locks, false));
            if (front.get() == before) {
                typematic.startRepeating(change.usage(), host.currentNanos());
            } else {
                typematic.stopRepeating();
            }
        }
    }

    /** Repeats the held key. @param real the real time; later than the host's after a long pause */
    void repeatHeldKey(long real) {
        Scene before = front.get();
        dispatchKey(UsLayout.translateKey(typematic.takeRepeat(host.currentNanos(), real), decoder.modifiers(), locks, true));
        if (front.get() != before) {
            typematic.stopRepeating();
        }
    }

    private void dispatchKey(KeyPress press) {
        Scene scene = front.get();
        boolean together = press.hasControl() && press.hasAlt() && !press.repeat();
        if (together && press.usage() == Keys.DELETE) {
            scene.handleSecureAttention(host);
        } else if (together && press.usage() == Keys.F1 && runsSystem(scene)) {
            host.showConsole();
        } else if (together && press.usage() == Keys.F7 && runsSystem(scene)) {
            host.showDesktop();
        } else {
            scene.handleKey(press);
        }
    }

    private static boolean runsSystem(Scene scene) {
        return scene.sceneCode() == SceneCode.CONSOLE || scene.sceneCode() == SceneCode.DESKTOP;
    }
}
