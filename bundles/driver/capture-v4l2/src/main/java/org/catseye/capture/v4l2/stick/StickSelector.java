package org.catseye.capture.v4l2.stick;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Selects the stick for a capture device: any stick, or one by USB port path ({@code 1-1.3}), by USB ids ({@code 534d:2109}), or,
 * for devices that are not on USB, by node ({@code /dev/video0}) or bus name.
 *
 * @param text as configured; empty for any stick
 */
public record StickSelector(String text) {

    private static final Pattern USB_IDS = Pattern.compile("[0-9a-f]{4}:[0-9a-f]{4}");

    public static StickSelector parseSelector(String text) {
        String trimmed = text.trim();
        String lowerCase = trimmed.toLowerCase(Locale.ROOT);
        return new StickSelector(USB_IDS.matcher(lowerCase).matches() ? lowerCase : trimmed);
    }

    boolean selectsAny() {
        return text.isEmpty();
    }

    /** Whether it selects a single place instead of a kind of stick. Then a stick elsewhere never matches. */
    boolean selectsOnePlace() {
        return !selectsAny() && !USB_IDS.matcher(text).matches();
    }

    boolean matchesStick(Stick stick) {
        return selectsAny() || text.equals(stick.port()) || text.equals(stick.usbIds()) || text.equals(stick.node());
    }

    /** The message while no stick matches. @param pid the configuration with this selector */
    public String missingMessage(String pid) {
        return selectsAny() ? "no HDMI stick found: plug one in"
            : "no HDMI stick at " + text + ": plug it in there, or change 'device' of " + pid;
    }
}
