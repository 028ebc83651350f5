package org.catseye.video.device;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.catseye.video.IncomingSignal.Timing;

/**
 * A capture device and what can be adjusted, as an immutable snapshot.
 *
 * @param device the device's name for users, such as its node and USB port; empty for the label of the service
 * @param configuration where its values are; empty if nothing can be adjusted
 * @param controls brightness and so on, in the order of the form
 * @param modes the sizes and rates that it offers; empty if they can't be chosen
 * @param incoming the timing of the signal that it receives now; empty if unknown
 * @param edid its EDID; empty if it has none that can be read or set
 * @param problem why something above is missing, as a sentence for the user; empty if nothing is
 */
public record DeviceSettings(String device, Optional<Configuration> configuration, List<DeviceControl> controls, Optional<PictureModes> modes,
        Optional<Timing> incoming, Optional<EdidSettings> edid, String problem) {

    public DeviceSettings {
        Objects.requireNonNull(device, "device");
        controls = List.copyOf(controls);
    }

    /** Nothing can be adjusted. @param reason a sentence for the user */
    public static DeviceSettings nothingToAdjust(String device, String reason) {
        return new DeviceSettings(device, Optional.empty(), List.of(), Optional.empty(), Optional.empty(), Optional.empty(), reason);
    }

    /** Only the settings of the form, because the device reports nothing about itself. @param problem empty if that is in order */
    public static DeviceSettings ofConfiguration(String device, Configuration configuration, String problem) {
        return new DeviceSettings(device, Optional.of(configuration), List.of(), Optional.empty(), Optional.empty(), Optional.empty(), problem);
    }

    /** The same with another name. */
    public DeviceSettings withDevice(String name) {
        return new DeviceSettings(name, configuration, controls, modes, incoming, edid, problem);
    }

    /**
     * Where the values of a device are.
     *
     * @param form the PID of the form, which is the factory's if there can be several configurations
     * @param pid the PID of the configuration; empty if the device works without one
     * @param initialValues the values that a new configuration needs so that it belongs to this target and this device
     * @param keys the settings of the form that adjust the device. The others decide which device serves which target, and who may use it
     */
    public record Configuration(String form, Optional<String> pid, Map<String, String> initialValues, List<String> keys) {

        public Configuration {
            Objects.requireNonNull(form, "form");
            Objects.requireNonNull(pid, "pid");
            initialValues = Map.copyOf(initialValues);
            keys = List.copyOf(keys);
        }
    }
}
