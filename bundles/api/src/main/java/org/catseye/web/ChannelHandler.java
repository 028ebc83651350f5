package org.catseye.web;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * The far end of the WebSockets at {@code /api/v1/targets/{id}/<name>}. Service properties: {@value #NAME} (last part of the
 * path) and {@value #PROTOCOL} (the subprotocol). A caller needs VIEW for the target; anything beyond that the handler checks.
 *
 * <p>The sockets outlive the handler: when it goes, its open ends are closed; when one of the same name comes, it is given
 * every socket that is open.
 */
@ConsumerType
public interface ChannelHandler {

    /** Service property: the channel's name. */
    String NAME = "catseye.channel";

    /** Service property: the WebSocket subprotocol. */
    String PROTOCOL = "catseye.channel.protocol";

    /** A socket is open, or this handler came to an open one. Must not block. */
    End open(Channel channel);

    /** The handler's end of one socket. Calls come one at a time. */
    @ConsumerType
    interface End {

        /** A text message of at most {@link Channel#MOST_CHARS} characters. What it throws is logged and answered as an error. */
        void message(String text);

        /**
         * The client has given no sign of life for some seconds: it may be gone without a word, or only slow. What must not go on without it ends
         * here; the socket stays for a while.
         */
        default void silent() {
        }

        /** The socket or the handler is going; called exactly once. */
        void closed();
    }
}
