package org.catseye.virtual.machine;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.hid.spi.MotionReport;
import org.catseye.hid.spi.PointerReport;
import org.catseye.virtual.media.Slot;
import org.catseye.virtual.paint.Canvas;
import org.catseye.virtual.paint.FrameTag;
import org.catseye.virtual.paint.Look;
import org.catseye.virtual.scene.BootDevice;
import org.catseye.virtual.scene.Nvram;
import org.catseye.virtual.scene.Scene;
import org.catseye.virtual.scene.SceneCode;

/**
 * The virtual computer from outside: buttons, sockets and the screen. It has no thread: each call first advances the time, and
 * performs everything that was due meanwhile, in order and with its due time. Thread-safe: one lock guards the
 * board, with all scenes, and the revision; the listener is called outside of it.
 */
public final class Machine {

    /** State of the power supply. */
    public enum Power { ON, ASLEEP, OFF }

    private final Object lock = new Object();
    private final LongSupplier clock;
    private final long start;
    private final Runnable listener;
    private final Board board;
    private long revision;

    /**
     * A machine that is switched off.
     *
     * @param slots one for each drive
     * @param clock nanoseconds from any origin
     * @param listener run after each change of the screen or the LEDs, on the caller's thread; must not block
     */
    public Machine(int width, int height, long postMillis, Nvram nvram, Map<BootDevice, Slot> slots, LongSupplier clock, Clock wallClock,
            Runnable listener) {
        this.clock = clock;
        this.listener = listener;
        start = clock.getAsLong();
        board = new Board(width, height, TimeUnit.MILLISECONDS.toNanos(postMillis), nvram, slots, wallClock);
    }

    /** Switches the machine on, or wakes it; no effect if it is on. */
    public void powerOn() {
        changeBoard(board::switchOn);
    }

    /** Pulls the plug. */
    public void powerOff() {
        changeBoard(board::powerOff);
    }

    /** No effect if the machine is off. */
    public void pressResetButton() {
        changeBoard(() -> {
            if (board.power() != Power.OFF) {
                board.resetMachine();
            }
        });
    }

    /** Switches on, wakes, or starts an orderly shutdown. */
    public void pressPowerButton() {
        changeBoard(board::pressPowerButton);
    }

    /** Takes an eight-byte boot keyboard report. Any key wakes a sleeping machine; a machine that is off ignores all but the power key. */
    public void acceptKeyboard(byte[] report) {
        changeBoard(() -> board.acceptKeyboard(report));
    }

    public void acceptPointer(PointerReport report) {
        changeBoard(() -> board.dispatchPointer(board.pointer().acceptReport(report)));
    }

    public void acceptMotion(MotionReport report) {
        changeBoard(() -> board.dispatchPointer(board.pointer().acceptReport(report)));
    }

    /** @param usage the media key that is held, 0 for none */
    public void acceptConsumerUsage(int usage) {
        changeBoard(() -> board.acceptConsumerUsage(usage));
    }

    /** @param usage the system control that is held, 0 for none: 0x81 power, 0x82 sleep, 0x83 wake */
    public void acceptSystemUsage(int usage) {
        changeBoard(() -> board.acceptSystemUsage(usage));
    }

    private void changeBoard(Runnable what) {
        synchronized (lock) {
            board.catchUp(elapsedNanos());
            what.run();
            revision++;
        }
        listener.run();
    }

    private long elapsedNanos() {
        return clock.getAsLong() - start;
    }

    /** Advances the time. @return nanoseconds until the next event is due, Long.MAX_VALUE for never */
    public long advanceTime() {
        boolean changed;
        long wait;
        synchronized (lock) {
            changed = board.catchUp(elapsedNanos());
            revision += changed ? 1 : 0;
            long next = board.nextDeadline();
            wait = next == Long.MAX_VALUE ? next : next - board.currentNanos();
        }
        if (changed) {
            listener.run();
        }
        return wait;
    }

    public Power power() {
        synchronized (lock) {
            return board.power();
        }
    }

    /** The keyboard's output report byte, -1 while it is off and no host sets it. */
    public int leds() {
        synchronized (lock) {
            return board.power() == Power.OFF ? -1 : board.locks().ledBits();
        }
    }

    /** Counts changes that may be visible. */
    public long revision() {
        synchronized (lock) {
            return revision;
        }
    }

    /** Paints the screen. @return its frame tag, with sequence 0; empty if the machine is not on */
    public Optional<FrameTag> paintScreen(Canvas canvas, Look look) {
        synchronized (lock) {
            if (board.power() != Power.ON) {
                return Optional.empty();
            }
            Scene scene = board.scene();
            scene.paintScene(canvas, look);
            if (scene.sceneCode() == SceneCode.CONSOLE || scene.sceneCode() == SceneCode.DESKTOP) {
                board.overlay().paintOverlay(canvas, look);
            }
            return Optional.of(createTag(scene));
        }
    }

    private FrameTag createTag(Scene scene) {
        int keys = board.keyboard().heldKeys().size() + Integer.bitCount(board.keyboard().modifiers());
        return new FrameTag(0, scene.sceneCode().ordinal(), scene.currentLine(), board.pointer().x(), board.pointer().y(),
            board.pointer().buttons(), board.locks().ledBits(), board.pointer().wheelTotal() & 0xff, keys);
    }

    /** The running program, for tests. */
    public SceneCode sceneCode() {
        synchronized (lock) {
            return board.scene() == null ? SceneCode.OFF : board.scene().sceneCode();
        }
    }

    /** The text on the screen, or in the desktop's editor, for tests; empty while it is off. */
    public String screenText() {
        synchronized (lock) {
            return board.scene() == null ? "" : board.scene().visibleText();
        }
    }

    /** State of the keyboard after the last report. */
    public KeyboardReport seenKeyboard() {
        synchronized (lock) {
            return new KeyboardReport(board.keyboard().modifiers(), board.keyboard().heldKeys());
        }
    }

    /** The last report of the absolute pointer. */
    public PointerReport seenPointer() {
        synchronized (lock) {
            return board.pointer().lastAbsolute();
        }
    }

    public Nvram nvram() {
        synchronized (lock) {
            return board.nvram();
        }
    }
}
