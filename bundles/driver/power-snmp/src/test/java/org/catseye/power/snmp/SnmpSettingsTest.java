package org.catseye.power.snmp;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.catseye.config.BadValueException;
import org.junit.Test;

public class SnmpSettingsTest {

    private static Map<String, Object> settings(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(Map.of("address", "pdu1", "user", "ann", "authenticationPassword", "green tulips", "privacyPassword", "blue tulips"));
        all.putAll(more);
        return all;
    }

    @Test
    public void aBadValueIsAStateWithADescription() throws Exception {
        SnmpSettings.parseSettings(settings(Map.of()));
        assertBadValue(Map.of("address", ""), "address is ''; it has to be the name or IP address");
        assertBadValue(Map.of("port", 0), "port is '0'");
        assertBadValue(Map.of("outlet", 0), "outlet is '0'; it has to be a whole number from 1 to 255");
        assertBadValue(Map.of("preset", "apc9"), "preset is 'apc9'");
        assertBadValue(Map.of("version", "1"), "version is '1'; it has to be 2c or 3");
        assertBadValue(Map.of("version", "2c"), "community is ''");
        assertBadValue(Map.of("user", ""), "user is ''");
        assertBadValue(Map.of("authentication", "sha3"), "authentication is 'sha3'");
        assertBadValue(Map.of("privacy", "none"), "privacy is 'none'");
        assertBadValue(Map.of("actions", "press"), "actions is 'press'; it has to be empty, or some of on, off, cycle");
        assertBadValue(Map.of("preset", "generic"), "onValue is ''");
        assertBadValue(Map.of("preset", "generic", "onValue", 1), "commandOid is ''");
        assertBadValue(Map.of("preset", "generic", "onValue", 1, "commandOid", "1.x"), "commandOid is '1.x'; it has to be an OID");
        assertBadValue(Map.of("preset", "generic", "stateOid", "1.3.6", "stateOn", 1), "stateOff is ''");
        assertBadValue(Map.of("kvm.target", "b a y"), "kvm.target is 'b a y'");
    }

    @Test
    public void aSecretIsNotShown() throws Exception {
        BadValueException refused = assertThrows(BadValueException.class, () -> SnmpSettings.parseSettings(settings(Map.of("privacyPassword", "tulips"))));
        assertTrue(refused.getMessage(), refused.getMessage().contains("at least 8 characters") && !refused.getMessage().contains("tulips"));
        String text = SnmpSettings.parseSettings(settings(Map.of("community", "red tulips"))).toString();
        assertTrue(text, text.contains("ann") && !text.contains("tulips"));
    }

    private static void assertBadValue(Map<String, Object> values, String part) {
        SnmpOutlet outlet = new SnmpOutlet(settings(values));
        assertEquals(Set.of(), outlet.supportedActions());
        BadValueException refused = assertThrows(BadValueException.class, outlet::readState);
        assertTrue(refused.getMessage(), refused.getMessage().startsWith(SnmpConfig.PID + ": " + part));
        assertThrows(BadValueException.class, () -> new SnmpCheck().checkValues(settings(values)));
    }
}
