package org.catseye.power.http;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.catseye.config.BadValueException;
import org.junit.Test;

public class HttpSettingsTest {

    private static Map<String, Object> settings(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(Map.of("address", "http://192.0.2.7"));
        all.putAll(more);
        return all;
    }

    @Test
    public void addressesWithPortsPathsAndIpv6AreAccepted() throws Exception {
        for (String address : new String[] {"http://192.0.2.7", "https://relay.example.org:8443/api", "http://[2001:db8::7]:81", "HTTP://relay/"}) {
            HttpSettings.parseSettings(settings(Map.of("address", address)));
        }
        assertEquals("https://relay.example.org:8443/api", HttpSettings.parseSettings(settings(Map.of("address", "https://relay.example.org:8443/api/")))
            .endpoint().toString());
        assertEquals("http://[2001:db8::7]", HttpSettings.parseSettings(settings(Map.of("address", "http://[2001:db8::7]:80"))).endpoint().toString());
    }

    @Test
    public void aBadValueIsAStateWithADescription() {
        for (String address : new String[] {"", "192.0.2.7", "ftp://192.0.2.7", "file:///etc/passwd", "http://ann:pw@192.0.2.7", "http://192.0.2.7/?a=b", "http:///x", "http://a b"}) {
            assertBadValue("address", address, "an address such as http://192.168.1.20");
        }
        assertBadValue("preset", "shelly2", "shelly, shelly-gen1, tasmota or template");
        assertBadValue("preset", "template", "onRequest is ''");
        assertBadValue("channel", "first", "a whole number, or empty");
        assertBadValue("channel", "300", "a whole number from 0 to 255");
        assertBadValue(Map.of("preset", "tasmota", "channel", "0"), "channel is '0'; it has to be a whole number from 1 to 255");
        assertBadValue("actions", "press", "empty, or some of on, off");
        assertBadValue("certificateFile", "cert.pem", "the full path of a PEM file");
        assertBadValue("user", "a\"b", "a user name without colons");
        assertBadValue("kvm.target", "b a y", "the id of a target");
    }

    @Test
    public void aBadTemplateIsAStateWithADescription() {
        for (String request : new String[] {"relay", "FETCH /relay", "GET /relay body", "/relay\nHost: other", "/rel\u00e4y", "http://192.0.2.7/x"}) {
            assertBadValue(Map.of("preset", "template", "onRequest", request), "onRequest is '");
        }
        assertBadValue(Map.of("preset", "template", "onRequest", "/x", "stateOn", "("), "stateOn is '('; it has to be a regular expression");
        assertBadValue(Map.of("preset", "template", "onRequest", "/x", "statePointer", "a/b"), "statePointer is 'a/b'; it has to be a JSON pointer");
    }

    @Test
    public void aSecretIsNotShown() throws Exception {
        BadValueException refused = assertThrows(BadValueException.class, () -> HttpSettings.parseSettings(settings(Map.of("token", "a\r\nb tulips"))));
        assertTrue(refused.getMessage(), refused.getMessage().contains("token") && !refused.getMessage().contains("tulips"));
        String text = HttpSettings.parseSettings(settings(Map.of("user", "ann", "password", "tulips"))).toString();
        assertTrue(text, text.contains("ann") && !text.contains("tulips"));
    }

    private static void assertBadValue(String key, String value, String part) {
        assertBadValue(Map.of(key, value), part);
    }

    private static void assertBadValue(Map<String, Object> values, String part) {
        HttpRelay relay = new HttpRelay(settings(values));
        assertEquals(Set.of(), relay.supportedActions());
        BadValueException refused = assertThrows(BadValueException.class, relay::readState);
        assertTrue(refused.getMessage(), refused.getMessage().startsWith(HttpConfig.PID + ": ") && refused.getMessage().contains(part));
        assertThrows(BadValueException.class, () -> new HttpCheck().checkValues(settings(values)));
    }
}
