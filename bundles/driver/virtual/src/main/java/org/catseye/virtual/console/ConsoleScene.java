package org.catseye.virtual.console;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.catseye.virtual.input.KeyPress;
import org.catseye.virtual.input.Keys;
import org.catseye.virtual.input.PointerState;
import org.catseye.virtual.paint.Canvas;
import org.catseye.virtual.paint.Look;
import org.catseye.virtual.paint.Palette;
import org.catseye.virtual.paint.TextScreen;
import org.catseye.virtual.scene.Host;
import org.catseye.virtual.scene.Scene;
import org.catseye.virtual.scene.SceneCode;

/** The text console: a shell at a prompt on a screen that scrolls. */
public final class ConsoleScene implements Scene, Shell.Out {

    private static final long BLINK = TimeUnit.MILLISECONDS.toNanos(500);

    private final Host host;
    private final TextScreen screen = new TextScreen();
    private final LineEditor editor = new LineEditor();
    private final Shell shell;
    private Watch running;
    private long nextBlink;
    private boolean cursor = true;
    /** Where the prompt begins. */
    private int promptRow;

    public ConsoleScene(Host host) {
        this.host = host;
        shell = new Shell(host, this, editor);
        screen.color(Palette.GREEN).bold(true).writeLine("Catseye OS 1.0 (tty1)\n");
        screen.color(Palette.TEXT).bold(false).writeLine("Welcome! This computer does not exist, but it behaves as if it did.");
        screen.writeLine("Type `help` for the commands, `desktop` for a pointer and windows.\n");
        prompt();
    }

    @Override
    public SceneCode code() {
        return SceneCode.CONSOLE;
    }

    @Override
    public void shown(long now) {
        lit(now);
    }

    private void lit(long now) {
        cursor = true;
        nextBlink = now + BLINK;
    }

    @Override
    public long nextTick() {
        return nextBlink;
    }

    @Override
    public void tick(long now) {
        cursor = !cursor;
        nextBlink = now + BLINK;
    }

    @Override
    public void key(KeyPress press) {
        lit(host.now());
        if (press.shift() && (press.usage() == Keys.PAGE_UP || press.usage() == Keys.PAGE_DOWN)) {
            screen.scroll(press.usage() == Keys.PAGE_UP ? Look.ROWS / 2 : -Look.ROWS / 2);
        } else if (press.control('c')) {
            interrupt();
        } else if (running == null) {
            edit(press);
        }
    }

    private void interrupt() {
        screen.write(running == null ? "^C\n" : "\n");
        running = null;
        editor.discard();
        prompt();
    }

    private void edit(KeyPress press) {
        if (press.usage() == Keys.ENTER || press.usage() == Keys.KEYPAD_ENTER) {
            enter();
        } else if (press.control('l')) {
            clear();
            prompt();
        } else if (press.usage() == Keys.TAB) {
            complete();
        } else if (editor.key(press)) {
            show();
        }
    }

    private void enter() {
        place(editor.text().length());
        screen.write("\n");
        shell.execute(editor.enter());
        if (running == null) {
            prompt();
        }
    }

    private void complete() {
        String before = editor.text().substring(0, editor.cursor());
        List<String> found = shell.completions(before);
        if (found.size() == 1) {
            editor.complete(before.lastIndexOf(' ') + 1, found.get(0));
        } else if (found.size() > 1) {
            place(editor.text().length());
            screen.write("\n" + String.join("  ", found) + "\n");
            promptRow = screen.cursorRow();
        }
        show();
    }

    private void prompt() {
        promptRow = screen.cursorRow();
        show();
    }

    /** Writes prompt and line anew from where the prompt began, which moves up when the line scrolls the screen. */
    private void show() {
        screen.cursor(promptRow, 0);
        screen.clearToEnd();
        String prompt = shell.prompt();
        screen.color(Palette.BLUE).bold(true).write(prompt);
        screen.color(Palette.TEXT).bold(false).write(editor.text());
        int length = prompt.length() + editor.text().length();
        promptRow = screen.cursorRow() - Math.max(0, length - 1) / Look.COLUMNS;
        place(editor.cursor());
    }

    private void place(int index) {
        int at = shell.prompt().length() + index;
        boolean edge = at > 0 && at % Look.COLUMNS == 0 && index == editor.text().length();
        screen.cursor(promptRow + (edge ? at - 1 : at) / Look.COLUMNS, edge ? Look.COLUMNS : at % Look.COLUMNS);
    }

    @Override
    public void keyChanged(int usage, boolean down) {
        if (running == Watch.KEYS) {
            screen.write(Watch.describe(host, usage, down));
        }
    }

    @Override
    public void pointer(PointerState.Event event) {
        if (running == Watch.MOUSE) {
            screen.cursor(screen.cursorRow(), 0);
            screen.write(Watch.describe(host, event));
        } else if (event.wheel() != 0) {
            screen.scroll(3 * event.wheel());
        }
    }

    @Override
    public void print(String text) {
        screen.write(text);
    }

    @Override
    public void clear() {
        screen.clear();
    }

    @Override
    public void run(Watch program) {
        running = program;
        screen.write(program.greeting());
    }

    @Override
    public void powerButton(Host machine) {
        machine.shutDown(false);
    }

    @Override
    public void paint(Canvas canvas, Look look) {
        canvas.fill(0, 0, canvas.width(), canvas.height(), Palette.BLACK);
        look.paint(canvas, screen, cursor);
        if (screen.scrolledBack() > 0) {
            String text = "scrolled back " + screen.scrolledBack() + " rows";
            int width = look.ui().width(text) + 24;
            canvas.round(canvas.width() - width - 12, Look.TAG_HEIGHT + 12, width, 28, 8, Palette.SETUP_BAR, 255);
            look.ui().draw(canvas, canvas.width() - width, Look.TAG_HEIGHT + 17, text, Palette.WHITE);
        }
    }

    @Override
    public String line() {
        return editor.text();
    }

    @Override
    public String text() {
        return screen.text();
    }
}
