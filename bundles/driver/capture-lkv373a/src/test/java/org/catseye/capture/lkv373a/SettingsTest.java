package org.catseye.capture.lkv373a;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.Map;
import org.catseye.capture.lkv373a.settings.Settings;
import org.catseye.testkit.FakeCaptureContext;
import org.junit.Test;

public class SettingsTest {

    @Test
    public void defaultsMatchTheBoxesFactorySettings() throws Exception {
        Settings settings = Settings.parseSettings(Map.of());
        assertEquals("239.255.42.42", settings.group().get().getHostAddress());
        assertEquals(5004, settings.port());
        assertTrue(settings.includesLkv373a() && settings.includesLkv373());
    }

    @Test
    public void badValueFailsTheCaptureInsteadOfTheActivation() {
        Lkv373aCapture capture = new Lkv373aCapture(Map.of("service.pid", "org.catseye.capture.lkv373a~x", "port", "99999"));
        IOException e = assertThrows(IOException.class, () -> capture.capture(new FakeCaptureContext()));
        assertEquals("org.catseye.capture.lkv373a~x: port is '99999'; it has to be a whole number from 1 to 65535", e.getMessage());
    }

    @Test
    public void eachMistakeNamesTheAllowedValues() {
        assertMistake("port", "five", "port is 'five'; it has to be a whole number from 1 to 65535");
        assertMistake("group", "10.1.2.3", "group is '10.1.2.3'; it has to be a multicast address, 224.0.0.0 to 239.255.255.255, or empty for unicast only");
        assertMistake("group", "239.255.42", "group is '239.255.42'; it has to be a multicast address");
        assertMistake("sender", "box.local", "sender is 'box.local'; it has to be the box's IP address");
        assertMistake("kind", "lkv", "kind is 'lkv'; it has to be auto, lkv373a or lkv373");
        assertMistake("interface", "a name with spaces", "interface is 'a name with spaces'; it has to be the name of a network interface");
        assertMistake("kvm.target", "no way", "kvm.target is 'no way'; it has to be the id of a target: letters");
    }

    @Test
    public void missingInterfaceIsReportedWithTheExistingOnes() {
        Lkv373aCapture capture = new Lkv373aCapture(Map.of("interface", "nowhere0"));
        IOException e = assertThrows(IOException.class, () -> capture.capture(new FakeCaptureContext()));
        assertTrue(e.getMessage(), e.getMessage().startsWith("the network interface nowhere0 does not exist") && e.getMessage().contains("lo"));
    }

    /** The bundle lists its components in the order of their class names, and the container activates them in this order. */
    @Test
    public void configuredBoxesAreActivatedBeforeTheFallback() {
        assertTrue(Lkv373aCapture.class.getName().compareTo(Lkv373aFallbackCapture.class.getName()) < 0);
    }

    private static void assertMistake(String key, String value, String message) {
        IOException e = assertThrows(IOException.class, () -> Settings.parseSettings(Map.of(key, value)));
        assertTrue(e.getMessage(), e.getMessage().startsWith("org.catseye.capture.lkv373a: " + message));
    }
}
