package org.catseye.virtual.firmware;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.catseye.virtual.input.KeyPress;
import org.catseye.virtual.input.Keys;
import org.catseye.virtual.media.Slot;
import org.catseye.virtual.media.Slot.Inserted;
import org.catseye.virtual.paint.Canvas;
import org.catseye.virtual.paint.Look;
import org.catseye.virtual.paint.Palette;
import org.catseye.virtual.paint.TextScreen;
import org.catseye.virtual.scene.Host;
import org.catseye.virtual.scene.Scene;
import org.catseye.virtual.scene.SceneCode;

/**
 * The system that was started from a medium: it shows what it was started from, and keeps the medium locked, as an installer does. It ends
 * when the medium is gone.
 */
final class MediumScene implements Scene {

    private static final long CHECK = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int LEFT = 8;
    private static final double MEBIBYTE = 1024 * 1024;

    private final Host host;
    private final Slot slot;
    private final Inserted medium;
    private final TextScreen screen = new TextScreen();
    private long next;

    /** @param device the name of the drive */
    MediumScene(Host host, String device, Slot slot, Inserted medium) {
        this.host = host;
        this.slot = slot;
        this.medium = medium;
        String label = medium.volume().label();
        screen.setColor(Palette.WHITE).setBold(true).putText(6, LEFT, "Started from " + (label.isEmpty() ? "a medium without a label" : label));
        screen.setColor(Palette.TEXT).setBold(false);
        putRow(9, "Drive", device);
        putRow(10, "Label", label.isEmpty() ? "none" : label);
        putRow(11, "Format", medium.volume().format().isEmpty() ? "unknown" : medium.volume().format());
        putRow(12, "Size", String.format(Locale.ROOT, "%.1f MiB", medium.bytes() / MEBIBYTE));
        putRow(13, "Boot record", medium.volume().bootRecord() ? "found" : "none: a real computer may not start from this medium");
        putRow(14, "Writing", medium.readOnly() ? "not possible" : "possible");
        screen.putText(17, LEFT, "This computer is simulated: it reads the medium, but doesn't run the system on it.");
        screen.setColor(Palette.AMBER).putText(20, LEFT, "Enter: restart   E: eject the medium   P: switch off");
    }

    private void putRow(int row, String name, String value) {
        screen.putText(row, LEFT, String.format("%-14s %s", name, value));
    }

    @Override
    public SceneCode sceneCode() {
        return SceneCode.MEDIUM;
    }

    @Override
    public void onShown(long now) {
        slot.setLocked(true);
        next = now + CHECK;
    }

    @Override
    public long nextTick() {
        return next;
    }

    @Override
    public void handleTick(long now) {
        next = now + CHECK;
        boolean present = slot.inserted().filter(inserted -> inserted == medium).isPresent();
        if (!present) {
            next = Long.MAX_VALUE;
            screen.setColor(Palette.RED).putText(22, LEFT, "The medium has been removed. Press Enter to restart.");
        }
    }

    @Override
    public void handleKey(KeyPress press) {
        char typed = Character.toLowerCase(press.character());
        if (press.usage() == Keys.ENTER || press.usage() == Keys.KEYPAD_ENTER) {
            host.resetMachine();
        } else if (typed == 'e') {
            slot.ejectMedium();
            handleTick(host.currentNanos());
        } else if (typed == 'p') {
            host.powerOff();
        }
    }

    @Override
    public void paintScene(Canvas canvas, Look look) {
        canvas.fillRectangle(0, 0, canvas.width(), canvas.height(), Palette.BLACK);
        look.paintTextScreen(canvas, screen, false);
    }

    @Override
    public String currentLine() {
        return medium.volume().label();
    }

    @Override
    public String visibleText() {
        return screen.screenText();
    }
}
