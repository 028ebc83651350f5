package org.catseye.virtual.scene;

import java.util.ArrayList;
import java.util.List;

/**
 * The firmware's settings. They live as long as the device service does.
 *
 * @param bootOrder every device once, the first one that works boots
 * @param bootMenu whether POST always ends in the boot menu
 * @param numLock whether NumLock is on after POST
 * @param quickBoot whether POST leaves out the memory test
 * @param repeatDelayMillis how long a key is held before it repeats
 * @param repeatsPerSecond how fast it repeats then
 */
public record Nvram(List<BootDevice> bootOrder, boolean bootMenu, boolean numLock, boolean quickBoot, int repeatDelayMillis,
                    int repeatsPerSecond) {

    /** As the machine comes from the factory. */
    public static final Nvram DEFAULTS = new Nvram(List.of(BootDevice.values()), false, true, false, 500, 30);

    public Nvram {
        bootOrder = List.copyOf(bootOrder);
    }

    /** The same with one device at another place of the boot order; nothing happens beyond the ends. */
    public Nvram withMovedDevice(int from, int to) {
        if (to < 0 || to >= bootOrder.size()) {
            return this;
        }
        List<BootDevice> order = new ArrayList<>(bootOrder);
        order.add(to, order.remove(from));
        return new Nvram(order, bootMenu, numLock, quickBoot, repeatDelayMillis, repeatsPerSecond);
    }

    public Nvram withFirstDevice(BootDevice device) {
        return withMovedDevice(bootOrder.indexOf(device), 0);
    }

    public Nvram withBootMenu(boolean on) {
        return new Nvram(bootOrder, on, numLock, quickBoot, repeatDelayMillis, repeatsPerSecond);
    }

    public Nvram withNumLock(boolean on) {
        return new Nvram(bootOrder, bootMenu, on, quickBoot, repeatDelayMillis, repeatsPerSecond);
    }

    public Nvram withQuickBoot(boolean on) {
        return new Nvram(bootOrder, bootMenu, numLock, on, repeatDelayMillis, repeatsPerSecond);
    }

    public Nvram withRepeat(int delayMillis, int perSecond) {
        return new Nvram(bootOrder, bootMenu, numLock, quickBoot, delayMillis, perSecond);
    }
}
