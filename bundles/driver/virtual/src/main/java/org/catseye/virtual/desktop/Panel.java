package org.catseye.virtual.desktop;

import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.catseye.virtual.input.Locks;
import org.catseye.virtual.paint.Canvas;
import org.catseye.virtual.paint.Logo;
import org.catseye.virtual.paint.Look;
import org.catseye.virtual.paint.Palette;
import org.catseye.virtual.scene.Host;

/** The bar at the bottom of the desktop: buttons, keyboard lights, clock. */
final class Panel {

    static final int HEIGHT = 44;
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("EEE d MMM   HH:mm:ss", Locale.ENGLISH);
    private static final String[] LIGHTS = {"Num", "Caps", "Scroll"};
    private static final int[] BITS = {Locks.NUM, Locks.CAPS, Locks.SCROLL};

    private final Host host;
    private final List<Button> buttons;

    Panel(Host host, Runnable session) {
        this.host = host;
        buttons = List.of(new Button("Console", 64, 7, 96, 30, host::showConsole), new Button("Session ...", 168, 7, 110, 30, session));
    }

    private int topEdge() {
        return host.height() - HEIGHT;
    }

    boolean contains(int y) {
        return y >= topEdge();
    }

    void pressButton(int x, int y, int button) {
        buttons.forEach(b -> b.pressButton(x, y - topEdge(), button));
    }

    void releaseButton(int x, int y, int button) {
        buttons.forEach(b -> b.releaseButton(x, y - topEdge(), button));
    }

    void paintPanel(Canvas canvas, Look look) {
        int top = topEdge();
        canvas.fillRectangle(0, top, canvas.width(), HEIGHT, 0x10161f);
        canvas.fillRectangle(0, top, canvas.width(), 1, 0x2a3443);
        Logo.paint(canvas, 34, top + HEIGHT / 2, 18);
        buttons.forEach(b -> b.paintButton(canvas, look, 0, top));
        String time = CLOCK.format(host.wallClock());
        int right = canvas.width() - look.desktopFont().textWidth(time) - 20;
        look.desktopFont().drawText(canvas, right, top + 13, time, Palette.WHITE);
        int at = right - 240;
        for (int i = 0; i < LIGHTS.length; i++) {
            boolean on = host.locks().isOn(BITS[i]);
            canvas.fillEllipse(at, top + HEIGHT / 2, 6, 6, on ? Palette.GREEN : 0x303b49);
            at = look.desktopFont().drawText(canvas, at + 12, top + 13, LIGHTS[i], on ? Palette.WHITE : Palette.DIM) + 24;
        }
    }
}
