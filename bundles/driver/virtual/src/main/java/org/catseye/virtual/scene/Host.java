package org.catseye.virtual.scene;

import java.time.ZonedDateTime;
import org.catseye.virtual.input.KeyboardDecoder;
import org.catseye.virtual.input.Locks;
import org.catseye.virtual.input.PointerState;

/** The machine as its programs see it. Only to be used from within a call of {@link Scene}. */
public interface Host {

    /** Nanoseconds of the machine's clock, which starts at 0 with the device. */
    long now();

    /** Nanoseconds since the power came on. */
    long uptime();

    ZonedDateTime wallClock();

    /** Puts a scene in front. */
    void show(Scene scene);

    /** Shows the text console or the desktop, as it was left. */
    void showConsole();

    void showDesktop();

    /** Warm start: POST again. */
    void reset();

    /** Switches off at once. */
    void powerOff();

    /** Says goodbye for a moment, then switches off or restarts. */
    void shutDown(boolean restart);

    Nvram nvram();

    /** The firmware's settings from now on, and after each restart. */
    void nvram(Nvram settings);

    Locks locks();

    KeyboardDecoder keyboard();

    PointerState pointer();

    int width();

    int height();
}
