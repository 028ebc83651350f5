package org.catseye.virtual.desktop;

import java.util.ArrayList;
import java.util.List;
import org.catseye.virtual.input.Keys;
import org.catseye.virtual.input.PointerState;
import org.catseye.virtual.input.UsLayout;
import org.catseye.virtual.paint.Canvas;
import org.catseye.virtual.paint.Look;
import org.catseye.virtual.paint.Palette;
import org.catseye.virtual.scene.Host;

/** Colours and greys for judging the picture, and the state of all keys and buttons. */
final class TestCardWindow extends Window {

    private static final int[] BARS = {0xffffff, 0xfff200, 0x00e5ff, 0x2ecc40, 0xff3fd8, 0xff4136, 0x2b5cff, 0x000000};
    private static final int GREYS = 16;
    private static final int[] DRAWN_BUTTONS = {1, 4, 2, 8, 16};
    private static final String[] BUTTON_NAMES = {"L", "M", "R", "B", "F"};

    private final Host host;

    TestCardWindow(Host host, int x, int y) {
        super("Test card", x, y, 480, 286);
        this.host = host;
    }

    @Override
    void paintContent(Canvas canvas, Look look, int left, int top, boolean active) {
        for (int i = 0; i < BARS.length; i++) {
            canvas.fillRectangle(left + i * width() / BARS.length, top, width() / BARS.length, 72, BARS[i]);
        }
        for (int i = 0; i < GREYS; i++) {
            canvas.fillRectangle(left + i * width() / GREYS, top + 72, width() / GREYS, 24, i * 255 / (GREYS - 1) * 0x010101);
        }
        paintStripes(canvas, left, top + 96);
        paintKeys(canvas, look, left + 14, top + 132);
        paintButtons(canvas, look, left + 14, top + 222);
    }

    /** Vertical lines 1, 2, 3 and 4 pixels wide: scaling and chroma subsampling show here first. */
    private void paintStripes(Canvas canvas, int left, int top) {
        for (int part = 0; part < 4; part++) {
            int step = part + 1;
            for (int x = 0; x < width() / 4; x += 2 * step) {
                canvas.fillRectangle(left + part * width() / 4 + x, top, step, 22, Palette.INK);
            }
        }
    }

    private void paintKeys(Canvas canvas, Look look, int left, int top) {
        look.desktopFont().drawText(canvas, left, top, "Keys down", Palette.INK_DIM);
        List<Integer> down = new ArrayList<>();
        for (int bit = 0; bit < 8; bit++) {
            if ((host.keyboard().modifiers() >> bit & 1) != 0) {
                down.add(Keys.LEFT_CTRL + bit);
            }
        }
        down.addAll(host.keyboard().heldKeys());
        int x = left;
        int y = top + 24;
        for (int usage : down) {
            String name = UsLayout.keyName(usage);
            int width = look.desktopBoldFont().textWidth(name) + 20;
            if (x + width > left + width() - 28) {
                x = left;
                y += 34;
            }
            canvas.fillRounded(x, y, width, 28, 6, Palette.TITLE_ACTIVE, 255);
            look.desktopBoldFont().drawText(canvas, x + 10, y + 5, name, Palette.WHITE);
            x += width + 6;
        }
    }

    private void paintButtons(Canvas canvas, Look look, int left, int top) {
        PointerState pointer = host.pointer();
        for (int i = 0; i < DRAWN_BUTTONS.length; i++) {
            boolean down = (pointer.buttons() & DRAWN_BUTTONS[i]) != 0;
            canvas.fillRounded(left + i * 34, top, 28, 28, 14, down ? Palette.TITLE_ACTIVE : Palette.TITLE, 255);
            look.desktopBoldFont().drawCentered(canvas, left + i * 34 + 14, top + 5, BUTTON_NAMES[i],
                down ? Palette.WHITE : Palette.INK_DIM);
        }
        String where = String.format("x %d  y %d", pointer.x(), pointer.y());
        look.desktopFont().drawText(canvas, left + 190, top + 5, where, Palette.INK);
        String wheels = String.format("wheel %+d  pan %+d", pointer.wheelTotal(), pointer.panTotal());
        look.desktopFont().drawText(canvas, left + 310, top + 5, wheels, Palette.INK);
        look.desktopFont().drawText(canvas, left, top + 36, host.width() + " x " + host.height() + " pixels", Palette.INK_DIM);
    }
}
