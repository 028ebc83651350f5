package org.catseye.video.device;

import java.util.List;
import java.util.Optional;
import org.catseye.video.IncomingSignal.Timing;

/**
 * The content of an EDID (VESA E-EDID A.2, CTA-861).
 *
 * @param hex all bytes as lower-case hexadecimal digits, 128 bytes for each block
 * @param version such as {@code 1.4}
 * @param manufacturer three letters
 * @param product the manufacturer's product number, 0 to 65535
 * @param name the name of the monitor; empty if it has none
 * @param serial the serial number as text; empty if it has none
 * @param year of manufacture, or of the model
 * @param preferred the timing that the computer should use; empty if there is none
 * @param timings all timings including the preferred one, the largest first, without repetitions
 * @param unknownCodes video identification codes (VIC) whose timing is not known here
 * @param hdmi whether it describes an HDMI monitor instead of a DVI monitor
 * @param audio whether it accepts sound
 */
public record EdidDescription(String hex, String version, String manufacturer, int product, String name, String serial, int year,
        Optional<Timing> preferred, List<Timing> timings, List<Integer> unknownCodes, boolean hdmi, boolean audio) {

    public EdidDescription {
        timings = List.copyOf(timings);
        unknownCodes = List.copyOf(unknownCodes);
    }
}
