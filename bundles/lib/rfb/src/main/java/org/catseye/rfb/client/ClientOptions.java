package org.catseye.rfb.client;

import java.util.List;

/**
 * How a client uses a server.
 *
 * @param shared whether other clients may stay connected
 * @param encodings those that the client accepts, the best first; pseudo-encodings too
 */
public record ClientOptions(boolean shared, List<Integer> encodings) {

    public ClientOptions {
        encodings = List.copyOf(encodings);
    }
}
