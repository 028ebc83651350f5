package org.catseye.virtual.console;

import java.util.concurrent.TimeUnit;
import org.catseye.virtual.paint.Canvas;
import org.catseye.virtual.paint.Look;
import org.catseye.virtual.paint.Palette;
import org.catseye.virtual.paint.TextScreen;
import org.catseye.virtual.scene.Host;
import org.catseye.virtual.scene.Scene;
import org.catseye.virtual.scene.SceneCode;

/** The last words of the operating system before the machine goes off or restarts. */
public final class GoodbyeScene implements Scene {

    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(200);
    private static final String[] STEPS = {"Ended all programs", "Stored the random seed", "Unmounted the file systems"};

    private final Host host;
    private final boolean restart;
    private final TextScreen screen = new TextScreen();
    private int step;
    private long next;

    /** @param restart whether the machine starts anew afterwards */
    public GoodbyeScene(Host host, boolean restart) {
        this.host = host;
        this.restart = restart;
        screen.color(Palette.WHITE).writeLine("Catseye OS is shutting down.\n");
    }

    @Override
    public SceneCode code() {
        return SceneCode.SHUTTING_DOWN;
    }

    @Override
    public void shown(long now) {
        next = now + STEP;
    }

    @Override
    public long nextTick() {
        return next;
    }

    @Override
    public void tick(long now) {
        next = now + STEP;
        if (step < STEPS.length) {
            screen.color(Palette.GREEN).write("[  OK  ] ");
            screen.color(Palette.TEXT).writeLine(STEPS[step]);
        } else if (step == STEPS.length) {
            screen.writeLine(restart ? "\nRestarting." : "\nSwitching off.");
        } else if (restart) {
            host.reset();
        } else {
            host.powerOff();
        }
        step++;
    }

    @Override
    public void secureAttention(Host machine) {
        // It is going down already.
    }

    @Override
    public void paint(Canvas canvas, Look look) {
        canvas.fill(0, 0, canvas.width(), canvas.height(), Palette.BLACK);
        look.paint(canvas, screen, false);
    }

    @Override
    public String text() {
        return screen.text();
    }
}
