package org.catseye.capture.lkv373a;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.Map;
import org.catseye.testkit.FakeCaptureContext;
import org.junit.Test;

public class SettingsTest {

    @Test
    public void withoutAConfigurationEverythingIsAsTheBoxesCome() throws Exception {
        Settings settings = Settings.of(Map.of());
        assertEquals("239.255.42.42", settings.group().get().getHostAddress());
        assertEquals(5004, settings.port());
        assertTrue(settings.lkv373a() && settings.lkv373());
    }

    @Test
    public void aBadValueDoesNotFailTheActivationButTheCapture() {
        Lkv373aCapture capture = new Lkv373aCapture(Map.of("service.pid", "org.catseye.capture.lkv373a~x", "port", "99999"));
        IOException e = assertThrows(IOException.class, () -> capture.capture(new FakeCaptureContext()));
        assertEquals("org.catseye.capture.lkv373a~x: port is '99999'; it has to be a whole number from 1 to 65535", e.getMessage());
    }

    @Test
    public void eachMistakeIsNamedWithWhatWouldBeRight() {
        mistake("port", "five", "port is 'five'; it has to be a whole number from 1 to 65535");
        mistake("group", "10.1.2.3", "group is '10.1.2.3'; it has to be a multicast address, 224.0.0.0 to 239.255.255.255, or empty for unicast only");
        mistake("group", "239.255.42", "group is '239.255.42'; it has to be a multicast address");
        mistake("sender", "box.local", "sender is 'box.local'; it has to be the box's IP address");
        mistake("kind", "lkv", "kind is 'lkv'; it has to be auto, lkv373a or lkv373");
        mistake("interface", "a name with spaces", "interface is 'a name with spaces'; it has to be the name of a network interface");
        mistake("kvm.target", "no way", "kvm.target is 'no way'; it has to be the id of a target: letters");
    }

    @Test
    public void anInterfaceThatIsNotThereIsNamedWithThoseThatAre() {
        Lkv373aCapture capture = new Lkv373aCapture(Map.of("interface", "nowhere0"));
        IOException e = assertThrows(IOException.class, () -> capture.capture(new FakeCaptureContext()));
        assertTrue(e.getMessage(), e.getMessage().startsWith("the network interface nowhere0 is not there") && e.getMessage().contains("lo"));
    }

    private static void mistake(String key, String value, String words) {
        IOException e = assertThrows(IOException.class, () -> Settings.of(Map.of(key, value)));
        assertTrue(e.getMessage(), e.getMessage().startsWith("org.catseye.capture.lkv373a: " + words));
    }
}
