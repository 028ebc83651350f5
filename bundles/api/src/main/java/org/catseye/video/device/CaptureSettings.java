package org.catseye.video.device;

import java.io.IOException;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Describes the capture device that a target uses now. Registered as a service with the property {@code kvm.target}, next to each
 * {@link org.catseye.video.VideoHub}. Thread-safe. The methods ask the device and may block for some seconds.
 */
@ProviderType
public interface CaptureSettings {

    /**
     * The device, its configuration and what can be adjusted. Without such a device, {@link DeviceSettings#configuration()} is empty and
     * {@link DeviceSettings#problem()} has the reason.
     */
    DeviceSettings readSettings();

    /**
     * Checks values with the rules of the connected device, such as the range of its brightness, before they are saved.
     *
     * @param values all values that the configuration will have, by key
     * @throws org.catseye.config.BadValueException for the first value that the device can't use; its key is one of {@code values}
     * @throws IOException if the device can't be asked
     */
    void checkValues(Map<String, String> values) throws IOException;
}
