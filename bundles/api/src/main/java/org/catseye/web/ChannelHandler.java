package org.catseye.web;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Handles the WebSockets at {@code /api/v1/targets/{id}/<name>}. Service properties: {@value #NAME} (the last part of the path)
 * and {@value #PROTOCOL} (the subprotocol). The caller needs VIEW on the target; the handler checks any further permission.
 *
 * <p>Sockets outlive their handler. When a handler is unregistered, its {@link End} objects are closed but the sockets stay open.
 * When a handler with the same name is registered, {@link #open} is called for every open socket.
 */
@ConsumerType
public interface ChannelHandler {

    /** Service property: the name of the channel. */
    String NAME = "catseye.channel";

    /** Service property: the WebSocket subprotocol. */
    String PROTOCOL = "catseye.channel.protocol";

    /** Called when a socket was opened, and for each open socket when this handler is registered. Must not block. */
    End open(Channel channel);

    /** The handler's side of one socket. Calls never overlap. */
    @ConsumerType
    interface End {

        /**
         * Called for a text message of at most {@link Channel#MOST_CHARS} characters. An exception is logged and answered with an
         * error message.
         */
        void message(String text);

        /**
         * The client has not responded for several seconds. It may be disconnected, or it may just be slow. The implementation
         * must stop anything that may not continue without the client. The socket stays open for the time being.
         */
        default void silent() {
        }

        /** The socket is closing or the handler was unregistered. Called exactly once. */
        void closed();
    }
}
