package org.catseye.core.access.authenticator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.catseye.access.Permission;
import org.catseye.access.Rights;
import org.catseye.access.spi.Answer;
import org.catseye.access.spi.Identity;
import org.catseye.core.access.session.LiveSession;
import org.catseye.core.access.session.SessionRights;
import org.catseye.core.access.users.LocalUsers;

/**
 * The current status of the users of sessions, as their authenticators report it, and from that the rights of each session. Users of this device are
 * looked up each time. For others the last answer applies, for a bounded time. This also holds for all users of an authenticator that is removed: a
 * bundle can be updated while its users work, and a mistake in the web console can be undone. Thread-safe.
 */
public final class UserStatus {

    private final Authenticators authenticators;
    private final InstantSource time;
    private final Supplier<Duration> trust;
    private final Map<Key, LastAnswer> answers = new ConcurrentHashMap<>();

    private record Key(String authenticator, String user) {
        static Key of(LiveSession session) {
            return new Key(session.authenticator(), session.user());
        }
    }

    private record LastAnswer(Identity identity, Instant at) {
    }

    /** @param validUntil the first moment at which this is no longer known */
    private record CurrentUser(Identity identity, Instant validUntil) {
    }

    /** @param trust how long an answer applies without being renewed; may change at any time */
    public UserStatus(Authenticators authenticators, InstantSource time, Supplier<Duration> trust) {
        this.authenticators = authenticators;
        this.time = time;
        this.trust = trust;
    }

    /** An authenticator has just confirmed a user. */
    public void recordIdentity(String authenticator, Identity identity) {
        answers.put(new Key(authenticator, identity.user()), new LastAnswer(identity, time.instant()));
    }

    /** The authenticator no longer has this user. */
    public void forgetUser(String authenticator, String user) {
        answers.remove(new Key(authenticator, user));
    }

    /** The authenticator was removed: its last answers apply from now on, for a bounded time. */
    public void startTrust(String authenticator) {
        answers.replaceAll((key, answer) -> key.authenticator().equals(authenticator) ? new LastAnswer(answer.identity(), time.instant()) : answer);
    }

    /** When the authenticator last answered about a user. */
    public Instant lastAnswered(String authenticator, String user) {
        LastAnswer answer = answers.get(new Key(authenticator, user));
        return answer == null ? Instant.EPOCH : answer.at();
    }

    /** The user of a session; empty if the user was removed, or if that has been unknown for too long. Never blocks. */
    public Optional<Identity> findIdentity(LiveSession session) {
        return findUser(session).map(CurrentUser::identity);
    }

    private Optional<CurrentUser> findUser(LiveSession session) {
        Optional<LocalUsers> local = authenticators.findLocalUsers().filter(LocalUsers::isLoaded);
        if (local.isPresent() && authenticators.findByName(session.authenticator()).filter(BoundAuthenticator::isLocal).isPresent()) {
            if (!(local.get().findUser(session.user()) instanceof Answer.Known known)) {
                return Optional.empty();
            }
            keepAnswer(Key.of(session), known.identity());
            return Optional.of(new CurrentUser(known.identity(), Instant.MAX));
        }
        // A user name of this device always means the user of this device.
        boolean shadowed = local.isPresent() && !(local.get().findUser(session.user()) instanceof Answer.NotMine);
        LastAnswer answer = answers.get(Key.of(session));
        if (shadowed || answer == null) {
            return Optional.empty();
        }
        Instant lastTrusted = answer.at().plus(trust.get());
        return time.instant().isAfter(lastTrusted) ? Optional.empty() : Optional.of(new CurrentUser(answer.identity(), lastTrusted.plusMillis(1)));
    }

    /** For the time when this device's users are unavailable. */
    private void keepAnswer(Key key, Identity identity) {
        LastAnswer answer = answers.get(key);
        if (answer == null || !answer.identity().equals(identity)) {
            answers.put(key, new LastAnswer(identity, time.instant()));
        }
    }

    /** Refreshes the rights of a session. @return whether its user exists and has not changed, so that the session may be used */
    public boolean refreshSession(LiveSession session) {
        return session.refreshRights(() -> findUser(session).filter(user -> session.belongsTo(user.identity()))
                .map(user -> SessionRights.combine(listGranted(user.identity()), session.rightsCap(), user.validUntil())));
    }

    /** To be called after each change of users, roles or authenticators. */
    public void refreshSessions(Collection<LiveSession> sessions) {
        sessions.forEach(this::refreshSession);
    }

    private List<Rights> listGranted(Identity identity) {
        List<Rights> granted = new ArrayList<>(List.of(new Rights(identity.grants().rights())));
        identity.grants().roles().forEach(role -> granted.add(authenticators.rightsOfRole(role)));
        return granted;
    }

    /** Those of the wanted rights that the user of a session doesn't have. A right on every target is missing if the user has it on none. */
    public Rights findMissingRights(LiveSession session, Rights wanted) {
        List<Rights> granted = listGranted(session);
        Map<String, Set<Permission>> missing = new HashMap<>();
        wanted.byTarget().forEach((target, permissions) -> permissions.stream().filter(permission -> listOwnTargets(granted, permission, target).isEmpty())
                .forEach(permission -> missing.computeIfAbsent(target, none -> new HashSet<>()).add(permission)));
        return new Rights(missing);
    }

    /** Those of the wanted rights that the user of a session has. A right on every target becomes one on each target where the user has it. */
    public Rights limitRights(LiveSession session, Rights wanted) {
        List<Rights> granted = listGranted(session);
        Map<String, Set<Permission>> limited = new HashMap<>();
        wanted.byTarget().forEach((target, permissions) -> permissions.forEach(permission -> listOwnTargets(granted, permission, target)
                .forEach(own -> limited.computeIfAbsent(own, none -> new HashSet<>()).add(permission))));
        return new Rights(limited);
    }

    private List<Rights> listGranted(LiveSession session) {
        return findIdentity(session).map(this::listGranted).orElse(List.of());
    }

    private static Set<String> listOwnTargets(List<Rights> granted, Permission permission, String target) {
        if (granted.stream().anyMatch(rights -> rights.permits(permission, target))) {
            return Set.of(target);
        }
        if (!target.equals(Rights.EVERY) || !permission.isPerTarget()) {
            return Set.of();
        }
        return granted.stream().flatMap(rights -> rights.byTarget().entrySet().stream()).filter(own -> own.getValue().contains(permission))
                .map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    /** Whether the user of a session has a role, as far as this is known. */
    public boolean hasRole(LiveSession session, String role) {
        return findIdentity(session).filter(identity -> identity.grants().roles().contains(role)).isPresent();
    }

    /** Forgets users without a session. */
    public void retainUsersOf(Collection<LiveSession> sessions) {
        answers.keySet().retainAll(sessions.stream().map(Key::of).collect(Collectors.toSet()));
    }
}
