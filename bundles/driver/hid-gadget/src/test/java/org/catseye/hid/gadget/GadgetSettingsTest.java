package org.catseye.hid.gadget;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import org.catseye.config.BadValueException;
import org.catseye.hid.gadget.descriptor.DriveSet;
import org.catseye.hid.gadget.descriptor.Gadget;
import org.catseye.hid.gadget.descriptor.Profile;
import org.catseye.hid.gadget.fake.FakeBoard;
import org.junit.Test;

public class GadgetSettingsTest {

    @Test
    public void withoutAConfigurationTheProfileIsFull() throws Exception {
        assertEquals(new GadgetSettings(new Gadget("catseye", FakeBoard.IDENTITY, Profile.FULL, DriveSet.BOTH, 250, 7), ""),
                GadgetSettings.parseSettings(Map.of()));
    }

    @Test
    public void onlyTheProfileFullHasDrivesUnlessTheSettingsAskForThem() throws Exception {
        assertEquals(DriveSet.NONE, GadgetSettings.parseSettings(Map.of("profile", "boot")).gadget().drives());
        assertEquals(DriveSet.NONE, GadgetSettings.parseSettings(Map.of("profile", "keyboard-only", "drives", "auto")).gadget().drives());
        assertEquals(DriveSet.CD, GadgetSettings.parseSettings(Map.of("profile", "boot", "drives", "cd")).gadget().drives());
        assertEquals(DriveSet.NONE, GadgetSettings.parseSettings(Map.of("drives", "none")).gadget().drives());
    }

    @Test
    public void idsAreHexadecimalWithAndWithoutPrefix() throws Exception {
        GadgetSettings settings = GadgetSettings.parseSettings(Map.of("vendorId", "0x046D", "productId", "c31c"));
        assertEquals(0x046d, settings.gadget().identity().vendorId());
        assertEquals(0xc31c, settings.gadget().identity().productId());
    }

    @Test
    public void aBadValueIsReportedWithPidKeyValueAndValidValues() throws Exception {
        assertRefused("profile", "gaming", "full, boot or keyboard-only");
        assertRefused("drives", "dvd", "auto, none, cd, disk or cd-and-disk");
        assertRefused("vendorId", "0x12345", "four hexadecimal digits, such as 0x1d6b");
        assertRefused("productId", "", "four hexadecimal digits, such as 0x1d6b");
        assertRefused("manufacturer", "a\nb", "a b", "up to 126 characters on one line");
        assertRefused("serial", "x".repeat(127), "x".repeat(80) + "...", "up to 126 characters on one line");
        assertRefused("maxPowerMilliamperes", 501, "a whole number from 2 to 500");
        assertRefused("maxPowerMilliamperes", "much", "a whole number from 2 to 500");
        assertRefused("endpoints", 0, "a whole number from 1 to 30");
        assertRefused("gadget", "../etc", "up to 40 letters, digits, dots, dashes and underscores, not beginning with a dot");
        assertRefused("controller", "a/b", "up to 40 letters, digits, dots, dashes and underscores, not beginning with a dot");
    }

    @Test
    public void theFormAndTheParserHaveTheSameDefaults() throws Exception {
        Map<String, Object> defaults = new HashMap<>();
        for (Method attribute : GadgetConfig.class.getDeclaredMethods()) {
            defaults.put(attribute.getName().replace('_', '.'), attribute.getDefaultValue());
        }
        assertEquals(GadgetSettings.parseSettings(Map.of()), GadgetSettings.parseSettings(defaults));
    }

    private static void assertRefused(String key, Object value, String right) {
        assertRefused(key, value, value.toString(), right);
    }

    private static void assertRefused(String key, Object value, String shown, String right) {
        BadValueException e = assertThrows(BadValueException.class, () -> GadgetSettings.parseSettings(Map.of(key, value)));
        assertEquals("org.catseye.hid.gadget: " + key + " is '" + shown + "'; it has to be " + right, e.getMessage());
    }
}
