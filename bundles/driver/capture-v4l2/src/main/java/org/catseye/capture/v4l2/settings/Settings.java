package org.catseye.capture.v4l2.settings;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.catseye.capture.v4l2.edid.BadEdidException;
import org.catseye.capture.v4l2.edid.Edid;
import org.catseye.capture.v4l2.edid.EdidPreset;
import org.catseye.capture.v4l2.kernel.PictureControl;
import org.catseye.capture.v4l2.stick.Chip;
import org.catseye.capture.v4l2.stick.StickSelector;
import org.catseye.config.BadValueException;
import org.catseye.options.Options;

/**
 * A checked configuration.
 *
 * @param pid the configuration's name, for messages
 * @param device selects the stick
 * @param width pixels; 0 for the best size
 * @param height pixels; 0 exactly when width is 0
 * @param framesPerSecond the maximum; 0 for the stick's highest rate
 * @param controls brightness and so on, by control; a control that is missing here stays unchanged
 * @param edid for a bridge; empty for the one that it has, or the default
 * @param idleSeconds how long to go on without viewers; {@link #IDLE_BY_CHIP} if the chip decides
 * @param stallMillis how long a stream may deliver nothing
 * @param dropSameFrames whether to drop a frame that equals the previous one
 * @param detectSignal whether to detect filler pictures and read the stick's registers
 */
public record Settings(String pid, StickSelector device, int width, int height, int framesPerSecond, Map<PictureControl, Integer> controls,
        Optional<Edid> edid, int idleSeconds, int stallMillis, boolean dropSameFrames, boolean detectSignal) {

    static final int IDLE_BY_CHIP = -1;

    private static final int MIN_PIXELS = 16;
    private static final int MAX_PIXELS = 16_384;
    private static final int MAX_FRAMES_PER_SECOND = 240;
    private static final int MAX_IDLE_SECONDS = 86_400;
    private static final int MIN_STALL_MILLIS = 200;
    private static final int MAX_STALL_MILLIS = 60_000;
    /** Room for white space between the digits. */
    private static final int MAX_EDID_CHARS = 4096;

    public Settings {
        controls = Map.copyOf(controls);
    }

    /** @throws BadValueException with the configuration, key and value, and the values that are allowed */
    public static Settings parseSettings(Map<String, ?> properties) throws BadValueException {
        Options options = new Options(V4l2Config.PID, properties);
        options.readTargetId();
        int width = parseSize(options, V4l2Config.WIDTH);
        int height = parseSize(options, V4l2Config.HEIGHT);
        if ((width == 0) != (height == 0)) {
            throw options.badValue(width == 0 ? V4l2Config.WIDTH : V4l2Config.HEIGHT, "0", "both 0, for the best size, or both a size");
        }
        Map<PictureControl, Integer> controls = new LinkedHashMap<>();
        for (PictureControl control : PictureControl.values()) {
            options.findNumber(control.optionKey()).ifPresent(value -> controls.put(control, value));
        }
        return new Settings(options.pid(), StickSelector.parseSelector(options.readText("device", "")), width, height,
            options.readNumber(V4l2Config.RATE, V4l2Config.FRAMES_PER_SECOND, 0, MAX_FRAMES_PER_SECOND), controls, parseEdid(options),
            options.readNumber("idleSeconds", IDLE_BY_CHIP, IDLE_BY_CHIP, MAX_IDLE_SECONDS),
            options.readNumber("stallMillis", V4l2Config.STALL_MILLIS, MIN_STALL_MILLIS, MAX_STALL_MILLIS),
            options.readFlag(V4l2Config.DROP_SAME_FRAMES, false), options.readFlag("detectSignal", true));
    }

    /** Whether a stream with these settings must be set up again to adopt {@code next}. */
    public boolean needsRestart(Settings next) {
        return !device.equals(next.device) || width != next.width || height != next.height
            || framesPerSecond != next.framesPerSecond || !edid.equals(next.edid);
    }

    /** The controls whose value differs from those before. */
    public Map<PictureControl, Integer> changedControls(Settings before) {
        Map<PictureControl, Integer> changed = new LinkedHashMap<>(controls);
        changed.entrySet().removeIf(entry -> entry.getValue().equals(before.controls.get(entry.getKey())));
        return changed;
    }

    /** Seconds without viewers after which to stop; empty for never. */
    public OptionalInt idleLimitSeconds(Chip chip) {
        if (idleSeconds >= 0) {
            return OptionalInt.of(idleSeconds);
        }
        return chip.isMs21xx() ? OptionalInt.empty() : OptionalInt.of(V4l2Config.IDLE_SECONDS_OTHERS);
    }

    private static Optional<Edid> parseEdid(Options options) throws BadValueException {
        String text = options.readText(V4l2Config.EDID, "");
        Optional<EdidPreset> preset = EdidPreset.findByName(text);
        if (text.isEmpty() || preset.isPresent()) {
            return preset.map(EdidPreset::edid);
        }
        String allowed = "empty, a preset (" + String.join(", ", EdidPreset.publicNames()) + "), or the hexadecimal digits of an EDID";
        if (text.length() > MAX_EDID_CHARS) {
            throw options.badValue(V4l2Config.EDID, text, allowed + " of at most " + Edid.MAX_BLOCKS * Edid.BLOCK_BYTES + " bytes");
        }
        try {
            return Optional.of(Edid.parseHex(text));
        } catch (BadEdidException e) {
            throw options.badValue(V4l2Config.EDID, text, allowed + ". In this EDID, " + e.getMessage());
        }
    }

    private static int parseSize(Options options, String key) throws BadValueException {
        int size = options.readNumber(key, 0, 0, MAX_PIXELS);
        if (size > 0 && size < MIN_PIXELS) {
            throw options.badValue(key, Integer.toString(size), "0 for the best size, or " + MIN_PIXELS + " to " + MAX_PIXELS + " pixels");
        }
        return size;
    }
}
