package org.catseye.power.http;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catseye.power.PowerAction;
import org.catseye.power.PowerCondition;
import org.junit.Test;

public class ShellyGen1Test extends RelayContract {

    @Override
    protected Map<String, Object> settings() {
        return Map.of("preset", "shelly-gen1");
    }

    @Test
    public void requestsAreThoseOfTheDocumentation() throws Exception {
        server.setOn(true);
        HttpRelay relay = createRelay(Map.of());
        relay.performAction(PowerAction.OFF);
        relay.readState();
        assertEquals(List.of("GET /relay/0?turn=off", "GET /relay/0"), server.requests());
    }

    @Test
    public void aPasswordIsSentAsBasic() throws Exception {
        try (RelayServer locked = new RelayServer(folderPath(), Optional.empty(), "--user", "ann:blue tulips")) {
            locked.setOn(true);
            assertEquals(PowerCondition.ON, createRelay(Map.of("address", locked.address(), "user", "ann", "password", "blue tulips")).readState().condition());
            assertThrows(IOException.class, createRelay(Map.of("address", locked.address()))::readState);
        }
    }

    @Test
    public void aRelayThatDoesNotSwitchIsReported() throws Exception {
        server.setStuck(true);
        IOException failure = assertThrows(IOException.class, () -> createRelay(Map.of()).performAction(PowerAction.OFF));
        assertEquals("The relay has not switched; it is still on.", failure.getMessage());
    }
}
