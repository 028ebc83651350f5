package org.catseye.virtual.machine;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.hid.spi.MotionReport;
import org.catseye.hid.spi.PointerReport;
import org.catseye.virtual.paint.Canvas;
import org.catseye.virtual.paint.FrameTag;
import org.catseye.virtual.paint.Look;
import org.catseye.virtual.scene.Nvram;
import org.catseye.virtual.scene.Scene;
import org.catseye.virtual.scene.SceneCode;

/**
 * The pretend computer, seen from outside: buttons, sockets and the screen. It has no thread: time goes on whenever a method is
 * called, and everything that was due by then happens in order, as if it had been on time. Thread-safe: one lock guards the
 * board, with all scenes, and the revision; the listener is called outside of it.
 */
public final class Machine {

    /** What its power supply does. */
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
     * @param clock nanoseconds from any origin
     * @param listener run after each change of what is seen or lit, on the caller's thread; must not block
     */
    public Machine(int width, int height, long postMillis, Nvram nvram, LongSupplier clock, Clock wallClock, Runnable listener) {
        this.clock = clock;
        this.listener = listener;
        start = clock.getAsLong();
        board = new Board(width, height, TimeUnit.MILLISECONDS.toNanos(postMillis), nvram, wallClock);
    }

    /** Switches on, or wakes it up; nothing if it is on. */
    public void powerOn() {
        change(board::switchOn);
    }

    /** Pulls the plug. */
    public void powerOff() {
        change(board::powerOff);
    }

    /** The reset button; nothing if it is off. */
    public void reset() {
        change(() -> {
            if (board.power() != Power.OFF) {
                board.reset();
            }
        });
    }

    /** The power button: on, wake up, or an orderly shutdown. */
    public void pressPower() {
        change(board::powerButton);
    }

    /** Takes an eight-byte boot keyboard report. Any key wakes a machine that sleeps; one that is off does not mind. */
    public void keyboard(byte[] report) {
        change(() -> board.keyboard(report));
    }

    public void pointer(PointerReport report) {
        change(() -> board.pointed(board.pointer().accept(report)));
    }

    public void motion(MotionReport report) {
        change(() -> board.pointed(board.pointer().accept(report)));
    }

    /** The one media key that is down, 0 for none. */
    public void consumer(int usage) {
        change(() -> board.consumer(usage));
    }

    /** The one system control that is down, 0 for none: 0x81 power, 0x82 sleep, 0x83 wake. */
    public void system(int usage) {
        change(() -> board.system(usage));
    }

    private void change(Runnable what) {
        synchronized (lock) {
            board.catchUp(time());
            what.run();
            revision++;
        }
        listener.run();
    }

    private long time() {
        return clock.getAsLong() - start;
    }

    /** Lets the time pass that has passed. @return nanoseconds until something is due, Long.MAX_VALUE for never */
    public long advance() {
        boolean changed;
        long wait;
        synchronized (lock) {
            changed = board.catchUp(time());
            revision += changed ? 1 : 0;
            long next = board.nextDeadline();
            wait = next == Long.MAX_VALUE ? next : next - board.now();
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
            return board.power() == Power.OFF ? -1 : board.locks().bits();
        }
    }

    /** Changes with whatever may be seen. */
    public long revision() {
        synchronized (lock) {
            return revision;
        }
    }

    /** Paints what the screen shows. @return the tag that belongs to it, with sequence 0; empty if the machine is not on */
    public Optional<FrameTag> paint(Canvas canvas, Look look) {
        synchronized (lock) {
            if (board.power() != Power.ON) {
                return Optional.empty();
            }
            Scene scene = board.scene();
            scene.paint(canvas, look);
            if (scene.code() == SceneCode.CONSOLE || scene.code() == SceneCode.DESKTOP) {
                board.osd().paint(canvas, look);
            }
            return Optional.of(tag(scene));
        }
    }

    private FrameTag tag(Scene scene) {
        int keys = board.keyboard().down().size() + Integer.bitCount(board.keyboard().modifiers());
        return new FrameTag(0, scene.code().ordinal(), scene.line(), board.pointer().x(), board.pointer().y(),
            board.pointer().buttons(), board.locks().bits(), board.pointer().wheelTotal() & 0xff, keys);
    }

    /** What it runs, for tests. */
    public SceneCode sceneCode() {
        synchronized (lock) {
            return board.scene() == null ? SceneCode.OFF : board.scene().code();
        }
    }

    /** The text on the screen, or in the desktop's editor, for tests; empty while it is off. */
    public String screenText() {
        synchronized (lock) {
            return board.scene() == null ? "" : board.scene().text();
        }
    }

    /** The keyboard as the last reports left it. */
    public KeyboardReport seenKeyboard() {
        synchronized (lock) {
            return new KeyboardReport(board.keyboard().modifiers(), board.keyboard().down());
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
