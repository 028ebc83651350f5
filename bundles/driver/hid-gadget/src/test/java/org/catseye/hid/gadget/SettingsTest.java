package org.catseye.hid.gadget;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import org.catseye.config.BadValueException;
import org.catseye.hid.gadget.Gadget.Identity;
import org.junit.Test;

public class SettingsTest {

    static final Identity IDENTITY = new Identity(0x1d6b, 0x0104, "Catseye", "Catseye keyboard and mouse", "");

    @Test
    public void withoutAConfigurationTheProfileIsFull() throws Exception {
        assertEquals(new Settings(new Gadget("catseye", IDENTITY, Profile.FULL, 250, 7), ""), Settings.of(Map.of()));
    }

    @Test
    public void idsAreHexadecimalWithAndWithoutPrefix() throws Exception {
        Settings settings = Settings.of(Map.of("vendorId", "0x046D", "productId", "c31c"));
        assertEquals(0x046d, settings.gadget().identity().vendor());
        assertEquals(0xc31c, settings.gadget().identity().product());
    }

    @Test
    public void aBadValueIsNamedWithPidKeyValueAndWhatWouldBeRight() throws Exception {
        refuses("profile", "gaming", "full, boot or keyboard-only");
        refuses("vendorId", "0x12345", "four hexadecimal digits, such as 0x1d6b");
        refuses("productId", "", "four hexadecimal digits, such as 0x1d6b");
        refuses("manufacturer", "a\nb", "a b", "up to 126 characters on one line");
        refuses("serial", "x".repeat(127), "x".repeat(80) + "...", "up to 126 characters on one line");
        refuses("maxPowerMilliamperes", 501, "a whole number from 2 to 500");
        refuses("maxPowerMilliamperes", "much", "a whole number from 2 to 500");
        refuses("endpoints", 0, "a whole number from 1 to 30");
        refuses("gadget", "../etc", "up to 40 letters, digits, dots, dashes and underscores, not beginning with a dot");
        refuses("controller", "a/b", "up to 40 letters, digits, dots, dashes and underscores, not beginning with a dot");
    }

    @Test
    public void theFormsDefaultsAreThoseOfTheReader() throws Exception {
        Map<String, Object> defaults = new HashMap<>();
        for (Method attribute : Config.class.getDeclaredMethods()) {
            defaults.put(attribute.getName().replace('_', '.'), attribute.getDefaultValue());
        }
        assertEquals(Settings.of(Map.of()), Settings.of(defaults));
    }

    private static void refuses(String key, Object value, String right) {
        refuses(key, value, value.toString(), right);
    }

    private static void refuses(String key, Object value, String shown, String right) {
        BadValueException e = assertThrows(BadValueException.class, () -> Settings.of(Map.of(key, value)));
        assertEquals("org.catseye.hid.gadget: " + key + " is '" + shown + "'; it has to be " + right, e.getMessage());
    }
}
