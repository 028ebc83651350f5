package org.catseye.virtual.desktop;

import java.util.List;
import org.catseye.virtual.input.KeyPress;
import org.catseye.virtual.input.Keys;
import org.catseye.virtual.paint.Canvas;
import org.catseye.virtual.paint.Look;
import org.catseye.virtual.paint.Palette;
import org.catseye.virtual.scene.Host;

/** The dialog that control-alt-delete and the power button open on the desktop. */
final class SessionWindow extends Window {

    private static final int WIDTH = 360;

    private final List<Button> buttons;
    private final Runnable close;

    SessionWindow(Host host, Runnable close) {
        super("Session", (host.width() - WIDTH) / 2, host.height() / 3, WIDTH, 150);
        this.close = close;
        buttons = List.of(
            new Button("Restart", 20, 54, 150, 34, () -> host.shutDown(true)),
            new Button("Shut down", 190, 54, 150, 34, () -> host.shutDown(false)),
            new Button("Text console", 20, 100, 150, 34, () -> {
                close.run();
                host.showConsole();
            }),
            new Button("Cancel (Esc)", 190, 100, 150, 34, close));
    }

    @Override
    void pressButton(int px, int py, int button, long now) {
        buttons.forEach(b -> b.pressButton(px, py, button));
    }

    @Override
    void releaseButton(int px, int py, int button, long now) {
        buttons.forEach(b -> b.releaseButton(px, py, button));
    }

    @Override
    void handleKey(KeyPress press) {
        if (press.usage() == Keys.ESCAPE) {
            close.run();
        }
    }

    @Override
    void paintContent(Canvas canvas, Look look, int left, int top, boolean active) {
        look.desktopFont().drawCentered(canvas, left + WIDTH / 2, top + 18, "What shall this computer do?", Palette.INK);
        buttons.forEach(b -> b.paintButton(canvas, look, left, top));
    }
}
