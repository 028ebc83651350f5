package org.catseye.virtual.desktop;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.catseye.virtual.paint.Canvas;
import org.catseye.virtual.paint.Look;
import org.catseye.virtual.paint.Palette;

/** Buttons that count how often they were clicked, and a field that counts each button of the mouse. */
final class ClicksWindow extends Window {

    private static final long DOUBLE = TimeUnit.MILLISECONDS.toNanos(500);
    private static final String[] NAMES = {"Left", "Right", "Middle", "Back", "Forward"};

    private int clicks;
    private int doubles;
    private final Button click = new Button("Click me", 16, 16, 150, 36, () -> clicks++);
    private final Button twice = new Button("Double-click me", 16, 62, 150, 36, this::countDoubleClick);
    private final int[] presses = new int[NAMES.length];
    private long now;
    private long lastClick = Long.MIN_VALUE / 2;

    ClicksWindow(int x, int y) {
        super("Clicks", x, y, 280, 212);
    }

    private void countDoubleClick() {
        if (now - lastClick <= DOUBLE) {
            doubles++;
            lastClick = Long.MIN_VALUE / 2;
        } else {
            lastClick = now;
        }
    }

    @Override
    void pressButton(int px, int py, int button, long at) {
        presses[Integer.numberOfTrailingZeros(button)]++;
        now = at;
        List.of(click, twice).forEach(b -> b.pressButton(px, py, button));
    }

    @Override
    void releaseButton(int px, int py, int button, long at) {
        now = at;
        List.of(click, twice).forEach(b -> b.releaseButton(px, py, button));
    }

    @Override
    void paintContent(Canvas canvas, Look look, int left, int top, boolean active) {
        click.paintButton(canvas, look, left, top);
        twice.paintButton(canvas, look, left, top);
        look.desktopBoldFont().drawText(canvas, left + 186, top + 25, "clicks: " + clicks, Palette.INK);
        look.desktopBoldFont().drawText(canvas, left + 186, top + 71, "doubles: " + doubles, Palette.INK);
        canvas.fillRectangle(left + 16, top + 112, width() - 32, 1, Palette.EDGE);
        look.desktopFont().drawText(canvas, left + 16, top + 120, "Pressed in this window:", Palette.INK_DIM);
        for (int i = 0; i < NAMES.length; i++) {
            look.desktopFont().drawText(canvas, left + 16 + i % 3 * 84, top + 146 + i / 3 * 26, NAMES[i] + " " + presses[i], Palette.INK);
        }
    }

    int clickCount() {
        return clicks;
    }

    int doubleClickCount() {
        return doubles;
    }
}
