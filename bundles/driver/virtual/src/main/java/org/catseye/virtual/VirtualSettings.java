package org.catseye.virtual;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catseye.config.BadValueException;
import org.catseye.targets.Target;
import org.catseye.video.device.DeviceSettings;
import org.catseye.video.device.DeviceSettings.Configuration;

/** The settings of a virtual computer that are offered beside its picture. */
final class VirtualSettings {

    private static final String SERVICE_PID = "service.pid";
    /** Of the capture device that is pretended, not of the computer. */
    private static final Set<String> OF_THE_PICTURE = Set.of("fps", "jpegQuality");

    private VirtualSettings() {
    }

    /** @param fault of the configuration; empty if it is valid */
    static DeviceSettings describe(Map<String, Object> properties, Optional<BadValueException> fault) {
        Optional<String> pid = Optional.ofNullable(properties.get(SERVICE_PID)).map(Object::toString);
        Map<String, String> initial = Map.of(Target.ID, String.valueOf(properties.getOrDefault(Target.ID, Target.DEFAULT)));
        return DeviceSettings.ofConfiguration("", new Configuration(VirtualTargetConfig.PID, pid, initial, List.of("size", "fps", "jpegQuality")),
            fault.map(wrong -> wrong.getMessage() + ".").orElse(""));
    }

    /** Whether both describe the same computer, so that only its picture differs. */
    static boolean isSameComputer(Map<String, Object> one, Map<String, Object> other) {
        return withoutPicture(one).equals(withoutPicture(other));
    }

    private static Map<String, Object> withoutPicture(Map<String, Object> properties) {
        Map<String, Object> computer = new HashMap<>(properties);
        computer.keySet().removeIf(key -> OF_THE_PICTURE.contains(key) || key.startsWith("felix.") || key.equals("service.factoryPid"));
        return computer;
    }
}
