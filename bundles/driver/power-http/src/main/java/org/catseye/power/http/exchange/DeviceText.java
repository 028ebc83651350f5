package org.catseye.power.http.exchange;

/** Text that a device has sent. */
public final class DeviceText {

    private static final int MAX_SHOWN_CHARS = 100;

    private DeviceText() {
    }

    /** The text as a part of a message: one short line. */
    public static String shorten(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029\\s]+", " ").strip();
        return line.length() <= MAX_SHOWN_CHARS ? line : line.substring(0, MAX_SHOWN_CHARS) + "...";
    }
}
