package org.catseye.web.gate;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.catseye.access.AccessControl;
import org.catseye.access.Session;
import org.catseye.web.RequestGuard;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The one place where Host, Origin and token of a request are looked at. */
@Component(service = RequestGuard.class)
public final class Guard implements RequestGuard {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> REFUSED = Set.of("TRACE", "TRACK", "CONNECT");
    private static final String UPGRADE = "Upgrade";

    private final AccessControl access;
    private final Origins origins;

    @Activate
    public Guard(@Reference AccessControl access, @Reference FrontDoor door) {
        this(access, door.origins());
    }

    Guard(AccessControl access, Origins origins) {
        this.access = access;
        this.origins = origins;
    }

    @Override
    public Verdict judge(Ask ask) {
        if (REFUSED.contains(ask.method())) {
            return refused(405, "method_not_allowed", "This method is not served.");
        }
        Origins.Addressed addressed = origins.addressed(ask.headers());
        if (addressed.refusal().isPresent()) {
            return new Verdict(Optional.empty(), addressed.refusal(), false);
        }
        Authority host = addressed.host().orElseThrow();
        Optional<Credentials> credentials = Credentials.of(ask.headers());
        Optional<Session> session = credentials.flatMap(given -> access.session(given.token()));
        boolean ambient = credentials.map(Credentials::ambient).orElse(false);
        if (changes(ask) && !(session.isPresent() && !ambient) && foreign(ask, host, session.isPresent())) {
            return refused(403, "wrong_origin", "This was not asked by a page of this device. Its Origin header has to be "
                    + host.origin(ask.secure() ? "https" : "http") + "; if a proxy is in between, see origins of the configuration "
                    + GateConfig.PID + ".");
        }
        return new Verdict(session, Optional.empty(), session.filter(access::recentlyProved).isPresent());
    }

    /** Whether it changes something or opens a WebSocket, which browsers let any page do. */
    private static boolean changes(Ask ask) {
        return !READING.contains(ask.method()) || ask.has(UPGRADE);
    }

    /** An Origin that is not ours; without any, whoever comes with what browsers send on their own is taken for a browser that was tricked. */
    private boolean foreign(Ask ask, Authority host, boolean ambientCounts) {
        List<String> given = ask.headers().apply("Origin");
        return given.isEmpty() ? ambientCounts : given.size() > 1 || !origins.ours(given.get(0), ask.secure(), host);
    }

    private static Verdict refused(int status, String code, String message) {
        return new Verdict(Optional.empty(), Optional.of(new Refusal(status, code, message, "")), false);
    }

    @Override
    public Refusal turnAway(Ask ask) {
        if (!Answers.navigates(ask)) {
            return new Refusal(401, "unauthorized", "Log in first: POST /api/v1/session.", "", player(ask));
        }
        if (!access.claimed()) {
            return new Refusal(302, "not_claimed", "This device has no owner yet.", "/setup");
        }
        // In the fragment, which stays in the browser.
        String next = ask.target().equals("/") ? "" : "#next=" + URLEncoder.encode(ask.target(), StandardCharsets.UTF_8).replace("+", "%20");
        return new Refusal(302, "unauthorized", "Log in first.", "/login" + next);
    }

    /** Whether a player or restreamer asks, which sends its password only when it is asked to; a browser would ask its user, so it is not. */
    private static boolean player(Ask ask) {
        return READING.contains(ask.method()) && !ask.has(UPGRADE)
                && List.of("Cookie", "Origin", "Sec-Fetch-Mode", "Authorization").stream().noneMatch(ask::has);
    }

    @Override
    public Answer answer(Ask ask, Refusal refusal, String user) {
        return Answers.of(ask, refusal, user);
    }
}
