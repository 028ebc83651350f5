package org.catseye.virtual.firmware;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.catseye.virtual.input.KeyPress;
import org.catseye.virtual.media.Slot;
import org.catseye.virtual.media.Slot.Inserted;
import org.catseye.virtual.media.Volume;
import org.catseye.virtual.paint.Canvas;
import org.catseye.virtual.paint.Look;
import org.catseye.virtual.paint.Palette;
import org.catseye.virtual.paint.TextScreen;
import org.catseye.virtual.scene.BootDevice;
import org.catseye.virtual.scene.Host;
import org.catseye.virtual.scene.Scene;
import org.catseye.virtual.scene.SceneCode;

/** Tries the boot devices in turn, and shows the messages of the system that starts. */
public final class BootScene implements Scene {

    private static final long MESSAGE = TimeUnit.MILLISECONDS.toNanos(60);
    private static final long FAILURE = TimeUnit.MILLISECONDS.toNanos(900);
    private static final String[] MESSAGES = {
        "Catseye OS 1.0 on a pretend machine", "smp: brought up 4 processors", "usb 1-1: new high-speed device",
        "input: Catseye KVM keyboard, LEDs: Num Caps Scroll", "input: Catseye KVM absolute pointer", "input: Catseye KVM relative pointer",
        "input: Catseye KVM consumer control", "ata1: SATA link up, CATSEYE-SSD-0", "ata2: SATA link up, CATSEYE-SSD-1",
        "fb0: frame buffer ready", "mounted the root file system"};

    private final Host host;
    private final TextScreen screen = new TextScreen();
    private final List<BootDevice> left;
    private BootDevice booting;
    private int message;
    private long next;

    /** @param order boot devices in the order of the attempts */
    public BootScene(Host host, List<BootDevice> order) {
        this.host = host;
        left = new ArrayList<>(order);
    }

    @Override
    public SceneCode sceneCode() {
        return SceneCode.BOOTING;
    }

    @Override
    public void onShown(long now) {
        next = now;
    }

    @Override
    public long nextTick() {
        return next;
    }

    @Override
    public void handleTick(long now) {
        next = now + MESSAGE;
        if (booting != null) {
            continueBooting();
        } else if (left.isEmpty()) {
            next = Long.MAX_VALUE;
            screen.setColor(Palette.AMBER).writeLine("\nNothing to boot from. Press any key for the boot menu.");
        } else {
            tryNextDevice(now);
        }
    }

    private void tryNextDevice(long now) {
        BootDevice device = left.remove(0);
        screen.setColor(Palette.TEXT).writeText("Booting from " + describeDevice(host, device) + " ... ");
        String failure = findFailure(device);
        if (failure.isEmpty()) {
            booting = device;
            screen.writeLine("\n");
        } else {
            screen.setColor(Palette.RED).writeLine(failure);
            next = now + FAILURE;
        }
    }

    /** A device with the label of what is in it. */
    static String describeDevice(Host host, BootDevice device) {
        return host.findMedium(device).map(medium -> medium.volume().label()).filter(label -> !label.isEmpty())
            .map(label -> device.label() + ", " + label).orElse(device.label());
    }

    /** Empty if the device boots. */
    private String findFailure(BootDevice device) {
        if (!device.isDrive()) {
            return device.failure();
        }
        Optional<Inserted> medium = host.findMedium(device);
        if (medium.isEmpty()) {
            return "No medium present";
        }
        Volume volume = medium.get().volume();
        // Without El Torito too: the screen that follows says what a real computer would do.
        return volume.bootRecord() || !volume.format().isEmpty() ? "" : "No boot record on the medium";
    }

    private void continueBooting() {
        if (message < MESSAGES.length && !booting.isDrive()) {
            screen.setColor(Palette.GREEN).writeText(String.format("[%10.6f] ", host.uptimeNanos() / 1e9));
            screen.setColor(Palette.TEXT).writeLine(MESSAGES[message++]);
            return;
        }
        next = Long.MAX_VALUE;
        if (booting.isDrive()) {
            Slot slot = host.slot(booting);
            slot.inserted().ifPresentOrElse(medium -> host.showScene(new MediumScene(host, booting.label(), slot, medium)),
                () -> screen.setColor(Palette.RED).writeLine("\nThe medium has been removed. Press any key for the boot menu."));
        } else if (booting == BootDevice.DESKTOP) {
            host.showDesktop();
        } else {
            host.showConsole();
        }
    }

    @Override
    public void handleKey(KeyPress press) {
        if (next == Long.MAX_VALUE) {
            host.showScene(new BootMenuScene(host));
        }
    }

    @Override
    public void paintScene(Canvas canvas, Look look) {
        canvas.fillRectangle(0, 0, canvas.width(), canvas.height(), Palette.BLACK);
        look.paintTextScreen(canvas, screen, true);
    }

    @Override
    public String visibleText() {
        return screen.screenText();
    }
}
