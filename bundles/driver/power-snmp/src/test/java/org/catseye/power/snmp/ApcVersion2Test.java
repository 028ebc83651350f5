package org.catseye.power.snmp;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.Map;
import org.catseye.power.PowerAction;
import org.junit.Test;

public class ApcVersion2Test extends SnmpOutletContract {

    @Override
    protected Map<String, Object> settings() {
        return Map.of("preset", "apc", "version", "2c", "community", Snmpd.COMMUNITY);
    }

    @Override
    protected String expectedCommand(PowerAction action) {
        return ".1.3.6.1.4.1.318.1.1.12.3.3.1.1.4.1 " + (action == PowerAction.ON ? 1 : action == PowerAction.OFF ? 2 : 3);
    }

    @Test
    public void aMissingOutletIsReported() {
        IOException failure = assertThrows(IOException.class, createOutlet(Map.of("outlet", 9))::readState);
        assertEquals("The PDU 127.0.0.1 has no object 1.3.6.1.4.1.318.1.1.12.3.5.1.1.4.9.", failure.getMessage());
    }

    @Test
    public void aWrongCommunityIsReported() {
        IOException failure = assertThrows(IOException.class, createOutlet(Map.of("community", "red-tulips"))::readState);
        assertEquals("The PDU 127.0.0.1 does not answer. The community may be wrong.", failure.getMessage());
    }

    @Test
    public void noThreadIsLeft() throws Exception {
        createOutlet(Map.of()).readState();
        for (int i = 0; Thread.getAllStackTraces().keySet().stream().anyMatch(thread -> thread.getName().matches("(?i).*(transport|snmp).*")); i++) {
            assertTrue(Thread.getAllStackTraces().keySet().toString(), i < 1_000);
            Thread.sleep(10);
        }
    }
}
