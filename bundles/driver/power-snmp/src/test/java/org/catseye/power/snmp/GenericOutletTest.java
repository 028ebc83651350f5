package org.catseye.power.snmp;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.catseye.power.PowerAction;
import org.catseye.power.PowerCondition;
import org.junit.Test;

public class GenericOutletTest extends SnmpOutletContract {

    @Override
    protected Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(version3());
        settings.putAll(Map.of("preset", "generic", "commandOid", "1.3.6.1.4.1.99999.1.1", "onValue", 10, "offValue", "20",
            "stateOid", "1.3.6.1.4.1.99999.2.1", "stateOn", 5, "stateOff", 6));
        return settings;
    }

    @Override
    protected String expectedCommand(PowerAction action) {
        return ".1.3.6.1.4.1.99999.1.1 " + (action == PowerAction.ON ? 10 : 20);
    }

    @Test
    public void onlyActionsWithAValueAreOffered() {
        assertEquals(Set.of(PowerAction.ON, PowerAction.OFF), createOutlet(Map.of()).supportedActions());
        assertEquals(Set.of(PowerAction.ON), createOutlet(Map.of("offValue", "")).supportedActions());
    }

    @Test
    public void anOutletWithoutAStateIsUnknown() throws Exception {
        assertEquals(PowerCondition.UNKNOWN, createOutlet(Map.of("stateOid", "")).readState().condition());
    }

    @Test
    public void aRefusedValueIsReported() {
        IOException failure = assertThrows(IOException.class, () -> createOutlet(Map.of("onValue", 77)).performAction(PowerAction.ON));
        assertEquals("The PDU 127.0.0.1 refuses the request: Wrong value.", failure.getMessage());
    }

    @Test
    public void aStateThatIsNeitherIsReported() throws Exception {
        agent.setOn(1, true);
        IOException failure = assertThrows(IOException.class, createOutlet(Map.of("stateOn", 1))::readState);
        assertEquals("The state of the outlet is 5, which is neither on nor off.", failure.getMessage());
    }
}
