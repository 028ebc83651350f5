package org.catseye.virtual.machine;

import java.util.concurrent.TimeUnit;
import org.catseye.virtual.paint.Canvas;
import org.catseye.virtual.paint.Look;
import org.catseye.virtual.paint.Palette;

/** What media keys show for a moment: volume and brightness as bars, the others by name. */
final class Osd {

    private static final long SHOWN = TimeUnit.MILLISECONDS.toNanos(1500);
    private static final int STEP = 5;

    private int volume = 50;
    private int brightness = 80;
    private boolean muted;
    private String text = "";
    private int bar = -1;
    private long until = Long.MAX_VALUE;

    /** Takes a usage of the Consumer page (HID Usage Tables, chapter 15). */
    void key(int usage, long now) {
        bar = -1;
        until = now + SHOWN;
        switch (usage) {
            case 0xe9 -> volume(STEP);
            case 0xea -> volume(-STEP);
            case 0xe2 -> {
                muted = !muted;
                volume(0);
            }
            case 0x6f -> brightness(STEP);
            case 0x70 -> brightness(-STEP);
            default -> text = name(usage);
        }
    }

    private static String name(int usage) {
        return switch (usage) {
            case 0xb0 -> "Play";
            case 0xb1 -> "Pause";
            case 0xb5 -> "Next track";
            case 0xb6 -> "Previous track";
            case 0xb7 -> "Stop";
            case 0xb8 -> "Eject";
            case 0xcd -> "Play / pause";
            case 0x18a -> "Mail";
            case 0x192 -> "Calculator";
            case 0x221 -> "Search";
            case 0x223 -> "Home page";
            case 0x224 -> "Back";
            case 0x225 -> "Forward";
            default -> String.format("Media key 0x%03X", usage);
        };
    }

    private void volume(int step) {
        muted &= step == 0;
        volume = Math.max(0, Math.min(100, volume + step));
        text = muted ? "Muted" : "Volume " + volume + " %";
        bar = muted ? 0 : volume;
    }

    private void brightness(int step) {
        brightness = Math.max(0, Math.min(100, brightness + step));
        text = "Brightness " + brightness + " %";
        bar = brightness;
    }

    /** When it vanishes; Long.MAX_VALUE if it is not shown. */
    long until() {
        return until;
    }

    void hide() {
        until = Long.MAX_VALUE;
        text = "";
    }

    void reset() {
        hide();
        volume = 50;
        brightness = 80;
        muted = false;
    }

    void paint(Canvas canvas, Look look) {
        if (text.isEmpty()) {
            return;
        }
        int width = 280;
        int height = 76;
        int x = (canvas.width() - width) / 2;
        int y = canvas.height() - 180;
        canvas.round(x, y, width, height, 14, 0x10161f, 230);
        look.uiBold().center(canvas, canvas.width() / 2, y + (bar < 0 ? 29 : 16), text, Palette.WHITE);
        if (bar >= 0) {
            canvas.round(x + 30, y + 48, width - 60, 10, 5, 0x3a4554, 255);
            canvas.round(x + 30, y + 48, Math.max(10, (width - 60) * bar / 100), 10, 5, Palette.GREEN, 255);
        }
    }
}
