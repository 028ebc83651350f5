package org.catseye.capture.v4l2;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.catseye.config.BadValueException;
import org.catseye.device.Options;

/**
 * What a configuration says, checked.
 *
 * @param pid the configuration's name, for messages
 * @param device which stick
 * @param width pixels; 0: the best
 * @param height pixels; 0 exactly when width is
 * @param framesPerSecond at most; 0: as fast as the stick can
 * @param controls brightness and so on: control to value; what is not in here stays as it is
 * @param idleSeconds how long to go on without viewers; -1: as the stick needs it
 * @param stallMillis how long a stream may be silent
 * @param dropSameFrames whether a frame equal to the one before is skipped
 * @param detectSignal whether filler pictures and the stick's registers are looked at
 */
record Settings(String pid, Choice device, int width, int height, int framesPerSecond, Map<Control, Integer> controls,
        int idleSeconds, int stallMillis, boolean dropSameFrames, boolean detectSignal) {

    static final int AS_NEEDED = -1;

    Settings {
        controls = Map.copyOf(controls);
    }

    /** @throws BadValueException naming configuration, key and value, and what would be right */
    static Settings of(Map<String, ?> properties) throws BadValueException {
        Options options = new Options(V4l2Config.PID, properties);
        options.target();
        int width = size(options, "width");
        int height = size(options, "height");
        if ((width == 0) != (height == 0)) {
            throw options.bad(width == 0 ? "width" : "height", "0", "both 0, for the best size, or both a size");
        }
        Map<Control, Integer> controls = new LinkedHashMap<>();
        for (Control control : Control.values()) {
            options.optionalNumber(control.key()).ifPresent(value -> controls.put(control, value));
        }
        return new Settings(options.pid(), Choice.of(options.text("device", "")), width, height,
            options.number("framesPerSecond", V4l2Config.FRAMES_PER_SECOND, 0, 240), controls,
            options.number("idleSeconds", AS_NEEDED, AS_NEEDED, 86_400),
            options.number("stallMillis", V4l2Config.STALL_MILLIS, 200, 60_000),
            options.flag("dropSameFrames", false), options.flag("detectSignal", true));
    }

    /** Whether a stream that runs with these must be set up anew to become {@code next}. */
    boolean needsRestart(Settings next) {
        return !device.equals(next.device) || width != next.width || height != next.height
            || framesPerSecond != next.framesPerSecond;
    }

    /** Seconds without viewers after which to stop; empty for never. */
    OptionalInt idleSeconds(Chip chip) {
        if (idleSeconds >= 0) {
            return OptionalInt.of(idleSeconds);
        }
        return chip.isMs21xx() ? OptionalInt.empty() : OptionalInt.of(V4l2Config.IDLE_SECONDS_OTHERS);
    }

    private static int size(Options options, String key) throws BadValueException {
        int size = options.number(key, 0, 0, 16_384);
        if (size > 0 && size < 16) {
            throw options.bad(key, Integer.toString(size), "0 for the best size, or 16 to 16384 pixels");
        }
        return size;
    }
}
