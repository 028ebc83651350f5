package org.catseye.virtual.scene;

import java.time.ZonedDateTime;
import java.util.Optional;
import org.catseye.virtual.input.KeyboardDecoder;
import org.catseye.virtual.input.Locks;
import org.catseye.virtual.input.PointerState;
import org.catseye.virtual.media.Slot;
import org.catseye.virtual.media.Slot.Inserted;

/** The machine's interface for its programs. Call it only from within a method of {@link Scene}. */
public interface Host {

    /** Nanoseconds of the machine's clock, which starts at 0 when the device is activated. */
    long currentNanos();

    /** Nanoseconds since the power came on. */
    long uptimeNanos();

    ZonedDateTime wallClock();

    /** Replaces the current scene. */
    void showScene(Scene scene);

    /** Shows the text console; it keeps its content. {@link #showDesktop()} does the same for the desktop. */
    void showConsole();

    void showDesktop();

    /** Warm start: POST again. */
    void resetMachine();

    /** Switches the machine off immediately. */
    void powerOff();

    /** Shows shutdown messages, then switches off or restarts. */
    void shutDown(boolean restart);

    /** @param device a {@link BootDevice#isDrive() drive} */
    Slot slot(BootDevice device);

    /** What is in the drive; empty for a device that is none. */
    default Optional<Inserted> findMedium(BootDevice device) {
        return device.isDrive() ? slot(device).inserted() : Optional.empty();
    }

    Nvram nvram();

    /** The firmware's settings from now on, and after each restart. */
    void saveNvram(Nvram settings);

    Locks locks();

    KeyboardDecoder keyboard();

    PointerState pointer();

    int width();

    int height();
}
