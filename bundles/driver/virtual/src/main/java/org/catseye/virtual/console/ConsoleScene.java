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
        screen.setColor(Palette.GREEN).setBold(true).writeLine("Catseye OS 1.0 (tty1)\n");
        screen.setColor(Palette.TEXT).setBold(false).writeLine("Welcome! This computer does not exist, but it behaves as if it did.");
        screen.writeLine("Type `help` for the commands, `desktop` for a pointer and windows.\n");
        startPrompt();
    }

    @Override
    public SceneCode sceneCode() {
        return SceneCode.CONSOLE;
    }

    @Override
    public void onShown(long now) {
        showCursor(now);
    }

    private void showCursor(long now) {
        cursor = true;
        nextBlink = now + BLINK;
    }

    @Override
    public long nextTick() {
        return nextBlink;
    }

    @Override
    public void handleTick(long now) {
        cursor = !cursor;
        nextBlink = now + BLINK;
    }

    @Override
    public void handleKey(KeyPress press) {
        showCursor(host.currentNanos());
        if (press.hasShift() && (press.usage() == Keys.PAGE_UP || press.usage() == Keys.PAGE_DOWN)) {
            screen.scrollView(press.usage() == Keys.PAGE_UP ? Look.ROWS / 2 : -Look.ROWS / 2);
        } else if (press.isControlLetter('c')) {
            interruptProgram();
        } else if (running == null) {
            editLine(press);
        }
    }

    private void interruptProgram() {
        screen.writeText(running == null ? "^C\n" : "\n");
        running = null;
        editor.discardLine();
        startPrompt();
    }

    private void editLine(KeyPress press) {
        if (press.usage() == Keys.ENTER || press.usage() == Keys.KEYPAD_ENTER) {
            enterLine();
        } else if (press.isControlLetter('l')) {
            clearScreen();
            startPrompt();
        } else if (press.usage() == Keys.TAB) {
            completeWord();
        } else if (editor.handleKey(press)) {
            redrawLine();
        }
    }

    private void enterLine() {
        placeCursor(editor.lineText().length());
        screen.writeText("\n");
        shell.executeLine(editor.finishLine());
        if (running == null) {
            startPrompt();
        }
    }

    private void completeWord() {
        String before = editor.lineText().substring(0, editor.cursorIndex());
        List<String> found = shell.completions(before);
        if (found.size() == 1) {
            editor.completeWord(before.lastIndexOf(' ') + 1, found.get(0));
        } else if (found.size() > 1) {
            placeCursor(editor.lineText().length());
            screen.writeText("\n" + String.join("  ", found) + "\n");
            promptRow = screen.cursorRow();
        }
        redrawLine();
    }

    private void startPrompt() {
        promptRow = screen.cursorRow();
        redrawLine();
    }

    /** Writes the prompt and the line again, at the start of the prompt, which moves up when the line scrolls the screen. */
    private void redrawLine() {
        screen.moveCursor(promptRow, 0);
        screen.clearToEnd();
        String prompt = shell.prompt();
        screen.setColor(Palette.BLUE).setBold(true).writeText(prompt);
        screen.setColor(Palette.TEXT).setBold(false).writeText(editor.lineText());
        int length = prompt.length() + editor.lineText().length();
        promptRow = screen.cursorRow() - Math.max(0, length - 1) / Look.COLUMNS;
        placeCursor(editor.cursorIndex());
    }

    private void placeCursor(int index) {
        int at = shell.prompt().length() + index;
        boolean edge = at > 0 && at % Look.COLUMNS == 0 && index == editor.lineText().length();
        screen.moveCursor(promptRow + (edge ? at - 1 : at) / Look.COLUMNS, edge ? Look.COLUMNS : at % Look.COLUMNS);
    }

    @Override
    public void handleKeyChange(int usage, boolean down) {
        if (running == Watch.KEYS) {
            screen.writeText(Watch.describeInput(host, usage, down));
        }
    }

    @Override
    public void handlePointer(PointerState.Event event) {
        if (running == Watch.MOUSE) {
            screen.moveCursor(screen.cursorRow(), 0);
            screen.writeText(Watch.describeInput(host, event));
        } else if (event.wheel() != 0) {
            screen.scrollView(3 * event.wheel());
        }
    }

    @Override
    public void printText(String text) {
        screen.writeText(text);
    }

    @Override
    public void clearScreen() {
        screen.clearScreen();
    }

    @Override
    public void startProgram(Watch program) {
        running = program;
        screen.writeText(program.greeting());
    }

    @Override
    public void handlePowerButton(Host machine) {
        machine.shutDown(false);
    }

    @Override
    public void paintScene(Canvas canvas, Look look) {
        canvas.fillRectangle(0, 0, canvas.width(), canvas.height(), Palette.BLACK);
        look.paintTextScreen(canvas, screen, cursor);
        if (screen.scrolledBack() > 0) {
            String text = "scrolled back " + screen.scrolledBack() + " rows";
            int width = look.desktopFont().textWidth(text) + 24;
            canvas.fillRounded(canvas.width() - width - 12, Look.TAG_HEIGHT + 12, width, 28, 8, Palette.SETUP_BAR, 255);
            look.desktopFont().drawText(canvas, canvas.width() - width, Look.TAG_HEIGHT + 17, text, Palette.WHITE);
        }
    }

    @Override
    public String currentLine() {
        return editor.lineText();
    }

    @Override
    public String visibleText() {
        return screen.screenText();
    }
}
