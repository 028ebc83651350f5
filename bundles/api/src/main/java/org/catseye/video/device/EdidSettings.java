package org.catseye.video.device;

import java.util.List;
import java.util.Optional;

/**
 * The EDID of an HDMI bridge: the description of a monitor that the computer reads from it.
 *
 * @param key the setting for the EDID: empty, the name of a preset, or hexadecimal digits
 * @param presets the names of the built-in EDIDs
 * @param current what the device shows the computer now; empty if it has none
 * @param problem why {@code current} is missing or what is wrong with it, as a sentence for the user; empty if nothing is
 */
public record EdidSettings(String key, List<String> presets, Optional<EdidDescription> current, String problem) {

    public EdidSettings {
        presets = List.copyOf(presets);
    }
}
