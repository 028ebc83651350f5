package org.catseye.video.spi;

import java.io.IOException;
import java.util.Map;
import org.catseye.video.device.DeviceSettings;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A capture device whose settings are offered beside the picture. The object that is registered as {@link CaptureDevice} implements it as
 * well. A changed value reaches the driver as a changed configuration; a driver should adopt it without an interruption of the picture.
 * Called from any thread, several at a time, also while {@link CaptureDevice#capture} runs.
 */
@ConsumerType
public interface AdjustableDevice {

    /**
     * Asks the device. May block for some seconds. Never fails: {@link DeviceSettings#problem()} reports a device that does not answer,
     * and an invalid configuration, which the user has to be able to correct.
     */
    DeviceSettings readDeviceSettings();

    /**
     * Checks values with the rules of the connected device before they are saved. Without a device, only the rules of the configuration
     * apply.
     *
     * @param values all values that the configuration will have, by key
     * @throws org.catseye.config.BadValueException for the first value that can't be used; its key is one of {@code values}
     * @throws IOException if the device can't be asked
     */
    void checkDeviceValues(Map<String, String> values) throws IOException;
}
