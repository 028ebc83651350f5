package org.catseye.power.http;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catseye.power.PowerAction;
import org.catseye.power.PowerCondition;
import org.junit.Test;

public class TemplateTest extends RelayContract {

    @Override
    protected Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(Map.of("preset", "template", "onRequest", "PUT /api/power {\"on\": true}", "offRequest",
            "POST /api/power {\"on\": false}", "stateRequest", "/api/power", "statePointer", "/relays/0/state"));
        settings.putAll(Map.of("pressRequest", "/api/press", "holdRequest", "POST /api/hold", "resetRequest", "POST /api/reset seconds=1",
            "wakeRequest", "/api/wake", "cycleRequest", "/api/cycle"));
        return settings;
    }

    @Override
    protected boolean noticedAction(PowerAction action) throws Exception {
        boolean switches = action == PowerAction.ON || action == PowerAction.OFF;
        return switches ? super.noticedAction(action) : server.requests().stream().anyMatch(line -> line.contains("/api/" + action.publicName()));
    }

    @Test
    public void allActionsAreOffered() {
        assertEquals(Set.of(PowerAction.values()), createRelay(Map.of()).supportedActions());
    }

    @Test
    public void methodAndBodyAreThoseOfTheTemplate() throws Exception {
        server.setOn(false);
        HttpRelay relay = createRelay(Map.of());
        relay.performAction(PowerAction.ON);
        relay.performAction(PowerAction.RESET);
        relay.performAction(PowerAction.HOLD);
        assertEquals(List.of("PUT /api/power application/json {\"on\": true}", "POST /api/reset application/x-www-form-urlencoded seconds=1",
            "POST /api/hold"), server.requests());
    }

    @Test
    public void theStateCanBeText() throws Exception {
        server.setOn(true);
        HttpRelay relay = createRelay(Map.of("stateRequest", "/text", "statePointer", "", "stateOn", "is on", "stateOff", "is off"));
        assertEquals(PowerCondition.ON, relay.readState().condition());
        server.setOn(false);
        assertEquals(PowerCondition.OFF, relay.readState().condition());
    }

    @Test
    public void aDeviceWithoutAStateIsUnknown() throws Exception {
        assertEquals(PowerCondition.UNKNOWN, createRelay(Map.of("stateRequest", "")).readState().condition());
    }

    /** A second press would switch the computer off again. */
    @Test
    public void aRequestWithoutAnAnswerIsNotRepeated() throws Exception {
        server.setOn(false);
        HttpRelay relay = createRelay(Map.of("pressRequest", "/silent/press"));
        IOException failure = assertThrows(IOException.class, () -> relay.performAction(PowerAction.PRESS));
        assertEquals(server.address() + " answers nothing that can be used: the connection was closed before the answer was complete.", failure.getMessage());
        assertEquals(List.of("GET /silent/press"), server.requests());
    }

    @Test
    public void aRedirectionIsNotFollowed() {
        assertStateFails("/elsewhere", server.address() + " redirects to http://192.0.2.1/relay/0. Set the address that it redirects to.");
    }

    @Test
    public void anAnswerIsBounded() {
        assertStateFails("/large", server.address() + " answers nothing that can be used: the answer is longer than 65536 bytes.");
        assertStateFails("/endless", server.address() + " answers nothing that can be used: the answer is longer than 65536 bytes.");
        assertStateFails("/garbage", server.address() + " answers nothing that can be used: the answer is not HTTP.");
    }

    @Test
    public void aDeviceThatAnswersByteByByteIsAbandoned() {
        assertStateFails("/slow", server.address() + " does not answer within 2 s.");
    }

    private void assertStateFails(String path, String message) {
        IOException failure = assertThrows(IOException.class, createRelay(Map.of("stateRequest", path))::readState);
        assertEquals(message, failure.getMessage());
    }

    @Test
    public void aTokenIsSentAsAHeader() throws Exception {
        try (RelayServer locked = new RelayServer(folderPath(), Optional.empty(), "--token", "s3cret")) {
            locked.setOn(true);
            assertEquals(PowerCondition.ON, createRelay(Map.of("address", locked.address(), "token", "s3cret")).readState().condition());
            assertThrows(IOException.class, createRelay(Map.of("address", locked.address(), "token", "wrong"))::readState);
        }
    }
}
