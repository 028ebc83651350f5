package org.catseye.web;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.catseye.access.Session;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Judges web requests: which session sent them, and whether a page of another site may have made a browser send them. The gate calls it for
 * everything in the guarded context. A servlet context of its own, such as that of the web console, has to call it itself. Thread-safe; does
 * not block.
 */
@ProviderType
public interface RequestGuard {

    /** The session of the caller, or the reason why this request is refused for every caller. Does not look at permissions. */
    Verdict judgeRequest(RequestHead head);

    /**
     * The client behind a connection, for limits that count clients. This is no judgement: the guard may still refuse the request of a client that
     * was identified.
     *
     * @param peer address of the other end of the connection
     * @param headers returns all values of a header by its name; an empty list if there is none
     */
    Client identifyClient(String peer, Function<String, List<String>> headers);

    /** Whether the address belongs to a proxy in front of this device, so that many clients share it. */
    boolean isProxy(String peer);

    /** The refusal for a caller without the session that the request needs: a redirect to a page that creates one, or 401. */
    Refusal refuseWithoutSession(RequestHead head);

    /**
     * A client.
     *
     * @param session valid, if there is one
     * @param address of the client; behind a proxy in front of this device, the address that the proxy reports
     */
    record Client(Optional<Session> session, String address) {
    }

    /**
     * The parts of a request that the guard looks at.
     *
     * @param method in upper case
     * @param secure whether it came over TLS
     * @param target path and query as in the request line
     * @param headers returns all values of a header by its name; an empty list if there is none
     */
    record RequestHead(String method, boolean secure, String target, Function<String, List<String>> headers) {

        /** Whether the header was sent, even if empty. */
        public boolean hasHeader(String name) {
            return !headers.apply(name).isEmpty();
        }
    }

    /**
     * The judgement.
     *
     * @param session valid, if there is one
     * @param refusal present if the request must not be served to any caller
     * @param recentlyProved whether the session's user proved their identity recently enough to make changes that give power
     */
    record Verdict(Optional<Session> session, Optional<Refusal> refusal, boolean recentlyProved) {
    }

    /**
     * Why a request is refused.
     *
     * @param status of HTTP
     * @param code for programs
     * @param message for people
     * @param location where to send the browser; empty unless the status is 302 or 308
     * @param offersBasic with status 401: whether to offer HTTP Basic (RFC 7617) as well, which makes a browser ask its user
     */
    record Refusal(int status, String code, String message, String location, boolean offersBasic) {

        public Refusal(int status, String code, String message, String location) {
            this(status, code, message, location, false);
        }
    }
}
