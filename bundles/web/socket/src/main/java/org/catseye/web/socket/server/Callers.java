package org.catseye.web.socket.server;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.catseye.web.RequestGuard;
import org.catseye.web.RequestGuard.Client;

/** Identifies callers for the limits. Without the gate, no caller has a session. */
public interface Callers {

    Callers STRANGERS = () -> Optional.empty();

    /** The gate's guard, if it is there now. */
    Optional<RequestGuard> guard();

    default Client identify(String peer, Function<String, List<String>> headers) {
        return guard().map(one -> one.identifyClient(peer, headers)).orElseGet(() -> new Client(Optional.empty(), peer));
    }

    default boolean isKnownClient(String peer, Function<String, List<String>> headers) {
        return guard().map(one -> one.isKnownClient(peer, headers)).orElse(false);
    }

    default boolean isProxy(String peer) {
        return guard().map(one -> one.isProxy(peer)).orElse(false);
    }
}
