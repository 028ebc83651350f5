package org.catseye.virtual.console;

import java.util.concurrent.TimeUnit;
import org.catseye.virtual.paint.Canvas;
import org.catseye.virtual.paint.Look;
import org.catseye.virtual.paint.Palette;
import org.catseye.virtual.paint.TextScreen;
import org.catseye.virtual.scene.Host;
import org.catseye.virtual.scene.Scene;
import org.catseye.virtual.scene.SceneCode;

/** The shutdown messages of the operating system, before the machine switches off or restarts. */
public final class GoodbyeScene implements Scene {

    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(200);
    private static final String[] STEPS = {"Ended all programs", "Stored the random seed", "Unmounted the file systems"};

    private final Host host;
    private final boolean restart;
    private final TextScreen screen = new TextScreen();
    private int step;
    private long next;

    /** @param restart whether the machine restarts afterwards */
    public GoodbyeScene(Host host, boolean restart) {
        this.host = host;
        this.restart = restart;
        screen.setColor(Palette.WHITE).writeLine("Catseye OS is shutting down.\n");
    }

    @Override
    public SceneCode sceneCode() {
        return SceneCode.SHUTTING_DOWN;
    }

    @Override
    public void onShown(long now) {
        next = now + STEP;
    }

    @Override
    public long nextTick() {
        return next;
    }

    @Override
    public void handleTick(long now) {
        next = now + STEP;
        if (step < STEPS.length) {
            screen.setColor(Palette.GREEN).writeText("[  OK  ] ");
            screen.setColor(Palette.TEXT).writeLine(STEPS[step]);
        } else if (step == STEPS.length) {
            screen.writeLine(restart ? "\nRestarting." : "\nSwitching off.");
        } else if (restart) {
            host.resetMachine();
        } else {
            host.powerOff();
        }
        step++;
    }

    @Override
    public void handleSecureAttention(Host machine) {
        // The machine is shutting down already.
    }

    @Override
    public void paintScene(Canvas canvas, Look look) {
        canvas.fillRectangle(0, 0, canvas.width(), canvas.height(), Palette.BLACK);
        look.paintTextScreen(canvas, screen, false);
    }

    @Override
    public String visibleText() {
        return screen.screenText();
    }
}
