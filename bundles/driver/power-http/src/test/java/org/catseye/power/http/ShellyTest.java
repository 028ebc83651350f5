package org.catseye.power.http;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catseye.power.PowerAction;
import org.catseye.power.PowerCondition;
import org.junit.Test;

public class ShellyTest extends RelayContract {

    @Override
    protected Map<String, Object> settings() {
        return Map.of("preset", "shelly");
    }

    @Test
    public void requestsAreThoseOfTheDocumentation() throws Exception {
        server.setOn(false);
        HttpRelay relay = createRelay(Map.of("channel", "0"));
        relay.performAction(PowerAction.ON);
        relay.readState();
        assertEquals(List.of("GET /rpc/Switch.Set?id=0&on=true", "GET /rpc/Switch.GetStatus?id=0"), server.requests());
    }

    @Test
    public void aPasswordIsSentAsADigestOnly() throws Exception {
        try (RelayServer locked = new RelayServer(folderPath(), Optional.empty(), "--user", "admin:blue tulips", "--digest")) {
            HttpRelay relay = createRelay(Map.of("address", locked.address(), "user", "admin", "password", "blue tulips"));
            locked.setOn(true);
            assertEquals(PowerCondition.ON, relay.readState().condition());
            relay.performAction(PowerAction.OFF);
            assertEquals(PowerCondition.OFF, relay.readState().condition());
            assertEquals("401 none", locked.requests().get(0));
            IOException refused = assertThrows(IOException.class, createRelay(Map.of("address", locked.address(), "user", "admin", "password", "x"))::readState);
            assertEquals(locked.address() + " rejects the user name, the password or the token (401).", refused.getMessage());
        }
    }

    @Test
    public void onlyTheListedActionsAreOffered() {
        assertEquals(Set.of(PowerAction.ON, PowerAction.OFF), createRelay(Map.of()).supportedActions());
        assertEquals(Set.of(PowerAction.OFF), createRelay(Map.of("actions", new String[] {"off"})).supportedActions());
    }

    @Test
    public void aMissingRelayIsReported() {
        IOException failure = assertThrows(IOException.class, createRelay(Map.of("channel", "7"))::readState);
        assertEquals(server.address() + " answers 500 Internal Server Error.", failure.getMessage());
    }
}
