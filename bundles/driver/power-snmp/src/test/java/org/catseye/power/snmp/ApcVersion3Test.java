package org.catseye.power.snmp;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.catseye.power.PowerAction;
import org.catseye.power.PowerCondition;
import org.junit.Test;

public class ApcVersion3Test extends SnmpOutletContract {

    @Override
    protected Map<String, Object> settings() {
        return version3();
    }

    @Override
    protected String expectedCommand(PowerAction action) {
        return ".1.3.6.1.4.1.318.1.1.12.3.3.1.1.4.1 " + (action == PowerAction.ON ? 1 : action == PowerAction.OFF ? 2 : 3);
    }

    @Test
    public void wrongPasswordsAndUsersAreReported() {
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(Map.of("authenticationPassword", "red red tulips"), Map.of("user", "ann"), Map.of("authentication", "sha-256"),
                Map.of("privacyPassword", "red red tulips"))) {
            IOException failure = assertThrows(wrong.toString(), IOException.class, createOutlet(wrong)::readState);
            assertTrue(failure.getMessage(), failure.getMessage().contains("the user, a password or the kind of authentication or privacy")
                || failure.getMessage().contains("The user, a password or the kind of authentication or privacy may be wrong."));
        }
    }

    @Test
    public void otherAlgorithmsCanBeUsed() throws Exception {
        for (String[] pair : new String[][] {{"SHA-256", "AES"}, {"MD5", "DES"}, {"SHA", "DES"}}) {
            try (Snmpd other = new Snmpd(folder.newFolder().toPath(), pair[0], pair[1])) {
                other.setOn(1, true);
                Map<String, Object> more = new HashMap<>(Map.of("port", other.port(), "authentication", pair[0].toLowerCase(Locale.ROOT),
                    "privacy", pair[1].toLowerCase(Locale.ROOT)));
                assertEquals(pair[0] + pair[1], PowerCondition.ON, createOutlet(more).readState().condition());
            }
        }
    }
}
