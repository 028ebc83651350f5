package org.catseye.virtual.firmware;

import java.time.format.DateTimeFormatter;
import java.util.List;
import org.catseye.virtual.firmware.SetupPage.Item;
import org.catseye.virtual.input.KeyPress;
import org.catseye.virtual.input.Keys;
import org.catseye.virtual.paint.Canvas;
import org.catseye.virtual.paint.Look;
import org.catseye.virtual.paint.Palette;
import org.catseye.virtual.paint.TextScreen;
import org.catseye.virtual.scene.Host;
import org.catseye.virtual.scene.Nvram;
import org.catseye.virtual.scene.Scene;
import org.catseye.virtual.scene.SceneCode;

/** The setup utility. Changes are kept in a draft until they are saved; leaving restarts the machine. */
public final class SetupScene implements Scene {

    private static final int LAST = Look.COLUMNS - 1;
    private static final int SPLIT = 74;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private final Host host;
    private final List<SetupPage> pages;
    private final TextScreen screen = new TextScreen();
    private final String opened;
    private Nvram draft;
    private int page;
    private int row;
    /** The key whose confirmation is open; 0 for none. */
    private int asking;

    public SetupScene(Host host) {
        this.host = host;
        draft = host.nvram();
        pages = SetupPage.createPages(host.width() + " x " + host.height());
        opened = DATE.format(host.wallClock());
        row = firstChangeable();
        drawScreen();
    }

    @Override
    public SceneCode sceneCode() {
        return SceneCode.SETUP;
    }

    private List<Item> currentItems() {
        return pages.get(page).itemsOf().apply(draft);
    }

    private int firstChangeable() {
        List<Item> items = currentItems();
        int at = 0;
        while (items.get(at).change() == null) {
            at++;
        }
        return at;
    }

    @Override
    public void handleKey(KeyPress press) {
        if (asking != 0) {
            handleAnswer(press);
        } else if (press.character() == '+' || press.character() == '-') {
            changeValue(press.character() == '+' ? 1 : -1);
        } else {
            handleCommand(press.usage());
        }
        drawScreen();
    }

    private void handleCommand(int usage) {
        switch (usage) {
            case Keys.LEFT, Keys.RIGHT -> {
                page = (page + (usage == Keys.RIGHT ? 1 : pages.size() - 1)) % pages.size();
                row = firstChangeable();
            }
            case Keys.UP -> moveSelection(-1);
            case Keys.DOWN -> moveSelection(1);
            case Keys.ENTER, Keys.KEYPAD_ENTER -> changeValue(1);
            case Keys.F9 -> draft = Nvram.DEFAULTS;
            case Keys.F10, Keys.ESCAPE -> asking = usage;
            default -> { }
        }
    }

    private void moveSelection(int step) {
        List<Item> items = currentItems();
        int at = row + step;
        if (at >= 0 && at < items.size() && items.get(at).change() != null) {
            row = at;
        }
    }

    private void changeValue(int step) {
        draft = currentItems().get(row).change().apply(draft, step);
        if (page == pages.size() - 1) {
            row = Math.max(0, row < draft.bootOrder().size() ? Math.min(draft.bootOrder().size() - 1, row - step) : row);
        }
    }

    private void handleAnswer(KeyPress press) {
        boolean enter = press.usage() == Keys.ENTER || press.usage() == Keys.KEYPAD_ENTER;
        if (enter || press.character() == 'y' || press.character() == 'Y') {
            if (asking == Keys.F10) {
                host.saveNvram(draft);
            }
            host.resetMachine();
        } else if (press.usage() == Keys.ESCAPE || press.character() == 'n' || press.character() == 'N') {
            asking = 0;
        }
    }

    private void drawScreen() {
        screen.setBackground(Palette.SETUP).setColor(Palette.WHITE).blankRectangle(0, 0, Look.ROWS, Look.COLUMNS);
        drawPageBar();
        screen.setBackground(Palette.SETUP).setColor(Palette.TEXT).drawBox(2, 0, Look.ROWS - 4, Look.COLUMNS);
        for (int i = 3; i < Look.ROWS - 3; i++) {
            screen.putText(i, SPLIT, "│");
        }
        List<Item> items = currentItems();
        for (int i = 0; i < items.size(); i++) {
            drawItem(i, items.get(i));
        }
        drawHelp(items.get(row).help());
        if (asking != 0) {
            drawQuestion(asking == Keys.F10 ? "Save the changes and restart?" : "Leave without saving?");
        }
    }

    private void drawPageBar() {
        screen.setBackground(Palette.SETUP_BAR).blankRectangle(0, 0, 2, Look.COLUMNS);
        screen.setBold(true).putText(0, 2, "Catseye setup utility");
        screen.setBold(false).putText(0, LAST - 1 - opened.length(), opened);
        int at = 2;
        for (int i = 0; i < pages.size(); i++) {
            boolean on = i == page;
            screen.setBackground(on ? Palette.SETUP : Palette.SETUP_BAR).setBold(on);
            String title = "  " + pages.get(i).title() + "  ";
            screen.putText(1, at, title);
            at += title.length();
        }
        screen.setBold(false);
    }

    private void drawItem(int index, Item item) {
        boolean on = index == row;
        screen.setBackground(on ? Palette.SETUP_PICK : Palette.SETUP);
        screen.setColor(on ? Palette.SETUP : item.change() == null ? Palette.TEXT : Palette.WHITE).setBold(on);
        String value = item.change() == null ? item.value() : "[" + item.value() + "]";
        screen.putText(4 + index, 2, String.format(" %-26s %-42s", item.name(), value));
        screen.setBold(false);
    }

    private void drawHelp(String text) {
        screen.setBackground(Palette.SETUP).setColor(Palette.AMBER);
        int at = 4;
        for (String line : text.split("\n")) {
            screen.putText(at++, SPLIT + 3, line);
        }
        screen.setColor(Palette.TEXT);
        at = Look.ROWS - 11;
        for (String line : List.of("Left/Right  page", "Up/Down     item", "+ -  Enter  change", "F9          defaults",
            "F10         save and exit", "Esc         exit")) {
            screen.putText(at++, SPLIT + 3, line);
        }
    }

    private void drawQuestion(String text) {
        int width = text.length() + 12;
        int left = (Look.COLUMNS - width) / 2;
        screen.setBackground(Palette.SETUP_BAR).setColor(Palette.WHITE).blankRectangle(11, left, 6, width);
        screen.drawBox(11, left, 6, width);
        screen.setBold(true).putText(13, left + 6, text);
        screen.setBold(false).putText(14, left + 6, "[Y]es    [N]o");
    }

    @Override
    public void paintScene(Canvas canvas, Look look) {
        canvas.fillRectangle(0, 0, canvas.width(), canvas.height(), Palette.SETUP);
        canvas.fillRectangle(0, 0, canvas.width(), Look.TAG_HEIGHT + 2 * look.cellHeight(), Palette.SETUP_BAR);
        look.paintTextScreen(canvas, screen, false);
    }

    @Override
    public String currentLine() {
        return currentItems().get(row).value();
    }

    @Override
    public String visibleText() {
        return screen.screenText();
    }
}
