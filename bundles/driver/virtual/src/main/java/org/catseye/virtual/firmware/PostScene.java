package org.catseye.virtual.firmware;

import java.util.concurrent.TimeUnit;
import org.catseye.virtual.input.KeyPress;
import org.catseye.virtual.input.Keys;
import org.catseye.virtual.input.Locks;
import org.catseye.virtual.paint.Canvas;
import org.catseye.virtual.paint.Logo;
import org.catseye.virtual.paint.Look;
import org.catseye.virtual.paint.Palette;
import org.catseye.virtual.paint.TextScreen;
import org.catseye.virtual.scene.Host;
import org.catseye.virtual.scene.Scene;
import org.catseye.virtual.scene.SceneCode;

/** Power-on self-test: counts the memory, lists the devices, waits for F2 and F12, then boots. */
public final class PostScene implements Scene {

    private static final long FRAME = TimeUnit.MILLISECONDS.toNanos(40);
    private static final int MEMORY_MIB = 8192;
    /** Row of the memory count, and of the first device. */
    private static final int MEMORY_ROW = 8;
    private static final int DEVICES_ROW = 11;
    private static final String[] DEVICES = {
        "USB keyboard ........... Catseye KVM, boot protocol",
        "USB pointer ............ Catseye KVM, absolute + relative",
        "SATA 0 ................. CATSEYE-SSD-0    64 GB",
        "SATA 1 ................. CATSEYE-SSD-1    64 GB",
        "Ethernet ............... 02:00:5e:00:53:01, no link"};

    private final Host host;
    private final long length;
    private final TextScreen screen = new TextScreen();
    private long start;
    private long next;
    private int wanted;
    private int polledKeys;

    /** @param lengthNanos how long the test takes; a quick boot takes a quarter */
    public PostScene(Host host, long lengthNanos) {
        this.host = host;
        length = host.nvram().quickBoot() ? lengthNanos / 4 : lengthNanos;
    }

    @Override
    public SceneCode code() {
        return SceneCode.POST;
    }

    @Override
    public void shown(long now) {
        start = now;
        next = now;
        screen.color(Palette.WHITE).bold(true).put(1, 18, "CATSEYE VIRTUAL TARGET");
        screen.color(Palette.DIM).bold(false).put(2, 18, "Firmware 1.0, " + host.width() + " x " + host.height());
        screen.color(Palette.TEXT).put(6, 4, "Processor: Catseye Pretend CPU, 4 cores at 2.40 GHz");
    }

    @Override
    public long nextTick() {
        return next;
    }

    @Override
    public void tick(long now) {
        double done = length == 0 ? 1 : Math.min(1, (now - start) / (double) length);
        if (polledKeys++ == 1) {
            host.keyboard().down().forEach(this::want);
        }
        if (done >= 1) {
            next = Long.MAX_VALUE;
            host.show(followUp());
            return;
        }
        next = Math.min(now + FRAME, start + length);
        screen.color(Palette.TEXT);
        int counted = (int) (MEMORY_MIB * Math.min(1, done * 2)) / 16 * 16;
        screen.put(MEMORY_ROW, 4, String.format("Memory:    %5d MiB%s", counted, counted == MEMORY_MIB ? " OK" : "   "));
        int listed = (int) ((done - 0.4) / 0.08);
        for (int i = 0; i < Math.min(DEVICES.length, listed); i++) {
            screen.put(DEVICES_ROW + i, 4, DEVICES[i]);
        }
        prompt();
    }

    private void prompt() {
        String text = switch (wanted) {
            case Keys.F2 -> "Entering setup ...";
            case Keys.F12 -> "Entering the boot menu ...";
            default -> "Press F2 for setup, F12 for boot menu";
        };
        screen.color(wanted == 0 ? Palette.WHITE : Palette.AMBER).bold(true).put(Look.ROWS - 2, 4, String.format("%-40s", text));
        screen.bold(false);
    }

    private Scene followUp() {
        host.locks().set(Locks.NUM, host.nvram().numLock());
        if (wanted == Keys.F2) {
            return new SetupScene(host);
        }
        return wanted == Keys.F12 || host.nvram().bootMenu() ? new BootMenuScene(host) : new BootScene(host, host.nvram().bootOrder());
    }

    @Override
    public void key(KeyPress press) {
        want(press.usage());
    }

    private void want(int usage) {
        if (usage == Keys.F2 || usage == Keys.F12) {
            wanted = usage;
            prompt();
        }
    }

    @Override
    public void paint(Canvas canvas, Look look) {
        canvas.fill(0, 0, canvas.width(), canvas.height(), Palette.BLACK);
        look.paint(canvas, screen, false);
        int size = canvas.height() / 12;
        Logo.paint(canvas, size * 2, Look.TAG_HEIGHT + size + 8, size);
    }

    @Override
    public String text() {
        return screen.text();
    }
}
