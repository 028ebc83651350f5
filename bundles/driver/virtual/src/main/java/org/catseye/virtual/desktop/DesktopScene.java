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
    /** Bottom to top; the topmost has the keyboard. */
    private final List<Window> windows = new ArrayList<>();
    private Canvas background;
    private SessionWindow session;
    private Window dragged;
    private int dragX;
    private int dragY;
    /** Whose button is down, to hear of its release wherever that is. */
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
    public SceneCode code() {
        return SceneCode.DESKTOP;
    }

    @Override
    public void shown(long now) {
        nextTick = now + TICK;
    }

    @Override
    public long nextTick() {
        return nextTick;
    }

    @Override
    public void tick(long now) {
        blink = !blink;
        nextTick = now + TICK;
    }

    private Window top() {
        return windows.get(windows.size() - 1);
    }

    @Override
    public void key(KeyPress press) {
        blink = true;
        nextTick = host.now() + TICK;
        top().key(press);
    }

    @Override
    public void pointer(PointerState.Event event) {
        if (dragged != null) {
            int y = Math.max(Look.TAG_HEIGHT, Math.min(host.height() - Panel.HEIGHT - Window.TITLE, event.y() - dragY));
            dragged.moveTo(event.x() - dragX, y);
        }
        for (int bit = 0; bit < BUTTONS; bit++) {
            if ((event.pressed() >> bit & 1) != 0) {
                press(event.x(), event.y(), 1 << bit);
            }
            if ((event.released() >> bit & 1) != 0) {
                release(event.x(), event.y(), 1 << bit);
            }
        }
        if (event.wheel() != 0 || event.pan() != 0) {
            Window under = at(event.x(), event.y());
            if (under != null) {
                under.wheel(event.wheel(), event.pan());
            }
        }
    }

    private Window at(int x, int y) {
        for (int i = windows.size() - 1; i >= 0 && !panel.contains(y); i--) {
            if (windows.get(i).contains(x, y)) {
                return windows.get(i);
            }
        }
        return null;
    }

    private void press(int x, int y, int button) {
        panel.press(x, y, button);
        Window under = at(x, y);
        if (under == null) {
            return;
        }
        windows.remove(under);
        windows.add(under);
        if (!under.inTitle(x, y)) {
            grabbed = under;
            under.press(x - under.x(), y - under.contentY(), button, host.now());
        } else if (button == LEFT_BUTTON) {
            dragged = under;
            dragX = x - under.x();
            dragY = y - under.y();
        }
    }

    private void release(int x, int y, int button) {
        if (button == LEFT_BUTTON) {
            dragged = null;
        }
        panel.release(x, y, button);
        if (grabbed != null) {
            grabbed.release(x - grabbed.x(), y - grabbed.contentY(), button, host.now());
        }
    }

    @Override
    public void secureAttention(Host machine) {
        askSession();
    }

    @Override
    public void powerButton(Host machine) {
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
    public void paint(Canvas canvas, Look look) {
        if (background == null) {
            background = background(look);
        }
        canvas.copy(background);
        for (Window window : windows) {
            window.paint(canvas, look, window == top());
        }
        panel.paint(canvas, look);
        Arrow.paint(canvas, host.pointer().x(), host.pointer().y());
    }

    private Canvas background(Look look) {
        Canvas sky = new Canvas(host.width(), host.height());
        sky.gradient(0, 0, sky.width(), sky.height(), Palette.SKY, Palette.GROUND);
        Logo.paint(sky, sky.width() - 150, sky.height() - 180, 84);
        look.large().center(sky, sky.width() - 150, sky.height() - 118, "Catseye", 0x8fb4dc);
        return sky;
    }

    @Override
    public String line() {
        return top().line();
    }

    /** What was typed into the editor, for tests. */
    @Override
    public String text() {
        return editor.text();
    }

    ClicksWindow clicks() {
        return clicks;
    }

    ScrollWindow scroll() {
        return scroll;
    }
}
