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

/** The keyboard side of an operating system: from reports to presses, repeats, locks, and the keys that mean the same everywhere. */
final class Input {

    private final Host host;
    private final Locks locks;
    /** Who gets the presses now; null for nobody, when the machine is off or asleep. */
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

    /** Takes a report. @return whether a key went down */
    boolean keyboard(byte[] report) {
        boolean pressed = false;
        for (KeyboardDecoder.Change change : decoder.accept(report)) {
            pressed |= change.down();
            if (front.get() != null) {
                changed(change);
            }
        }
        return pressed;
    }

    private void changed(KeyboardDecoder.Change change) {
        Scene before = front.get();
        before.keyChanged(change.usage(), change.down());
        if (!change.down()) {
            typematic.released(change.usage());
        } else if (change.usage() < Keys.LEFT_CTRL && !locks.toggle(change.usage())) {
            press(UsLayout.translate(change.usage(), decoder.modifiers(), locks, false));
            if (front.get() == before) {
                typematic.pressed(change.usage(), host.now());
            } else {
                typematic.stop();
            }
        }
    }

    /** Lets the held key repeat. @param real the time it really is, later than the host's after a long rest */
    void repeat(long real) {
        Scene before = front.get();
        press(UsLayout.translate(typematic.take(host.now(), real), decoder.modifiers(), locks, true));
        if (front.get() != before) {
            typematic.stop();
        }
    }

    private void press(KeyPress press) {
        Scene scene = front.get();
        boolean together = press.ctrl() && press.alt() && !press.repeat();
        if (together && press.usage() == Keys.DELETE) {
            scene.secureAttention(host);
        } else if (together && press.usage() == Keys.F1 && runsSystem(scene)) {
            host.showConsole();
        } else if (together && press.usage() == Keys.F7 && runsSystem(scene)) {
            host.showDesktop();
        } else {
            scene.key(press);
        }
    }

    private static boolean runsSystem(Scene scene) {
        return scene.code() == SceneCode.CONSOLE || scene.code() == SceneCode.DESKTOP;
    }
}
