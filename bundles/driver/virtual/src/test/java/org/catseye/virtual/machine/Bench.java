package org.catseye.virtual.machine;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.hid.spi.PointerReport;
import org.catseye.media.MediaKind;
import org.catseye.virtual.input.Keys;
import org.catseye.virtual.input.Locks;
import org.catseye.virtual.input.UsLayout;
import org.catseye.virtual.media.VirtualDrive;
import org.catseye.virtual.paint.Canvas;
import org.catseye.virtual.paint.FontSource;
import org.catseye.virtual.paint.FrameTag;
import org.catseye.virtual.paint.Look;
import org.catseye.virtual.scene.BootDevice;
import org.catseye.virtual.scene.Nvram;
import org.catseye.virtual.scene.SceneCode;

/** A machine on the bench: time that is moved by hand, and hands that type reports. */
public final class Bench {

    public static final Clock WALL = Clock.fixed(Instant.parse("2026-03-14T09:26:53Z"), ZoneOffset.UTC);

    public final AtomicLong nanos = new AtomicLong(-5_000_000_000L);
    public final VirtualDrive cd = new VirtualDrive(MediaKind.CDROM, Optional.empty());
    public final VirtualDrive disk = new VirtualDrive(MediaKind.DISK, Optional.empty());
    public final Machine machine;
    public final int width;
    public final int height;

    public Bench() {
        this(1280, 720, Nvram.DEFAULTS);
    }

    public Bench(int width, int height, Nvram nvram) {
        this.width = width;
        this.height = height;
        machine = new Machine(width, height, 3000, nvram, Map.of(BootDevice.CDROM, cd, BootDevice.USB, disk), nanos::get, WALL, () -> { });
        machine.powerOn();
    }

    /** A machine that has booted. */
    public static Bench at(SceneCode code) {
        Nvram nvram = code == SceneCode.DESKTOP
            ? Nvram.DEFAULTS.withFirstDevice(BootDevice.DESKTOP) : Nvram.DEFAULTS;
        Bench bench = new Bench(1280, 720, nvram);
        bench.pass(5000);
        if (bench.machine.sceneCode() != code) {
            throw new AssertionError("booted to " + bench.machine.sceneCode());
        }
        return bench;
    }

    public Bench pass(long millis) {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
        machine.advanceTime();
        return this;
    }

    /** Presses and lets go, with modifiers. */
    public Bench tap(int modifiers, int usage) {
        machine.acceptKeyboard(new KeyboardReport(modifiers, List.of(usage)).toBootReport());
        machine.acceptKeyboard(KeyboardReport.UP.toBootReport());
        return this;
    }

    public Bench tap(int usage) {
        return tap(0, usage);
    }

    /** Types by looking each character up in the layout, as a person looks for the key. */
    public Bench type(String text) {
        Locks none = new Locks();
        for (char c : text.toCharArray()) {
            boolean found = false;
            for (int code = 0; code < 2 * 0x35 && !found; code++) {
                int modifiers = code % 2 * 2;
                int usage = Keys.A + code / 2;
                if (UsLayout.translateKey(usage, modifiers, none, false).character() == c) {
                    tap(modifiers, usage);
                    found = true;
                }
            }
            if (!found) {
                throw new AssertionError("no key types " + c);
            }
        }
        return this;
    }

    /** Moves the absolute pointer to a pixel. */
    public Bench point(int x, int y, int buttons) {
        return point(x, y, buttons, 0, 0);
    }

    public Bench point(int x, int y, int buttons, int wheel, int pan) {
        machine.acceptPointer(new PointerReport(buttons, Math.round(x * 32767f / (width - 1)),
            Math.round(y * 32767f / (height - 1)), wheel, pan));
        return this;
    }

    public Bench click(int x, int y) {
        return point(x, y, 1).point(x, y, 0);
    }

    public String text() {
        return machine.screenText();
    }

    /** The last line on the screen that is not empty. */
    public String lastLine() {
        String[] lines = text().stripTrailing().split("\n");
        return lines[lines.length - 1];
    }

    public FrameTag tag() {
        return machine.paintScreen(new Canvas(width, height), look(width, height)).orElseThrow();
    }

    private static Look kept;

    private static synchronized Look look(int width, int height) {
        kept = kept == null ? new Look(width, height, FontSource::drawWithJava) : kept;
        return kept;
    }
}
