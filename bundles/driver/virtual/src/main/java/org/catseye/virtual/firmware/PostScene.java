package org.catseye.virtual.firmware;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.catseye.virtual.input.KeyPress;
import org.catseye.virtual.input.Keys;
import org.catseye.virtual.input.Locks;
import org.catseye.virtual.paint.Canvas;
import org.catseye.virtual.paint.Logo;
import org.catseye.virtual.paint.Look;
import org.catseye.virtual.paint.Palette;
import org.catseye.virtual.paint.TextScreen;
import org.catseye.virtual.scene.BootDevice;
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
        "Ethernet ............... 02:00:5e:00:53:01, no link",
        "USB disk drive ......... ",
        "USB CD drive ........... "};

    /** The last devices in the list. */
    private static final List<BootDevice> DRIVES = List.of(BootDevice.USB, BootDevice.CDROM);

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
    public SceneCode sceneCode() {
        return SceneCode.POST;
    }

    @Override
    public void onShown(long now) {
        start = now;
        next = now;
        screen.setColor(Palette.WHITE).setBold(true).putText(1, 18, "CATSEYE VIRTUAL TARGET");
        screen.setColor(Palette.DIM).setBold(false).putText(2, 18, "Firmware 1.0, " + host.width() + " x " + host.height());
        screen.setColor(Palette.TEXT).putText(6, 4, "Processor: Catseye Pretend CPU, 4 cores at 2.40 GHz");
    }

    @Override
    public long nextTick() {
        return next;
    }

    @Override
    public void handleTick(long now) {
        double done = length == 0 ? 1 : Math.min(1, (now - start) / (double) length);
        if (polledKeys++ == 1) {
            host.keyboard().heldKeys().forEach(this::requestMenu);
        }
        if (done >= 1) {
            next = Long.MAX_VALUE;
            host.showScene(nextScene());
            return;
        }
        next = Math.min(now + FRAME, start + length);
        screen.setColor(Palette.TEXT);
        int counted = (int) (MEMORY_MIB * Math.min(1, done * 2)) / 16 * 16;
        screen.putText(MEMORY_ROW, 4, String.format("Memory:    %5d MiB%s", counted, counted == MEMORY_MIB ? " OK" : "   "));
        int listed = (int) ((done - 0.4) / 0.07);
        for (int i = 0; i < Math.min(DEVICES.length, listed); i++) {
            screen.putText(DEVICES_ROW + i, 4, DEVICES[i] + describeMedium(i));
        }
        showPrompt();
    }

    private String describeMedium(int row) {
        int fixed = DEVICES.length - DRIVES.size();
        return row < fixed ? "" : host.findMedium(DRIVES.get(row - fixed)).map(medium -> medium.volume().label().isEmpty() ? "medium without a label"
            : medium.volume().label()).orElse("empty");
    }

    private void showPrompt() {
        String text = switch (wanted) {
            case Keys.F2 -> "Entering setup ...";
            case Keys.F12 -> "Entering the boot menu ...";
            default -> "Press F2 for setup, F12 for boot menu";
        };
        screen.setColor(wanted == 0 ? Palette.WHITE : Palette.AMBER).setBold(true).putText(Look.ROWS - 2, 4, String.format("%-40s", text));
        screen.setBold(false);
    }

    private Scene nextScene() {
        host.locks().setLocks(Locks.NUM, host.nvram().numLock());
        if (wanted == Keys.F2) {
            return new SetupScene(host);
        }
        return wanted == Keys.F12 || host.nvram().bootMenu() ? new BootMenuScene(host) : new BootScene(host, host.nvram().bootOrder());
    }

    @Override
    public void handleKey(KeyPress press) {
        requestMenu(press.usage());
    }

    private void requestMenu(int usage) {
        if (usage == Keys.F2 || usage == Keys.F12) {
            wanted = usage;
            showPrompt();
        }
    }

    @Override
    public void paintScene(Canvas canvas, Look look) {
        canvas.fillRectangle(0, 0, canvas.width(), canvas.height(), Palette.BLACK);
        look.paintTextScreen(canvas, screen, false);
        int size = canvas.height() / 12;
        Logo.paint(canvas, size * 2, Look.TAG_HEIGHT + size + 8, size);
    }

    @Override
    public String visibleText() {
        return screen.screenText();
    }
}
