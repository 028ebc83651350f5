package org.catseye.power.http;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.catseye.power.PowerAction;
import org.catseye.power.PowerCondition;
import org.junit.Test;

public class TasmotaTest extends RelayContract {

    @Override
    protected Map<String, Object> settings() {
        return Map.of("preset", "tasmota");
    }

    @Test
    public void requestsAreThoseOfTheDocumentation() throws Exception {
        server.setOn(false);
        HttpRelay relay = createRelay(Map.of());
        relay.performAction(PowerAction.ON);
        relay.readState();
        assertEquals(List.of("GET /cm?cmnd=Power%20On", "GET /cm?cmnd=Power"), server.requests());
    }

    @Test
    public void theFirstRelayMayHaveANumberOrNone() throws Exception {
        server.setOn(true);
        assertEquals(PowerCondition.ON, createRelay(Map.of("channel", 1)).readState().condition());
    }

    /** Tasmota reports errors with the status 200. */
    @Test
    public void anUnknownCommandIsReported() {
        IOException failure = assertThrows(IOException.class, () -> createRelay(Map.of("channel", "3")).performAction(PowerAction.ON));
        assertEquals("The device's answer has no value /POWER3: {\"Command\":\"Unknown\"}", failure.getMessage());
    }
}
