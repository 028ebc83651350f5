package org.catseye.hid.gadget;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.lang.reflect.Proxy;
import java.util.Map;
import org.catseye.hid.gadget.Gadget.Identity;
import org.junit.Test;

public class SettingsTest {

    static final Identity IDENTITY = new Identity(0x1d6b, 0x0104, "Catseye", "Catseye keyboard and mouse", "");

    /** The configuration as it is when nobody configured anything, but for {@code changes}. A Throwable is thrown. */
    static Config config(Map<String, Object> changes) {
        return (Config) Proxy.newProxyInstance(Config.class.getClassLoader(), new Class<?>[] {Config.class}, (proxy, method, none) -> {
            Object value = changes.getOrDefault(method.getName(), method.getDefaultValue());
            if (value instanceof Throwable failure) {
                throw failure;
            }
            return value;
        });
    }

    @Test
    public void withoutAConfigurationTheProfileIsFull() {
        assertEquals(new Settings(new Gadget("catseye", IDENTITY, Profile.FULL, 250, 7), ""), Settings.of(config(Map.of())));
    }

    @Test
    public void idsAreHexadecimalWithAndWithoutPrefix() {
        Settings settings = Settings.of(config(Map.of("vendorId", "0x046D", "productId", "c31c")));
        assertEquals(0x046d, settings.gadget().identity().vendor());
        assertEquals(0xc31c, settings.gadget().identity().product());
    }

    @Test
    public void aBadValueIsNamedWithPidKeyValueAndWhatWouldBeRight() {
        refuses("profile", "gaming", "full, boot or keyboard-only");
        refuses("vendorId", "0x12345", "four hexadecimal digits, such as 0x1d6b");
        refuses("productId", "", "four hexadecimal digits, such as 0x1d6b");
        refuses("manufacturer", "a\nb", "up to 126 characters on one line");
        refuses("serial", "x".repeat(127), "up to 126 characters on one line");
        refuses("maxPowerMilliamperes", 501, "2 to 500");
        refuses("endpoints", 0, "1 to 30");
        refuses("gadget", "../etc", "up to 40 letters, digits, dots, dashes and underscores, not beginning with a dot");
        refuses("controller", "a/b", "up to 40 letters, digits, dots, dashes and underscores, not beginning with a dot");
    }

    private static void refuses(String key, Object value, String right) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Settings.of(config(Map.of(key, value))));
        assertEquals("configuration org.catseye.hid.gadget: " + key + " = \"" + value + "\": must be " + right, e.getMessage());
    }
}
