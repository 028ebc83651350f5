package org.catseye.power.atx;

import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.Map;
import org.junit.Test;

/** Without GPIO lines; {@link AtxRig} has them. */
public class GpioFrontPanelTest {

    @Test
    public void aMissingControllerIsNamed() {
        AtxPower control = new AtxPower(Map.of("chip", "/dev/gpiochip97", "powerButton", 1));
        String message = assertThrows(IOException.class, control::readState).getMessage();
        assertTrue(message, message.contains("There is no GPIO controller /dev/gpiochip97"));
    }

    @Test
    public void aDeviceOfAnotherKindIsRefused() {
        AtxPower control = new AtxPower(Map.of("chip", "/dev/null", "powerButton", 1));
        String message = assertThrows(IOException.class, control::readState).getMessage();
        assertTrue(message, message.contains("/dev/null"));
    }
}
