package org.catseye.core.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.catseye.access.Permission;
import org.catseye.access.Rights;
import org.catseye.access.spi.Answer;
import org.catseye.access.spi.Identity;
import org.catseye.core.access.Authenticators.Source;

/**
 * Who stands behind a session, as its authenticator says. Users of this device are asked for at each request; of others the last word
 * counts, for a bounded time. The same time goes by for everybody when an authenticator is away: a bundle can be updated under people who
 * are logged in, and a mistake in the console can be undone. Thread-safe.
 */
final class Standing {

    private final Authenticators authenticators;
    private final InstantSource time;
    private final Duration trust;
    private final Map<Key, Word> words = new ConcurrentHashMap<>();

    private record Key(String authenticator, String user) {
        static Key of(LiveSession session) {
            return new Key(session.authenticator(), session.user());
        }
    }

    private record Word(Identity identity, Instant at) {
    }

    /** @param trust how long a word counts without being renewed */
    Standing(Authenticators authenticators, InstantSource time, Duration trust) {
        this.authenticators = authenticators;
        this.time = time;
        this.trust = trust;
    }

    /** An authenticator has vouched for somebody just now. */
    void learn(String authenticator, Identity identity) {
        words.put(new Key(authenticator, identity.user()), new Word(identity, time.instant()));
    }

    /** It knows him no more. */
    void forget(String authenticator, String user) {
        words.remove(new Key(authenticator, user));
    }

    /** What it said last counts from now on, because it cannot be asked any more. */
    void freeze(String authenticator) {
        words.replaceAll((key, word) -> key.authenticator().equals(authenticator) ? new Word(word.identity(), time.instant()) : word);
    }

    /** Since when nothing was heard of a user. */
    Instant heard(String authenticator, String user) {
        Word word = words.get(new Key(authenticator, user));
        return word == null ? Instant.EPOCH : word.at();
    }

    /** Who it is; empty if he is gone, or if that has not been known for too long. */
    Optional<Identity> of(LiveSession session) {
        String by = session.authenticator();
        Optional<Source> source = authenticators.named(by);
        if (source.isPresent() && source.get().onDevice()) {
            if (!(source.get().service().check(session.user()) instanceof Answer.Known known)) {
                return Optional.empty();
            }
            keep(Key.of(session), known.identity());
            return Optional.of(known.identity());
        }
        // A name that is known on the device is the device's.
        boolean shadowed = authenticators.device().isPresent() && !(authenticators.device().get().check(session.user()) instanceof Answer.NotMine);
        Word word = words.get(Key.of(session));
        return shadowed || word == null || time.instant().isAfter(word.at().plus(trust)) ? Optional.empty() : Optional.of(word.identity());
    }

    /** For the time when it is away. Written only when it has changed: this is asked for each key. */
    private void keep(Key key, Identity identity) {
        Word word = words.get(key);
        if (word == null || !word.identity().equals(identity)) {
            words.put(key, new Word(identity, time.instant()));
        }
    }

    /** Whether the session is still good: its user is there and the same. */
    boolean stands(LiveSession session) {
        return of(session).filter(session::belongsTo).isPresent();
    }

    boolean permits(LiveSession session, Permission permission, String targetId) {
        return of(session).filter(session::belongsTo).filter(identity -> allows(identity, permission, targetId)).isPresent();
    }

    private boolean allows(Identity identity, Permission permission, String targetId) {
        return new Rights(identity.grants().rights()).permits(permission, targetId)
                || identity.grants().roles().stream().anyMatch(role -> authenticators.role(role).permits(permission, targetId));
    }

    /** Whether somebody has a role, as far as is known. */
    boolean has(LiveSession session, String role) {
        return of(session).filter(identity -> identity.grants().roles().contains(role)).isPresent();
    }

    /** Forgets whom nobody is logged in as. */
    void trim(Collection<LiveSession> sessions) {
        words.keySet().retainAll(sessions.stream().map(Key::of).toList());
    }
}
