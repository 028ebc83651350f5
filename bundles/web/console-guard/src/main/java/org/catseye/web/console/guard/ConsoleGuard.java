package org.catseye.web.console.guard;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.felix.webconsole.spi.SecurityProvider;
import org.catseye.access.AccessControl;
import org.catseye.access.Audit;
import org.catseye.access.Permission;
import org.catseye.access.Session;
import org.catseye.http.HttpAnswer;
import org.catseye.http.RefusalAnswer;
import org.catseye.http.RequestHeads;
import org.catseye.http.SessionCookie;
import org.catseye.web.RequestGuard;
import org.catseye.web.RequestGuard.Refusal;
import org.catseye.web.RequestGuard.RequestHead;
import org.catseye.web.RequestGuard.Verdict;
import org.catseye.web.console.guard.policy.ConsolePolicy;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Grants access to the web console to sessions with ADMIN only. The framework property
 * {@code felix.webconsole.security.providers=catseye} makes this service mandatory: while it is missing, the console is not
 * served, instead of falling back to its own password. The console also has no protection against cross-site requests. The
 * guard's check of the Origin header, {@link CrossSiteCheck} and {@link ConsolePolicy} provide it.
 */
@Component(service = SecurityProvider.class, property = SecurityProvider.PROPERTY_ID + "=" + ConsoleGuard.ID)
public final class ConsoleGuard implements SecurityProvider {

    static final String ID = "catseye";

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final RequestGuard guard;
    private final AccessControl access;
    private final Audit audit;
    private final Asked asked;
    private final CrossSiteCheck crossSite;

    @Activate
    public ConsoleGuard(BundleContext context, @Reference RequestGuard guard, @Reference AccessControl access, @Reference Audit audit) {
        this(guard, access, audit, new Asked(context::getBundle));
    }

    ConsoleGuard(RequestGuard guard, AccessControl access, Audit audit, Asked asked) {
        this.asked = asked;
        this.guard = guard;
        this.access = access;
        this.audit = audit;
        crossSite = new CrossSiteCheck(guard);
    }

    @Override
    public Object authenticate(HttpServletRequest request, HttpServletResponse response) {
        ConsolePolicy.set(response);
        RequestHead head = RequestHeads.describeRequest(request);
        if (crossSite.isForeign(head)) {
            return crossSite.refuse(head, response);
        }
        Verdict verdict = guard.judgeRequest(head);
        if (verdict.refusal().isPresent()) {
            return refuse(head, response, verdict.refusal().get(), "");
        }
        if (verdict.session().isEmpty()) {
            return refuse(head, response, guard.refuseWithoutSession(head), "");
        }
        Session session = verdict.session().get();
        if (!admin(session)) {
            return refuse(head, response, new Refusal(403, "forbidden", "The web console needs the right ADMIN.", ""), session.user());
        }
        if (!READING.contains(head.method())) {
            return change(verdict, head, request, response);
        }
        if (ReadingRule.isChange(request)) {
            audit.record("console.refused", session.user(), request.getRemoteAddr(),
                    Map.of("path", Asked.clean(request.getRequestURI()), "method", head.method()));
            return refuse(head, response, ReadingRule.REFUSAL, session.user());
        }
        Optional<Refusal> detour = verdict.recentlyProved() ? Optional.empty() : ProofDoor.beforePage(head);
        return detour.isPresent() ? refuse(head, response, detour.get(), session.user()) : session;
    }

    /**
     * Audits a change and limits its size, because the console does neither. The result is also audited, for example as
     * {@code bundle.installed}.
     */
    private Object change(Verdict verdict, RequestHead head, HttpServletRequest request, HttpServletResponse response) {
        Session session = verdict.session().orElseThrow();
        Optional<Refusal> refused = verdict.recentlyProved() ? Uploads.judge(request) : Optional.of(ProofDoor.REFUSAL);
        // The names of the affected items are in the body, which is not read for a refused request.
        Map<String, String> details = new TreeMap<>(refused.isPresent() ? Map.of() : asked.of(request));
        details.put("path", Asked.clean(request.getRequestURI()));
        details.put("bytes", Long.toString(Math.max(0, request.getContentLengthLong())));
        audit.record(refused.isPresent() ? "console.refused" : "console.changed", session.user(), request.getRemoteAddr(), details);
        if (refused.isEmpty()) {
            return session;
        }
        return verdict.recentlyProved() ? refuse(head, response, refused.get(), session.user()) : send(response, ProofDoor.answer(head));
    }

    private boolean admin(Session session) {
        return access.hasPermission(session, Permission.ADMIN, "*");
    }

    private Object refuse(RequestHead head, HttpServletResponse response, Refusal refusal, String user) {
        return send(response, RefusalAnswer.create(head, refusal, user));
    }

    private static Object send(HttpServletResponse response, HttpAnswer answer) {
        try {
            answer.send(response);
            response.flushBuffer();
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("the browser disconnected", e);
        }
    }

    /** All roles of the console (it has only one) require ADMIN, which may have been revoked since the login. */
    @Override
    public boolean authorize(Object user, String role) {
        return user instanceof Session session && admin(session);
    }

    /** Handles the logout link of the console. Commits the response, because otherwise the console performs its own logout. */
    @Override
    public void logout(HttpServletRequest request, HttpServletResponse response) {
        guard.judgeRequest(RequestHeads.describeRequest(request)).session().ifPresent(access::logout);
        SessionCookie.removeToken(request, response);
        refuse(RequestHeads.describeRequest(request), response, new Refusal(302, "logged_out", "Logged out.", "/login"), "");
    }
}
