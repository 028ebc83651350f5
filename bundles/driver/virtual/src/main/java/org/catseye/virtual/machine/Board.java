package org.catseye.virtual.machine;

import java.time.Clock;
import java.time.ZonedDateTime;
import org.catseye.virtual.console.ConsoleScene;
import org.catseye.virtual.console.GoodbyeScene;
import org.catseye.virtual.desktop.DesktopScene;
import org.catseye.virtual.firmware.PostScene;
import org.catseye.virtual.input.KeyboardDecoder;
import org.catseye.virtual.input.Locks;
import org.catseye.virtual.input.PointerState;
import org.catseye.virtual.machine.Machine.Power;
import org.catseye.virtual.scene.Host;
import org.catseye.virtual.scene.Nvram;
import org.catseye.virtual.scene.Scene;

/** The inside of the machine: power, time, what it is running. Not thread-safe: {@link Machine} holds its lock around each call. */
final class Board implements Host {

    private final int width;
    private final int height;
    private final long postNanos;
    private final Clock wallClock;
    private final Locks locks = new Locks();
    private final PointerState pointer;
    private final Input input = new Input(this, locks, this::awakeScene);
    private final Osd osd = new Osd();
    private Nvram nvram;
    private Power power = Power.OFF;
    /** What is in front; null while it is off. */
    private Scene scene;
    private Scene console;
    private Scene desktop;
    private long now;
    private long poweredOn;
    private int consumerDown;
    private int systemDown;

    Board(int width, int height, long postNanos, Nvram nvram, Clock wallClock) {
        this.width = width;
        this.height = height;
        this.postNanos = postNanos;
        this.nvram = nvram;
        this.wallClock = wallClock;
        pointer = new PointerState(width, height);
    }

    private Scene awakeScene() {
        return power == Power.ON ? scene : null;
    }

    /** Does what was due by {@code real}, in order and as if on time. @return whether anything was */
    boolean catchUp(long real) {
        boolean any = false;
        for (long next = nextDeadline(); next <= real; next = nextDeadline()) {
            now = Math.max(now, next);
            due(real);
            any = true;
        }
        now = real;
        return any;
    }

    /** When something is due next; Long.MAX_VALUE for never. */
    long nextDeadline() {
        if (power != Power.ON) {
            return Long.MAX_VALUE;
        }
        return Math.min(Math.min(scene.nextTick(), input.typematic().next()), osd.until());
    }

    private void due(long real) {
        if (osd.until() <= now) {
            osd.hide();
        } else if (scene.nextTick() <= now) {
            scene.tick(now);
        } else {
            input.repeat(real);
        }
    }

    void switchOn() {
        if (power == Power.ASLEEP) {
            power = Power.ON;
        } else if (power == Power.OFF) {
            poweredOn = now;
            reset();
        }
    }

    void powerButton() {
        if (power == Power.ON) {
            scene.powerButton(this);
        } else {
            switchOn();
        }
    }

    private void sleep(boolean asleep) {
        if (power == (asleep ? Power.ON : Power.ASLEEP)) {
            power = asleep ? Power.ASLEEP : Power.ON;
            input.typematic().stop();
        }
    }

    void keyboard(byte[] report) {
        boolean pressed = input.keyboard(report);
        if (pressed && power == Power.ASLEEP) {
            power = Power.ON;
        }
    }

    void pointed(PointerState.Event event) {
        if (power == Power.ASLEEP && event.pressed() != 0) {
            power = Power.ON;
        } else if (power == Power.ON) {
            scene.pointer(event);
        }
    }

    void consumer(int usage) {
        if (power == Power.ON && usage != 0 && usage != consumerDown) {
            osd.key(usage, now);
        }
        consumerDown = usage;
    }

    void system(int usage) {
        if (usage != systemDown) {
            switch (usage) {
                case 0x81 -> powerButton();
                case 0x82 -> sleep(true);
                case 0x83 -> sleep(false);
                default -> { }
            }
        }
        systemDown = usage;
    }

    private void forget() {
        console = null;
        desktop = null;
        locks.set(0xff, false);
        pointer.center();
        osd.reset();
        input.typematic().pace(nvram.repeatDelayMillis(), nvram.repeatsPerSecond());
        input.typematic().stop();
    }

    Power power() {
        return power;
    }

    /** What is in front; null while it is off. */
    Scene scene() {
        return scene;
    }

    Osd osd() {
        return osd;
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public long uptime() {
        return now - poweredOn;
    }

    @Override
    public ZonedDateTime wallClock() {
        return ZonedDateTime.now(wallClock);
    }

    @Override
    public void show(Scene next) {
        scene = next;
        next.shown(now);
    }

    @Override
    public void showConsole() {
        console = console == null ? new ConsoleScene(this) : console;
        show(console);
    }

    @Override
    public void showDesktop() {
        desktop = desktop == null ? new DesktopScene(this) : desktop;
        show(desktop);
    }

    @Override
    public void reset() {
        forget();
        power = Power.ON;
        show(new PostScene(this, postNanos));
    }

    @Override
    public void powerOff() {
        power = Power.OFF;
        scene = null;
        forget();
    }

    @Override
    public void shutDown(boolean restart) {
        show(new GoodbyeScene(this, restart));
    }

    @Override
    public Nvram nvram() {
        return nvram;
    }

    @Override
    public void nvram(Nvram settings) {
        nvram = settings;
    }

    @Override
    public Locks locks() {
        return locks;
    }

    @Override
    public KeyboardDecoder keyboard() {
        return input.decoder();
    }

    @Override
    public PointerState pointer() {
        return pointer;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int height() {
        return height;
    }
}
