package org.catseye.power.http.exchange;

import org.catseye.options.ForeignText;

/** Text that a device has sent. */
public final class DeviceText {

    private static final int MAX_SHOWN_CHARS = 100;

    private DeviceText() {
    }

    /** The text as a part of a message: one short line. */
    public static String shorten(String text) {
        return ForeignText.shorten(text, MAX_SHOWN_CHARS);
    }
}
