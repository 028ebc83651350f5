package org.catseye.virtual.machine;

import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.Map;
import org.catseye.virtual.console.ConsoleScene;
import org.catseye.virtual.console.GoodbyeScene;
import org.catseye.virtual.desktop.DesktopScene;
import org.catseye.virtual.firmware.PostScene;
import org.catseye.virtual.input.KeyboardDecoder;
import org.catseye.virtual.input.Keys;
import org.catseye.virtual.input.Locks;
import org.catseye.virtual.input.PointerState;
import org.catseye.virtual.machine.Machine.Power;
import org.catseye.virtual.media.Slot;
import org.catseye.virtual.scene.BootDevice;
import org.catseye.virtual.scene.Host;
import org.catseye.virtual.scene.Nvram;
import org.catseye.virtual.scene.Scene;

/** State of the machine: power, time, running program. Not thread-safe: {@link Machine} holds its lock around each call. */
final class Board implements Host {

    private final int width;
    private final int height;
    private final long postNanos;
    private final Map<BootDevice, Slot> slots;
    private final Clock wallClock;
    private final Locks locks = new Locks();
    private final PointerState pointer;
    private final Input input = new Input(this, locks, this::awakeScene);
    private final Osd osd = new Osd();
    private Nvram nvram;
    private Power power = Power.OFF;
    /** The current scene; null while the machine is off. */
    private Scene scene;
    private Scene console;
    private Scene desktop;
    private long now;
    private long poweredOn;
    private int consumerDown;
    private int systemDown;

    Board(int width, int height, long postNanos, Nvram nvram, Map<BootDevice, Slot> slots, Clock wallClock) {
        this.width = width;
        this.height = height;
        this.postNanos = postNanos;
        this.nvram = nvram;
        this.slots = Map.copyOf(slots);
        this.wallClock = wallClock;
        pointer = new PointerState(width, height);
    }

    private Scene awakeScene() {
        return power == Power.ON ? scene : null;
    }

    /** Performs all events due by {@code real}, in order and with their due time. @return whether there were any */
    boolean catchUp(long real) {
        boolean any = false;
        for (long next = nextDeadline(); next <= real; next = nextDeadline()) {
            now = Math.max(now, next);
            runNextEvent(real);
            any = true;
        }
        now = real;
        return any;
    }

    /** Time of the next event; Long.MAX_VALUE for never. */
    long nextDeadline() {
        if (power != Power.ON) {
            return Long.MAX_VALUE;
        }
        return Math.min(Math.min(scene.nextTick(), input.typematic().nextRepeatNanos()), osd.hideNanos());
    }

    private void runNextEvent(long real) {
        if (osd.hideNanos() <= now) {
            osd.hideOverlay();
        } else if (scene.nextTick() <= now) {
            scene.handleTick(now);
        } else {
            input.repeatHeldKey(real);
        }
    }

    void switchOn() {
        if (power == Power.ASLEEP) {
            power = Power.ON;
        } else if (power == Power.OFF) {
            poweredOn = now;
            resetMachine();
        }
    }

    void pressPowerButton() {
        if (power == Power.ON) {
            scene.handlePowerButton(this);
        } else {
            switchOn();
        }
    }

    private void setAsleep(boolean asleep) {
        if (power == (asleep ? Power.ON : Power.ASLEEP)) {
            power = asleep ? Power.ASLEEP : Power.ON;
            input.typematic().stopRepeating();
        }
    }

    void acceptKeyboard(byte[] report) {
        boolean powerKeyHeld = input.decoder().heldKeys().contains(Keys.POWER);
        boolean pressed = input.acceptKeyboard(report);
        if (!powerKeyHeld && input.decoder().heldKeys().contains(Keys.POWER)) {
            pressPowerButton();
        } else if (pressed && power == Power.ASLEEP) {
            power = Power.ON;
        }
    }

    void dispatchPointer(PointerState.Event event) {
        if (power == Power.ASLEEP && event.pressed() != 0) {
            power = Power.ON;
        } else if (power == Power.ON) {
            scene.handlePointer(event);
        }
    }

    void acceptConsumerUsage(int usage) {
        if (power == Power.ON && usage != 0 && usage != consumerDown) {
            osd.handleKey(usage, now);
        }
        consumerDown = usage;
    }

    void acceptSystemUsage(int usage) {
        if (usage != systemDown) {
            switch (usage) {
                case 0x81 -> pressPowerButton();
                case 0x82 -> setAsleep(true);
                case 0x83 -> setAsleep(false);
                default -> { }
            }
        }
        systemDown = usage;
    }

    private void resetPeripherals() {
        console = null;
        desktop = null;
        slots.values().forEach(slot -> slot.setLocked(false));
        locks.setLocks(0xff, false);
        pointer.centerPointer();
        osd.resetLevels();
        input.typematic().setRepeatRate(nvram.repeatDelayMillis(), nvram.repeatsPerSecond());
        input.typematic().stopRepeating();
    }

    Power power() {
        return power;
    }

    /** The current scene; null while the machine is off. */
    Scene scene() {
        return scene;
    }

    Osd overlay() {
        return osd;
    }

    @Override
    public long currentNanos() {
        return now;
    }

    @Override
    public long uptimeNanos() {
        return now - poweredOn;
    }

    @Override
    public ZonedDateTime wallClock() {
        return ZonedDateTime.now(wallClock);
    }

    @Override
    public void showScene(Scene next) {
        scene = next;
        next.onShown(now);
    }

    @Override
    public void showConsole() {
        console = console == null ? new ConsoleScene(this) : console;
        showScene(console);
    }

    @Override
    public void showDesktop() {
        desktop = desktop == null ? new DesktopScene(this) : desktop;
        showScene(desktop);
    }

    @Override
    public void resetMachine() {
        resetPeripherals();
        power = Power.ON;
        showScene(new PostScene(this, postNanos));
    }

    @Override
    public void powerOff() {
        power = Power.OFF;
        scene = null;
        resetPeripherals();
    }

    @Override
    public void shutDown(boolean restart) {
        showScene(new GoodbyeScene(this, restart));
    }

    @Override
    public Slot slot(BootDevice device) {
        return slots.get(device);
    }

    @Override
    public Nvram nvram() {
        return nvram;
    }

    @Override
    public void saveNvram(Nvram settings) {
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
