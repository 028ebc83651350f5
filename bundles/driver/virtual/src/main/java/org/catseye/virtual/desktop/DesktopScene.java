package org.catseye.virtual.desktop;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.catseye.virtual.input.KeyPress;
import org.catseye.virtual.input.PointerState;
import org.catseye.virtual.paint.Canvas;
import org.catseye.virtual.paint.Logo;
import org.catseye.virtual.paint.Look;
import org.catseye.virtual.paint.Palette;
import org.catseye.virtual.scene.Host;
import org.catseye.virtual.scene.Scene;
import org.catseye.virtual.scene.SceneCode;

/** A simple desktop: windows that are raised by a click and dragged by their titles, a panel and a pointer. */
public final class DesktopScene implements Scene {

    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int LEFT_BUTTON = 1;
    private static final int BUTTONS = 5;

    private final Host host;
    private final Panel panel;
    private final EditorWindow editor;
    private final ClicksWindow clicks = new ClicksWindow(60, 420);
    private final ScrollWindow scroll = new ScrollWindow(380, 404);
    /** Bottom to top; the topmost receives keys. */
    private final List<Window> windows = new ArrayList<>();
    private Canvas background;
    private SessionWindow session;
    private Window dragged;
    private int dragX;
    private int dragY;
    /** The window whose button is held; it receives the release, wherever the pointer is. */
    private Window grabbed;
    private long nextTick;
    private boolean blink = true;

    public DesktopScene(Host host) {
        this.host = host;
        panel = new Panel(host, this::askSession);
        editor = new EditorWindow(60, 60, 620, 300, () -> blink);
        windows.addAll(List.of(scroll, clicks, new TestCardWindow(host, host.width() - 540, 110), editor));
    }

    @Override
    public SceneCode sceneCode() {
        return SceneCode.DESKTOP;
    }

    @Override
    public void onShown(long now) {
        nextTick = now + TICK;
    }

    @Override
    public long nextTick() {
        return nextTick;
    }

    @Override
    public void handleTick(long now) {
        blink = !blink;
        nextTick = now + TICK;
    }

    private Window topWindow() {
        return windows.get(windows.size() - 1);
    }

    @Override
    public void handleKey(KeyPress press) {
        blink = true;
        nextTick = host.currentNanos() + TICK;
        topWindow().handleKey(press);
    }

    @Override
    public void handlePointer(PointerState.Event event) {
        if (dragged != null) {
            int y = Math.max(Look.TAG_HEIGHT, Math.min(host.height() - Panel.HEIGHT - Window.TITLE, event.y() - dragY));
            dragged.moveTo(event.x() - dragX, y);
        }
        for (int bit = 0; bit < BUTTONS; bit++) {
            if ((event.pressed() >> bit & 1) != 0) {
                pressButton(event.x(), event.y(), 1 << bit);
            }
            if ((event.released() >> bit & 1) != 0) {
                releaseButton(event.x(), event.y(), 1 << bit);
            }
        }
        if (event.wheel() != 0 || event.pan() != 0) {
            Window under = windowAt(event.x(), event.y());
            if (under != null) {
                under.handleWheel(event.wheel(), event.pan());
            }
        }
    }

    private Window windowAt(int x, int y) {
        for (int i = windows.size() - 1; i >= 0 && !panel.contains(y); i--) {
            if (windows.get(i).contains(x, y)) {
                return windows.get(i);
            }
        }
        return null;
    }

    private void pressButton(int x, int y, int button) {
        panel.pressButton(x, y, button);
        Window under = windowAt(x, y);
        if (under == null) {
            return;
        }
        windows.remove(under);
        windows.add(under);
        if (!under.isInTitleBar(x, y)) {
            grabbed = under;
            under.pressButton(x - under.x(), y - under.contentY(), button, host.currentNanos());
        } else if (button == LEFT_BUTTON) {
            dragged = under;
            dragX = x - under.x();
            dragY = y - under.y();
        }
    }

    private void releaseButton(int x, int y, int button) {
        if (button == LEFT_BUTTON) {
            dragged = null;
        }
        panel.releaseButton(x, y, button);
        if (grabbed != null) {
            grabbed.releaseButton(x - grabbed.x(), y - grabbed.contentY(), button, host.currentNanos());
        }
    }

    @Override
    public void handleSecureAttention(Host machine) {
        askSession();
    }

    @Override
    public void handlePowerButton(Host machine) {
        machine.shutDown(false);
    }

    private void askSession() {
        if (session == null) {
            session = new SessionWindow(host, this::closeSession);
            windows.add(session);
        }
    }

    private void closeSession() {
        windows.remove(session);
        session = null;
    }

    @Override
    public void paintScene(Canvas canvas, Look look) {
        if (background == null) {
            background = paintBackground(look);
        }
        canvas.copyPixels(background);
        for (Window window : windows) {
            window.paintWindow(canvas, look, window == topWindow());
        }
        panel.paintPanel(canvas, look);
        Arrow.paintArrow(canvas, host.pointer().x(), host.pointer().y());
    }

    private Canvas paintBackground(Look look) {
        Canvas sky = new Canvas(host.width(), host.height());
        sky.fillGradient(0, 0, sky.width(), sky.height(), Palette.SKY, Palette.GROUND);
        Logo.paint(sky, sky.width() - 150, sky.height() - 180, 84);
        look.headlineFont().drawCentered(sky, sky.width() - 150, sky.height() - 118, "Catseye", 0x8fb4dc);
        return sky;
    }

    @Override
    public String currentLine() {
        return topWindow().currentLine();
    }

    /** Content of the editor, for tests. */
    @Override
    public String visibleText() {
        return editor.editorText();
    }

    ClicksWindow clicksWindow() {
        return clicks;
    }

    ScrollWindow scrollWindow() {
        return scroll;
    }
}
