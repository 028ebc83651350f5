package org.catseye.virtual.machine;

import java.util.concurrent.TimeUnit;
import org.catseye.virtual.paint.Canvas;
import org.catseye.virtual.paint.Look;
import org.catseye.virtual.paint.Palette;

/** The overlay that media keys show for a moment: bars for volume and brightness, a name for the others. */
final class Osd {

    private static final long SHOWN = TimeUnit.MILLISECONDS.toNanos(1500);
    private static final int STEP = 5;

    private int volume = 50;
    private int brightness = 80;
    private boolean muted;
    private String text = "";
    private int bar = -1;
    private long until = Long.MAX_VALUE;

    /** Shows a usage of the Consumer page (HID Usage Tables, chapter 15). */
    void handleKey(int usage, long now) {
        bar = -1;
        until = now + SHOWN;
        switch (usage) {
            case 0xe9 -> changeVolume(STEP);
            case 0xea -> changeVolume(-STEP);
            case 0xe2 -> {
                muted = !muted;
                changeVolume(0);
            }
            case 0x6f -> changeBrightness(STEP);
            case 0x70 -> changeBrightness(-STEP);
            default -> text = usageName(usage);
        }
    }

    private static String usageName(int usage) {
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

    private void changeVolume(int step) {
        muted &= step == 0;
        volume = Math.max(0, Math.min(100, volume + step));
        text = muted ? "Muted" : "Volume " + volume + " %";
        bar = muted ? 0 : volume;
    }

    private void changeBrightness(int step) {
        brightness = Math.max(0, Math.min(100, brightness + step));
        text = "Brightness " + brightness + " %";
        bar = brightness;
    }

    /** Time at which the overlay is hidden; Long.MAX_VALUE if it is not visible. */
    long hideNanos() {
        return until;
    }

    void hideOverlay() {
        until = Long.MAX_VALUE;
        text = "";
    }

    void resetLevels() {
        hideOverlay();
        volume = 50;
        brightness = 80;
        muted = false;
    }

    void paintOverlay(Canvas canvas, Look look) {
        if (text.isEmpty()) {
            return;
        }
        int width = 280;
        int height = 76;
        int x = (canvas.width() - width) / 2;
        int y = canvas.height() - 180;
        canvas.fillRounded(x, y, width, height, 14, 0x10161f, 230);
        look.desktopBoldFont().drawCentered(canvas, canvas.width() / 2, y + (bar < 0 ? 29 : 16), text, Palette.WHITE);
        if (bar >= 0) {
            canvas.fillRounded(x + 30, y + 48, width - 60, 10, 5, 0x3a4554, 255);
            canvas.fillRounded(x + 30, y + 48, Math.max(10, (width - 60) * bar / 100), 10, 5, Palette.GREEN, 255);
        }
    }
}
