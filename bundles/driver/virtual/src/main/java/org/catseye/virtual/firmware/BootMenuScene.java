package org.catseye.virtual.firmware;

import java.util.List;
import org.catseye.virtual.input.KeyPress;
import org.catseye.virtual.input.Keys;
import org.catseye.virtual.paint.Canvas;
import org.catseye.virtual.paint.Look;
import org.catseye.virtual.paint.Palette;
import org.catseye.virtual.paint.TextScreen;
import org.catseye.virtual.scene.BootDevice;
import org.catseye.virtual.scene.Host;
import org.catseye.virtual.scene.Scene;
import org.catseye.virtual.scene.SceneCode;

/** The one-time boot menu: arrows, Enter; Escape boots as usual. */
public final class BootMenuScene implements Scene {

    private static final int WIDTH = 56;
    private static final int LEFT = (Look.COLUMNS - WIDTH) / 2;
    private static final int TOP = 8;
    private static final String SETUP = "Enter setup";

    private final Host host;
    private final List<BootDevice> devices;
    private final TextScreen screen = new TextScreen();
    private int chosen;

    public BootMenuScene(Host host) {
        this.host = host;
        devices = host.nvram().bootOrder();
        draw();
    }

    @Override
    public SceneCode code() {
        return SceneCode.BOOT_MENU;
    }

    private void draw() {
        int height = devices.size() + 9;
        screen.background(Palette.SETUP).color(Palette.WHITE).blank(TOP, LEFT, height, WIDTH);
        screen.box(TOP, LEFT, height, WIDTH);
        screen.bold(true).put(TOP + 1, LEFT + (WIDTH - 9) / 2, "Boot menu");
        screen.bold(false).put(TOP + 2, LEFT, "├" + "─".repeat(WIDTH - 2) + "┤");
        for (int i = 0; i <= devices.size(); i++) {
            boolean on = i == chosen;
            screen.background(on ? Palette.SETUP_PICK : Palette.SETUP).color(on ? Palette.SETUP : Palette.WHITE);
            screen.put(TOP + 4 + i, LEFT + 3, String.format(" %-" + (WIDTH - 8) + "s ", item(i)));
        }
        screen.background(Palette.SETUP).color(Palette.TEXT);
        screen.put(TOP + height - 2, LEFT + 4, "Up/Down: choose   Enter: boot   Esc: boot as usual");
        screen.background(Palette.BLACK);
    }

    private String item(int index) {
        return index < devices.size() ? devices.get(index).label() : SETUP;
    }

    @Override
    public void key(KeyPress press) {
        int items = devices.size() + 1;
        switch (press.usage()) {
            case Keys.UP -> chosen = (chosen + items - 1) % items;
            case Keys.DOWN -> chosen = (chosen + 1) % items;
            case Keys.HOME -> chosen = 0;
            case Keys.END -> chosen = items - 1;
            case Keys.ESCAPE -> host.show(new BootScene(host, devices));
            case Keys.F2 -> host.show(new SetupScene(host));
            case Keys.ENTER, Keys.KEYPAD_ENTER -> boot();
            default -> { }
        }
        draw();
    }

    private void boot() {
        host.show(chosen == devices.size() ? new SetupScene(host) : new BootScene(host, List.of(devices.get(chosen))));
    }

    @Override
    public void paint(Canvas canvas, Look look) {
        canvas.fill(0, 0, canvas.width(), canvas.height(), Palette.BLACK);
        look.paint(canvas, screen, false);
    }

    @Override
    public String line() {
        return item(chosen);
    }

    @Override
    public String text() {
        return screen.text();
    }
}
