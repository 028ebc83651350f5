package org.catseye.virtual;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import org.catseye.config.BadValueException;
import org.catseye.virtual.scene.BootDevice;
import org.junit.Test;

public class SettingsTest {

    private static final String PID = "org.catseye.virtual.target: ";

    @Test
    public void nothingConfiguredMeansTheDefaultsOfTheForm() throws Exception {
        Map<String, Object> form = new HashMap<>();
        for (Method attribute : VirtualTargetConfig.class.getDeclaredMethods()) {
            form.put(attribute.getName().replace('_', '.'), attribute.getDefaultValue());
        }
        assertEquals(7, form.size());
        assertEquals(Settings.DEFAULTS, Settings.parseSettings(Map.of()));
        assertEquals(Settings.parseSettings(form), Settings.parseSettings(Map.of()));
        assertEquals(BootDevice.CONSOLE, Settings.parseSettings(Map.of()).nvram().bootOrder().get(0));
    }

    @Test
    public void valuesAreTakenAsNumbersOrText() throws Exception {
        Settings settings = Settings.parseSettings(Map.of("size", "1920x1080", "fps", "60", "jpegQuality", 50L, "bootTo", "desktop"));
        assertEquals(1920, settings.width());
        assertEquals(1080, settings.height());
        assertEquals(60, settings.fps());
        assertEquals(50, settings.jpegQuality());
        assertEquals(BootDevice.DESKTOP, settings.nvram().bootOrder().get(0));
        assertTrue(Settings.parseSettings(Map.of("bootTo", "menu")).nvram().bootMenu());
    }

    @Test
    public void aBadValueIsNamedWithTheMend() throws Exception {
        wrong("fps", 0, "fps is '0'; it has to be a whole number from 1 to 60");
        wrong("fps", "many", "fps is 'many'; it has to be a whole number from 1 to 60");
        wrong("jpegQuality", 101, "jpegQuality is '101'; it has to be a whole number from 10 to 100");
        wrong("postMillis", -1, "postMillis is '-1'; it has to be a whole number from 0 to 60000");
        wrong("size", "800x600", "size is '800x600'; it has to be 1280x720 or 1920x1080");
        wrong("bootTo", "", "bootTo is ''; it has to be console, desktop or menu");
    }

    @Test
    public void aFactoryConfigurationIsNamedByItsOwnPid() throws Exception {
        Map<String, Object> bay = Map.of("fps", 99, "service.pid", "org.catseye.virtual.target~bay2");
        String message = assertThrows(BadValueException.class, () -> Settings.parseSettings(bay)).getMessage();
        assertEquals("org.catseye.virtual.target~bay2: fps is '99'; it has to be a whole number from 1 to 60", message);
    }

    private static void wrong(String key, Object value, String message) {
        assertEquals(PID + message, assertThrows(BadValueException.class, () -> Settings.parseSettings(Map.of(key, value))).getMessage());
    }
}
