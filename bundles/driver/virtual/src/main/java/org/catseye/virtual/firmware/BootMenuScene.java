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
        drawMenu();
    }

    @Override
    public SceneCode sceneCode() {
        return SceneCode.BOOT_MENU;
    }

    private void drawMenu() {
        int height = devices.size() + 9;
        screen.setBackground(Palette.SETUP).setColor(Palette.WHITE).blankRectangle(TOP, LEFT, height, WIDTH);
        screen.drawBox(TOP, LEFT, height, WIDTH);
        screen.setBold(true).putText(TOP + 1, LEFT + (WIDTH - 9) / 2, "Boot menu");
        screen.setBold(false).putText(TOP + 2, LEFT, "├" + "─".repeat(WIDTH - 2) + "┤");
        for (int i = 0; i <= devices.size(); i++) {
            boolean on = i == chosen;
            screen.setBackground(on ? Palette.SETUP_PICK : Palette.SETUP).setColor(on ? Palette.SETUP : Palette.WHITE);
            screen.putText(TOP + 4 + i, LEFT + 3, String.format(" %-" + (WIDTH - 8) + "s ", describeItem(i)));
        }
        screen.setBackground(Palette.SETUP).setColor(Palette.TEXT);
        screen.putText(TOP + height - 2, LEFT + 4, "Up/Down: choose   Enter: boot   Esc: boot as usual");
        screen.setBackground(Palette.BLACK);
    }

    private String describeItem(int index) {
        return index < devices.size() ? BootScene.describeDevice(host, devices.get(index)) : SETUP;
    }

    @Override
    public void handleKey(KeyPress press) {
        int items = devices.size() + 1;
        switch (press.usage()) {
            case Keys.UP -> chosen = (chosen + items - 1) % items;
            case Keys.DOWN -> chosen = (chosen + 1) % items;
            case Keys.HOME -> chosen = 0;
            case Keys.END -> chosen = items - 1;
            case Keys.ESCAPE -> host.showScene(new BootScene(host, devices));
            case Keys.F2 -> host.showScene(new SetupScene(host));
            case Keys.ENTER, Keys.KEYPAD_ENTER -> bootSelected();
            default -> { }
        }
        drawMenu();
    }

    private void bootSelected() {
        host.showScene(chosen == devices.size() ? new SetupScene(host) : new BootScene(host, List.of(devices.get(chosen))));
    }

    @Override
    public void paintScene(Canvas canvas, Look look) {
        canvas.fillRectangle(0, 0, canvas.width(), canvas.height(), Palette.BLACK);
        look.paintTextScreen(canvas, screen, false);
    }

    @Override
    public String currentLine() {
        return describeItem(chosen);
    }

    @Override
    public String visibleText() {
        return screen.screenText();
    }
}
