package org.catseye.web.gate;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.catseye.access.AccessControl;
import org.catseye.access.Session;
import org.catseye.http.DeviceCookie;
import org.catseye.http.RequestHeads;
import org.catseye.web.RequestGuard;
import org.catseye.web.gate.config.GateConfig;
import org.catseye.web.gate.forwarded.BasePath;
import org.catseye.web.gate.forwarded.ReportedClient;
import org.catseye.web.gate.forwarded.TrustedProxies;
import org.catseye.web.gate.origin.Authority;
import org.catseye.web.gate.origin.OwnOrigins;
import org.catseye.web.gate.request.BasicLogins;
import org.catseye.web.gate.request.Credentials;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Checks Host, Origin and token of a request. No other class does. */
@Component(service = RequestGuard.class)
public final class GateGuard implements RequestGuard {

    private static final Set<String> READ_METHODS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> REFUSED_METHODS = Set.of("TRACE", "TRACK", "CONNECT");
    private static final List<String> BROWSER_HEADERS = List.of("Cookie", "Origin", "Sec-Fetch-Mode");
    private static final String UPGRADE = "Upgrade";

    private final AccessControl access;
    private final OwnOrigins origins;
    private final TrustedProxies proxies;
    private final BasicLogins basicLogins;

    @Activate
    public GateGuard(@Reference AccessControl access, @Reference GatePreprocessor preprocessor, @Reference BasicLogins basicLogins) {
        this(access, preprocessor.origins(), preprocessor.proxies(), basicLogins);
    }

    GateGuard(AccessControl access, OwnOrigins origins, TrustedProxies proxies, BasicLogins basicLogins) {
        this.access = access;
        this.basicLogins = basicLogins;
        this.origins = origins;
        this.proxies = proxies;
    }

    @Override
    public Client identifyClient(String peer, Function<String, List<String>> headers) {
        Optional<ReportedClient> client = proxies.findClient(peer, headers);
        String basePath = basePathOf(client);
        Optional<Session> session = findCaller(Credentials.readCredentials(headers, basePath))
                .or(() -> findCaller(Credentials.readRedfish(headers, basePath))).map(Identified::session).or(() -> basicLogins.findSession(headers));
        return new Client(session, client.map(ReportedClient::address).orElse(peer));
    }

    @Override
    public boolean isKnownClient(String peer, Function<String, List<String>> headers) {
        Optional<ReportedClient> client = proxies.findClient(peer, headers);
        return access.isKnownAddress(client.map(ReportedClient::address).orElse(peer))
                || DeviceCookie.readToken(headers, basePathOf(client)).filter(access::isKnownDevice).isPresent();
    }

    private static String basePathOf(Optional<ReportedClient> client) {
        return client.map(ReportedClient::basePath).orElse(BasePath.ROOT).path();
    }

    @Override
    public boolean isProxy(String peer) {
        return proxies.isProxy(peer);
    }

    @Override
    public Verdict judgeRequest(RequestHead head) {
        if (REFUSED_METHODS.contains(head.method())) {
            return refuseRequest(405, "method_not_allowed", "This method is not served.");
        }
        OwnOrigins.HostCheck check = origins.checkHost(head.headers());
        if (check.refusal().isPresent()) {
            return new Verdict(Optional.empty(), check.refusal(), false);
        }
        Authority host = check.host().orElseThrow();
        Optional<Identified> caller = findCaller(RequestHeads.isRedfish(head.target()) ? Credentials.readRedfish(head.headers(), head.basePath())
                : Credentials.readCredentials(head.headers(), head.basePath()));
        boolean ambient = caller.map(Identified::ambient).orElse(true);
        if (needsOwnOrigin(head) && ambient && isForeign(head, host, caller.isPresent())) {
            return refuseRequest(403, "wrong_origin", "The request does not come from a page of this device. Its Origin header has to be "
                    + host.toOrigin(head.secure() ? "https" : "http") + "; behind a proxy, see origins of the configuration "
                    + GateConfig.PID + ".");
        }
        Optional<Session> session = caller.map(Identified::session);
        return new Verdict(session, Optional.empty(), session.filter(access::recentlyProved).isPresent());
    }

    /**
     * A session, and how the request brought its token.
     *
     * @param ambient see {@link Credentials}
     */
    private record Identified(Session session, boolean ambient) {
    }

    private Optional<Identified> findCaller(List<Credentials> given) {
        return given.stream()
                .flatMap(one -> access.session(one.token()).filter(one::isMeantFor).map(session -> new Identified(session, one.ambient())).stream()).findFirst();
    }

    /** Whether the request changes something or opens a WebSocket, which browsers let any page do. */
    private static boolean needsOwnOrigin(RequestHead head) {
        return !READ_METHODS.contains(head.method()) || head.hasHeader(UPGRADE);
    }

    /** @param withSession whether to refuse a request without Origin too: a browser may have been tricked into sending it with its session */
    private boolean isForeign(RequestHead head, Authority host, boolean withSession) {
        List<String> given = head.headers().apply("Origin");
        return given.isEmpty() ? withSession : given.size() > 1 || !origins.isOwnOrigin(given.get(0), head.secure(), host);
    }

    private static Verdict refuseRequest(int status, String code, String message) {
        return new Verdict(Optional.empty(), Optional.of(new Refusal(status, code, message, "")), false);
    }

    @Override
    public Refusal refuseWithoutSession(RequestHead head) {
        if (RequestHeads.isRedfish(head.target())) {
            return new Refusal(401, "unauthorized", "Log in first: POST /redfish/v1/SessionService/Sessions, or send user name and password with HTTP Basic.", "",
                    !isBrowser(head));
        }
        if (!RequestHeads.isNavigation(head)) {
            return new Refusal(401, "unauthorized", "Log in first: POST /api/v1/session.", "", isPlayer(head));
        }
        if (!access.claimed()) {
            return new Refusal(302, "not_claimed", "This device has no owner yet.", "/setup");
        }
        // In the fragment, which stays in the browser.
        String next = head.target().equals("/") ? "" : "#next=" + URLEncoder.encode(head.target(), StandardCharsets.UTF_8).replace("+", "%20");
        return new Refusal(302, "unauthorized", "Log in first.", "/login" + next);
    }

    /** Whether the client is a player or restreamer. These send their password only after a challenge, which would make a browser ask its user. */
    private static boolean isPlayer(RequestHead head) {
        return READ_METHODS.contains(head.method()) && !head.hasHeader(UPGRADE) && !isBrowser(head) && !head.hasHeader("Authorization");
    }

    private static boolean isBrowser(RequestHead head) {
        return BROWSER_HEADERS.stream().anyMatch(head::hasHeader);
    }
}
