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

/** The setup utility. Changes are kept in a draft until they are saved; leaving starts the machine anew. */
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
    /** What is asked before leaving: 0 nothing, else the key that asked. */
    private int asking;

    public SetupScene(Host host) {
        this.host = host;
        draft = host.nvram();
        pages = SetupPage.all(host.width() + " x " + host.height());
        opened = DATE.format(host.wallClock());
        row = firstChangeable();
        draw();
    }

    @Override
    public SceneCode code() {
        return SceneCode.SETUP;
    }

    private List<Item> items() {
        return pages.get(page).itemsOf().apply(draft);
    }

    private int firstChangeable() {
        List<Item> items = items();
        int at = 0;
        while (items.get(at).change() == null) {
            at++;
        }
        return at;
    }

    @Override
    public void key(KeyPress press) {
        if (asking != 0) {
            answer(press);
        } else if (press.character() == '+' || press.character() == '-') {
            change(press.character() == '+' ? 1 : -1);
        } else {
            command(press.usage());
        }
        draw();
    }

    private void command(int usage) {
        switch (usage) {
            case Keys.LEFT, Keys.RIGHT -> {
                page = (page + (usage == Keys.RIGHT ? 1 : pages.size() - 1)) % pages.size();
                row = firstChangeable();
            }
            case Keys.UP -> move(-1);
            case Keys.DOWN -> move(1);
            case Keys.ENTER, Keys.KEYPAD_ENTER -> change(1);
            case Keys.F9 -> draft = Nvram.DEFAULTS;
            case Keys.F10, Keys.ESCAPE -> asking = usage;
            default -> { }
        }
    }

    private void move(int step) {
        List<Item> items = items();
        int at = row + step;
        if (at >= 0 && at < items.size() && items.get(at).change() != null) {
            row = at;
        }
    }

    private void change(int step) {
        draft = items().get(row).change().apply(draft, step);
        if (page == pages.size() - 1) {
            row = Math.max(0, row < draft.bootOrder().size() ? Math.min(draft.bootOrder().size() - 1, row - step) : row);
        }
    }

    private void answer(KeyPress press) {
        boolean enter = press.usage() == Keys.ENTER || press.usage() == Keys.KEYPAD_ENTER;
        if (enter || press.character() == 'y' || press.character() == 'Y') {
            if (asking == Keys.F10) {
                host.nvram(draft);
            }
            host.reset();
        } else if (press.usage() == Keys.ESCAPE || press.character() == 'n' || press.character() == 'N') {
            asking = 0;
        }
    }

    private void draw() {
        screen.background(Palette.SETUP).color(Palette.WHITE).blank(0, 0, Look.ROWS, Look.COLUMNS);
        bar();
        screen.background(Palette.SETUP).color(Palette.TEXT).box(2, 0, Look.ROWS - 4, Look.COLUMNS);
        for (int i = 3; i < Look.ROWS - 3; i++) {
            screen.put(i, SPLIT, "│");
        }
        List<Item> items = items();
        for (int i = 0; i < items.size(); i++) {
            item(i, items.get(i));
        }
        help(items.get(row).help());
        if (asking != 0) {
            question(asking == Keys.F10 ? "Save the changes and restart?" : "Leave without saving?");
        }
    }

    private void bar() {
        screen.background(Palette.SETUP_BAR).blank(0, 0, 2, Look.COLUMNS);
        screen.bold(true).put(0, 2, "Catseye setup utility");
        screen.bold(false).put(0, LAST - 1 - opened.length(), opened);
        int at = 2;
        for (int i = 0; i < pages.size(); i++) {
            boolean on = i == page;
            screen.background(on ? Palette.SETUP : Palette.SETUP_BAR).bold(on);
            String title = "  " + pages.get(i).title() + "  ";
            screen.put(1, at, title);
            at += title.length();
        }
        screen.bold(false);
    }

    private void item(int index, Item item) {
        boolean on = index == row;
        screen.background(on ? Palette.SETUP_PICK : Palette.SETUP);
        screen.color(on ? Palette.SETUP : item.change() == null ? Palette.TEXT : Palette.WHITE).bold(on);
        String value = item.change() == null ? item.value() : "[" + item.value() + "]";
        screen.put(4 + index, 2, String.format(" %-26s %-42s", item.name(), value));
        screen.bold(false);
    }

    private void help(String text) {
        screen.background(Palette.SETUP).color(Palette.AMBER);
        int at = 4;
        for (String line : text.split("\n")) {
            screen.put(at++, SPLIT + 3, line);
        }
        screen.color(Palette.TEXT);
        at = Look.ROWS - 11;
        for (String line : List.of("Left/Right  page", "Up/Down     item", "+ -  Enter  change", "F9          defaults",
            "F10         save and exit", "Esc         exit")) {
            screen.put(at++, SPLIT + 3, line);
        }
    }

    private void question(String text) {
        int width = text.length() + 12;
        int left = (Look.COLUMNS - width) / 2;
        screen.background(Palette.SETUP_BAR).color(Palette.WHITE).blank(11, left, 6, width);
        screen.box(11, left, 6, width);
        screen.bold(true).put(13, left + 6, text);
        screen.bold(false).put(14, left + 6, "[Y]es    [N]o");
    }

    @Override
    public void paint(Canvas canvas, Look look) {
        canvas.fill(0, 0, canvas.width(), canvas.height(), Palette.SETUP);
        canvas.fill(0, 0, canvas.width(), Look.TAG_HEIGHT + 2 * look.cellHeight(), Palette.SETUP_BAR);
        look.paint(canvas, screen, false);
    }

    @Override
    public String line() {
        return items().get(row).value();
    }

    @Override
    public String text() {
        return screen.text();
    }
}
