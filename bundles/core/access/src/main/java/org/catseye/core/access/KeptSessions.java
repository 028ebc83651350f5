package org.catseye.core.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catseye.access.AccessControl.Login;
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.catseye.access.Caller;
import org.catseye.access.Permission;
import org.catseye.access.Rights;
import org.catseye.access.Session;
import org.catseye.access.SessionAdministration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Lists and ends what is in {@code sessions.json}. */
@Component(service = SessionAdministration.class)
public final class KeptSessions implements SessionAdministration {

    static final int MOST_TOKENS = 64;
    static final Duration LONGEST = Duration.ofDays(3653);

    private final Doorkeeper access;

    @Activate
    public KeptSessions(@Reference Doorkeeper access) {
        this.access = access;
    }

    @Override
    public List<Opened> sessions(Caller by) throws AccessException {
        return list(by, false);
    }

    @Override
    public List<Opened> tokens(Caller by) throws AccessException {
        return list(by, true);
    }

    private List<Opened> list(Caller by, boolean tokens) throws AccessException {
        return manageable(by, tokens).stream().sorted(Comparator.comparing((LiveSession session) -> session.kept().created())
                .thenComparing(LiveSession::id)).map(session -> opened(session, by.session())).toList();
    }

    private static Opened opened(LiveSession session, Session own) {
        LiveSession.Record kept = session.kept();
        return new Opened(kept.id(), kept.user(), kept.token().map(LiveSession.Token::name).orElse(""),
                kept.token().map(token -> token.rights().byTarget()).orElse(Map.of()), kept.created(), kept.used(), session.expires(), kept.address(), session == own,
                kept.authenticator());
    }

    /** Default deny: one's own in person, or everybody's. */
    private List<LiveSession> manageable(Caller by, boolean tokens) throws AccessException {
        boolean admin = access.hasPermission(by.session(), Permission.ADMIN, Rights.EVERY);
        if (!admin && !access.isInPerson(by.session())) {
            throw new AccessException(Reason.FORBIDDEN, "This needs a person who is logged in, or the right ADMIN.");
        }
        return access.sessions().all().stream().filter(session -> session.isToken() == tokens && (admin || isOwn(session, by))).toList();
    }

    @Override
    public Login createToken(Caller by, String name, Map<String, Set<Permission>> rights, Instant expires) throws AccessException {
        if (!access.isInPerson(by.session())) {
            throw new AccessException(Reason.FORBIDDEN, "A token is made by a person who is logged in, not by another token.");
        }
        if (name.isBlank() || name.length() > 64 || name.chars().anyMatch(Character::isISOControl)) {
            throw invalid("A token needs a name of 1 to 64 characters.");
        }
        Instant now = access.now();
        if (!expires.isAfter(now) || expires.isAfter(now.plus(LONGEST))) {
            throw invalid("The end of a token has to be in the future, and at most ten years away.");
        }
        LiveSession.Token token = new LiveSession.Token(name, Rights.checked(rights), expires);
        if (token.rights().byTarget().values().stream().allMatch(Set::isEmpty)) {
            throw invalid("A token without any right is of no use. Give it at least VIEW.");
        }
        Login made = issue(by, token);
        access.changed(by, "token.made", Map.of("token", ((LiveSession) made.session()).id(), "name", name, "rights", token.rights().describe()));
        return made;
    }

    /** Two at once must not get the same name. */
    private synchronized Login issue(Caller by, LiveSession.Token token) throws AccessException {
        List<LiveSession> own = access.sessions().all().stream().filter(session -> session.isToken() && isOwn(session, by)).toList();
        if (own.stream().anyMatch(session -> session.kept().token().orElseThrow().name().equals(token.name()))) {
            throw new AccessException(Reason.CONFLICT, "You have a token of this name already.");
        }
        if (own.size() >= MOST_TOKENS) {
            throw invalid("A user may have " + MOST_TOKENS + " tokens at most. Revoke one first.");
        }
        return access.issue(by, token);
    }

    private static boolean isOwn(LiveSession session, Caller by) {
        return by.session() instanceof LiveSession mine && session.isOf(mine.authenticator(), mine.user());
    }

    @Override
    public void endSession(Caller by, String id) throws AccessException {
        String owner = end(by, id, false);
        access.changed(by, "session.ended", Map.of("session", id, "name", owner));
    }

    @Override
    public void revokeToken(Caller by, String id) throws AccessException {
        String owner = end(by, id, true);
        access.changed(by, "token.revoked", Map.of("token", id, "name", owner));
    }

    private String end(Caller by, String id, boolean token) throws AccessException {
        LiveSession found = manageable(by, token).stream().filter(session -> session.id().equals(id)).findFirst()
                .orElseThrow(() -> new AccessException(Reason.NOT_FOUND, "There is nothing of this id that you may end."));
        access.sessions().end(found);
        return found.user();
    }

    private static AccessException invalid(String message) {
        return new AccessException(Reason.INVALID, message);
    }
}
