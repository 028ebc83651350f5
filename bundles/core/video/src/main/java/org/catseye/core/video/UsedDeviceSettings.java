package org.catseye.core.video;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.catseye.core.video.capture.UsedDevice;
import org.catseye.video.device.CaptureSettings;
import org.catseye.video.device.DeviceSettings;
import org.catseye.video.spi.AdjustableDevice;

/** The settings of the device that a target uses now. */
final class UsedDeviceSettings implements CaptureSettings {

    private final Supplier<Optional<UsedDevice>> used;

    UsedDeviceSettings(Supplier<Optional<UsedDevice>> used) {
        this.used = used;
    }

    @Override
    public DeviceSettings readSettings() {
        Optional<UsedDevice> current = used.get();
        if (current.isEmpty()) {
            return DeviceSettings.nothingToAdjust("", "This computer has no capture device now.");
        } else if (current.get().device() instanceof AdjustableDevice adjustable) {
            DeviceSettings settings = adjustable.readDeviceSettings();
            return settings.device().isEmpty() ? settings.withDevice(current.get().label()) : settings;
        }
        return DeviceSettings.nothingToAdjust(current.get().label(), "This device has nothing to adjust.");
    }

    @Override
    public void checkValues(Map<String, String> values) throws IOException {
        Optional<UsedDevice> current = used.get();
        if (current.isPresent() && current.get().device() instanceof AdjustableDevice adjustable) {
            adjustable.checkDeviceValues(values);
        }
    }
}
