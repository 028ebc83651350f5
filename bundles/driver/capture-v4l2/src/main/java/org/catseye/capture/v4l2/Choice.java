package org.catseye.capture.v4l2;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which stick an instance wants: any, or the one named by USB port path ({@code 1-1.3}), by USB ids ({@code 534d:2109}) or, for
 * devices that are not on USB, by node ({@code /dev/video0}) or bus name.
 */
record Choice(String text) {

    static final Choice ANY = new Choice("");

    private static final Pattern IDS = Pattern.compile("[0-9a-f]{4}:[0-9a-f]{4}");

    static Choice of(String text) {
        String trimmed = text.trim();
        return new Choice(IDS.matcher(trimmed.toLowerCase(Locale.ROOT)).matches() ? trimmed.toLowerCase(Locale.ROOT) : trimmed);
    }

    boolean any() {
        return text.isEmpty();
    }

    /** Whether it names one place rather than a kind: then no other stick will do. */
    boolean exact() {
        return !any() && !IDS.matcher(text).matches();
    }

    boolean fits(Stick stick) {
        return any() || text.equals(stick.port()) || text.equals(stick.ids()) || text.equals(stick.node());
    }

    /** For messages: what is being waited for. @param pid of the configuration that has this choice */
    String words(String pid) {
        return any() ? "no HDMI stick found: plug one in" : "no HDMI stick at " + text + ": plug it in there, or change 'device' of " + pid;
    }
}
