package org.catseye.web;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.catseye.access.Session;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Decides whether a web request is acceptable: it finds the session and checks whether a page of another site may have caused the
 * request (cross-site request forgery). The gate calls it for every request in the guarded servlet context. Other servlet
 * contexts, such as the one of the web console, must call it themselves. Thread-safe; does not block.
 */
@ProviderType
public interface RequestGuard {

    /**
     * Finds the session of the caller, or the reason why this request is refused for every caller. Does not check permissions.
     */
    Verdict judgeRequest(RequestHead head);

    /**
     * Identifies the client of a connection, for limits per client. The result does not mean that the guard would accept a
     * request of this client.
     *
     * @param peer the address of the remote end of the connection
     * @param headers returns all values of the header with a given name; an empty list if there are none
     */
    Client identifyClient(String peer, Function<String, List<String>> headers);

    /**
     * Whether an address belongs to a proxy in front of this device, so that many clients share it.
     *
     * @param peer the address of the remote end of the connection
     */
    boolean isProxy(String peer);

    /**
     * Whether a user has logged in with this browser or from this address before, so that a login doesn't wait behind those of strangers.
     * Takes longer than {@link #identifyClient}.
     *
     * @param peer as in {@link #identifyClient}
     * @param headers as in {@link #identifyClient}
     */
    boolean isKnownClient(String peer, Function<String, List<String>> headers);

    /**
     * The response to a caller without the session that the request needs: a redirect to a page where the user can log in or set
     * up the device, or 401.
     */
    Refusal refuseWithoutSession(RequestHead head);

    /**
     * A client.
     *
     * @param session the valid session, if there is one
     * @param address the address of the client; behind a proxy, the address that the proxy reports
     */
    record Client(Optional<Session> session, String address) {
    }

    /**
     * The parts of a request that the guard examines.
     *
     * @param method the HTTP method in upper case
     * @param secure whether the request was sent over TLS
     * @param target path and query as in the request line
     * @param headers returns all values of the header with a given name; an empty list if there are none
     * @param basePath see {@link WebContext#BASE_PATH}; not part of the target
     */
    record RequestHead(String method, boolean secure, String target, Function<String, List<String>> headers, String basePath) {

        /** A request to a device that is published at the root. */
        public RequestHead(String method, boolean secure, String target, Function<String, List<String>> headers) {
            this(method, secure, target, headers, "");
        }

        /** Whether the request has this header, even if its value is empty. */
        public boolean hasHeader(String name) {
            return !headers.apply(name).isEmpty();
        }
    }

    /**
     * The result for one request.
     *
     * @param session the valid session, if there is one
     * @param refusal present if the request must not be served to any caller
     * @param recentlyProved whether the user confirmed their identity recently enough for security-sensitive changes
     */
    record Verdict(Optional<Session> session, Optional<Refusal> refusal, boolean recentlyProved) {
    }

    /**
     * The response to a refused request.
     *
     * @param status the HTTP status
     * @param code the error code for programs
     * @param message the message for the user
     * @param location where to redirect the browser; empty unless the status is 302 or 308. A path of this device has no
     *     {@linkplain WebContext#BASE_PATH base path}
     * @param offersBasic for status 401: whether to offer HTTP Basic authentication (RFC 7617) as well, which makes a browser
     *     show its password prompt
     */
    record Refusal(int status, String code, String message, String location, boolean offersBasic) {

        public Refusal(int status, String code, String message, String location) {
            this(status, code, message, location, false);
        }
    }
}
