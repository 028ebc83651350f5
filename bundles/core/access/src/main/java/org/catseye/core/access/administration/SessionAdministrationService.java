package org.catseye.core.access.administration;

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
import org.catseye.core.access.AccessService;
import org.catseye.core.access.session.ApiToken;
import org.catseye.core.access.session.LiveSession;
import org.catseye.core.access.session.SessionRecord;
import org.catseye.core.access.users.GrantRule;
import org.catseye.core.access.users.SimilarNames;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Lists and ends logins and API tokens. Thread-safe. */
@Component(service = SessionAdministration.class)
public final class SessionAdministrationService implements SessionAdministration {

    static final int MAX_TOKENS = 64;
    static final Duration MAX_LIFETIME = Duration.ofDays(3653);

    private final AccessService access;

    @Activate
    public SessionAdministrationService(@Reference AccessService access) {
        this.access = access;
    }

    @Override
    public List<Opened> sessions(Caller by) throws AccessException {
        return listOpened(by, false);
    }

    @Override
    public List<Opened> tokens(Caller by) throws AccessException {
        return listOpened(by, true);
    }

    private List<Opened> listOpened(Caller by, boolean tokens) throws AccessException {
        return findManageable(by, tokens).stream().sorted(Comparator.comparing((LiveSession session) -> session.toRecord().created())
                .thenComparing(LiveSession::id)).map(session -> toOpened(session, by.session())).toList();
    }

    private static Opened toOpened(LiveSession session, Session own) {
        SessionRecord kept = session.toRecord();
        return new Opened(kept.id(), kept.user(), kept.token().map(ApiToken::name).orElse(""),
                kept.token().map(token -> token.rights().byTarget()).orElse(Map.of()), kept.created(), kept.used(), session.expires(), kept.address(), session == own,
                kept.authenticator());
    }

    /** Default deny: those of the user who is logged in, or with ADMIN all. */
    private List<LiveSession> findManageable(Caller by, boolean tokens) throws AccessException {
        boolean admin = access.hasPermission(by.session(), Permission.ADMIN, Rights.EVERY);
        if (!admin && !access.isLoggedIn(by.session())) {
            throw new AccessException(Reason.FORBIDDEN, "This needs the right ADMIN, or a user who is logged in.");
        }
        return access.sessions().listSessions().stream().filter(session -> session.isApiToken() == tokens && (admin || isOwn(session, by))).toList();
    }

    @Override
    public Login createToken(Caller by, String name, Map<String, Set<Permission>> rights, Instant expires) throws AccessException {
        if (!access.isLoggedIn(by.session())) {
            throw new AccessException(Reason.FORBIDDEN, "Only a user who is logged in can create a token, not another token.");
        }
        if (name.isBlank() || name.length() > 64 || !SimilarNames.isVisible(name)) {
            throw invalid("A token needs a name of 1 to 64 visible characters.");
        }
        Instant now = access.time().instant();
        if (!expires.isAfter(now) || expires.isAfter(now.plus(MAX_LIFETIME))) {
            throw invalid("The end of a token must be in the future, at most ten years away.");
        }
        Rights wanted = Rights.checked(rights);
        if (wanted.byTarget().values().stream().allMatch(Set::isEmpty)) {
            throw invalid("A token without rights is useless. Give it at least VIEW.");
        }
        requireOwnRights(by, wanted);
        ApiToken token = new ApiToken(name, access.userStatus().limitRights((LiveSession) by.session(), wanted), expires);
        Login made = createUniqueToken(by, token);
        access.recordChange(by, "token.made", Map.of("token", ((LiveSession) made.session()).id(), "name", name, "rights", token.rights().describe()));
        return made;
    }

    /** Otherwise the token would get more power when its user is promoted, and its list would show rights that it doesn't have. */
    private void requireOwnRights(Caller by, Rights wanted) throws AccessException {
        Rights missing = access.userStatus().findMissingRights((LiveSession) by.session(), wanted);
        if (!missing.equals(Rights.NONE)) {
            throw invalid("You can give a token only rights that you have yourself. You don't have " + missing.describe() + ".");
        }
    }

    /** Synchronized, so that two calls at once can't use the same name. */
    private synchronized Login createUniqueToken(Caller by, ApiToken token) throws AccessException {
        List<LiveSession> own = access.sessions().listSessions().stream().filter(session -> session.isApiToken() && isOwn(session, by)).toList();
        List<String> names = own.stream().map(session -> session.toRecord().token().orElseThrow().name()).toList();
        if (names.contains(token.name())) {
            throw new AccessException(Reason.CONFLICT, "You already have a token of this name.");
        }
        GrantRule.requireDistinctName(names, token.name(), "token");
        if (own.size() >= MAX_TOKENS) {
            throw invalid("A user may have " + MAX_TOKENS + " tokens at most. Revoke one first.");
        }
        return access.createToken(by, token);
    }

    private static boolean isOwn(LiveSession session, Caller by) {
        return by.session() instanceof LiveSession mine && session.isOfUser(mine.authenticator(), mine.user());
    }

    @Override
    public void endSession(Caller by, String id) throws AccessException {
        LiveSession ended = endManageable(by, id, false);
        access.recordChange(by, "session.ended", Map.of("session", id, "name", ended.user()));
        requireStored();
    }

    @Override
    public void revokeToken(Caller by, String id) throws AccessException {
        LiveSession revoked = endManageable(by, id, true);
        access.recordChange(by, "token.revoked", Map.of("token", id, "name", revoked.user()));
        requireStored();
    }

    private void requireStored() throws AccessException {
        if (!access.sessions().isStored()) {
            throw new AccessException(Reason.NOT_STORED, "It is ended, but this could not be stored: the disk is full or not writable."
                    + " If the device restarts before that is fixed, it works again.");
        }
    }

    private LiveSession endManageable(Caller by, String id, boolean token) throws AccessException {
        LiveSession found = findManageable(by, token).stream().filter(session -> session.id().equals(id)).findFirst()
                .orElseThrow(() -> new AccessException(Reason.NOT_FOUND, "There is nothing with this id that you may end."));
        access.sessions().endSession(found);
        return found;
    }

    private static AccessException invalid(String message) {
        return new AccessException(Reason.INVALID, message);
    }
}
