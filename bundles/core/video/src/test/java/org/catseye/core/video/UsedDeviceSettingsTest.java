package org.catseye.core.video;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catseye.config.BadValueException;
import org.catseye.core.video.capture.UsedDevice;
import org.catseye.video.device.CaptureSettings;
import org.catseye.video.device.DeviceSettings;
import org.catseye.video.device.DeviceSettings.Configuration;
import org.catseye.video.spi.AdjustableDevice;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.CaptureDevice;
import org.junit.Test;

public class UsedDeviceSettingsTest {

    private static final class Adjustable implements CaptureDevice, AdjustableDevice {

        @Override
        public void capture(CaptureContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public DeviceSettings readDeviceSettings() {
            return DeviceSettings.ofConfiguration("", new Configuration("org.example", Optional.of("org.example~a"), Map.of(), List.of("gain")), "");
        }

        @Override
        public void checkDeviceValues(Map<String, String> values) throws IOException {
            throw new BadValueException("org.example", "gain", values.get("gain"), "1 to 3");
        }
    }

    @Test
    public void theReasonIsSaidInWords() throws IOException {
        CaptureSettings none = new UsedDeviceSettings(Optional::empty);
        assertEquals("This computer has no capture device now.", none.readSettings().problem());
        none.checkValues(Map.of("gain", "9"));
        DeviceSettings plain = new UsedDeviceSettings(() -> Optional.of(new UsedDevice("Screen", context -> { }))).readSettings();
        assertEquals("This device has nothing to adjust.", plain.problem());
        assertEquals("Screen", plain.device());
        assertTrue(plain.configuration().isEmpty());
    }

    @Test
    public void theDeviceInUseDescribesItselfUnderTheNameOfItsService() {
        CaptureSettings settings = new UsedDeviceSettings(() -> Optional.of(new UsedDevice("Rack 3", new Adjustable())));
        assertEquals("Rack 3", settings.readSettings().device());
        assertEquals(List.of("gain"), settings.readSettings().configuration().orElseThrow().keys());
        assertEquals("gain", assertThrows(BadValueException.class, () -> settings.checkValues(Map.of("gain", "9"))).key());
    }
}
