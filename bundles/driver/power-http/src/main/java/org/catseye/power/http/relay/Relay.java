package org.catseye.power.http.relay;

import java.util.Map;
import java.util.Optional;
import org.catseye.power.PowerAction;
import org.catseye.power.http.exchange.HttpQuery;

/**
 * A relay as requests.
 *
 * @param commands the request of each action that the relay can perform
 * @param confirmation where the answer to on and off has the new state; empty if it doesn't have it
 * @param stateQuery the request for the state; empty if the relay reports none
 * @param state where the answer to it has the state; present if {@code stateQuery} is
 */
public record Relay(Map<PowerAction, HttpQuery> commands, Optional<StateQuery> confirmation, Optional<HttpQuery> stateQuery, Optional<StateQuery> state) {

    public Relay {
        commands = Map.copyOf(commands);
    }
}
