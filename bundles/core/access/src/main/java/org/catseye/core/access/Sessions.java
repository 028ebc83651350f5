package org.catseye.core.access;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.catseye.access.AccessControl;
import org.catseye.access.spi.Identity;
import org.catseye.secrets.SecretFile;
import org.catseye.secrets.Secrets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is logged in. A token is known by its SHA-256 only, in memory and in {@code sessions.json}, which keeps people logged in over
 * a restart. Thread-safe; {@link #find} touches no disk.
 */
final class Sessions {

    /** The one that was not used longest goes when a user opens more. */
    static final int MOST_PER_USER = 64;

    /** The time of last use reaches the disk this often at most, to spare the SD card. */
    static final Duration SAVE_USE_EVERY = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    private final SecretFile file;
    private final LiveSession.Limits limits;
    private final ProofClock clock;
    private final InstantSource time;
    private final Map<String, LiveSession> byHash = new ConcurrentHashMap<>();

    /** Guarded by this, as is writing the file. */
    private Instant saved;
    private boolean suspended;

    Sessions(SecretFile file, LiveSession.Limits limits, ProofClock clock) {
        this.file = file;
        this.limits = limits;
        this.clock = clock;
        this.time = clock.time();
        this.saved = time.instant();
    }

    /**
     * Takes up the sessions of before the restart. Whether their users are still the same is seen when they come.
     *
     * @return all that was kept, also what is too old by now
     */
    List<LiveSession.Record> load() {
        try {
            var content = file.read();
            List<LiveSession.Record> all = content.isPresent() ? SessionFile.read(content.get()) : List.of();
            for (LiveSession.Record kept : all) {
                LiveSession session = new LiveSession(kept, limits, clock);
                if (session.valid()) {
                    byHash.put(kept.hash(), session);
                }
            }
            return all;
        } catch (IOException e) {
            LOG.warn("{}: {}. Everybody has to log in again; the file is replaced at the next login.", file.path(), SecretFile.why(e));
            return List.of();
        }
    }

    /** @param address where from */
    AccessControl.Login open(String authenticator, Identity user, String address) {
        makeRoom(authenticator, user.user(), MOST_PER_USER - 1);
        return make(authenticator, user.user(), user.stamp(), address, Optional.empty());
    }

    /** Makes an API token. */
    AccessControl.Login issue(String authenticator, Identity user, String address, LiveSession.Token token) {
        return make(authenticator, user.user(), user.tokenStamp(), address, Optional.of(token));
    }

    private AccessControl.Login make(String authenticator, String user, String stamp, String address, Optional<LiveSession.Token> kind) {
        String token = Secrets.token();
        Instant now = time.instant();
        Optional<Instant> proved = kind.isPresent() ? Optional.empty() : Optional.of(now);
        LiveSession session = new LiveSession(new LiveSession.Record(hash(token), user, stamp, now, now, address, kind, authenticator, proved), limits, clock);
        byHash.put(hash(token), session);
        if (!save()) {
            session.end();
        }
        return new AccessControl.Login(session, token);
    }

    /** Those that are valid, tokens too. */
    List<LiveSession> all() {
        return byHash.values().stream().filter(LiveSession::valid).toList();
    }

    private void makeRoom(String authenticator, String user, int most) {
        List<LiveSession> oldestFirst = byHash.values().stream().filter(session -> session.isOf(authenticator, user) && !session.isToken())
                .sorted(Comparator.comparing((LiveSession session) -> session.kept().used())).toList();
        oldestFirst.subList(0, Math.max(0, oldestFirst.size() - most)).forEach(this::remove);
    }

    /** The valid session of a token. The look-up goes by hash: its time tells nothing about any token. */
    Optional<LiveSession> find(String token) {
        if (token.length() != Secrets.TOKEN_CHARS) {
            return Optional.empty();
        }
        LiveSession session = byHash.get(hash(token));
        if (session == null || !session.valid()) {
            return Optional.empty();
        }
        session.touch();
        return Optional.of(session);
    }

    boolean holds(LiveSession session) {
        return byHash.get(session.kept().hash()) == session;
    }

    /** Its user has proved again who they are. */
    void proved(LiveSession session) {
        session.proved();
        save();
    }

    void end(LiveSession session) {
        if (remove(session)) {
            save();
        }
    }

    /**
     * Logs a user out everywhere. His API tokens stay, but what was opened with them closes and asks again.
     *
     * @param user as he is now, after the change
     */
    void endAllOf(String authenticator, Identity user) {
        for (LiveSession session : of(authenticator, user.user())) {
            if (session.isToken() && session.belongsTo(user)) {
                rest(session);
            } else {
                remove(session);
            }
        }
        save();
    }

    /** Somebody is no user any more. */
    void endAllOf(String authenticator, String formerUser) {
        of(authenticator, formerUser).forEach(this::remove);
        save();
    }

    /** Ends what was opened by somebody with another password or other rights. */
    void endStale(String authenticator, Identity user) {
        List<LiveSession> stale = of(authenticator, user.user()).stream().filter(session -> !session.belongsTo(user)).toList();
        stale.forEach(this::remove);
        if (!stale.isEmpty()) {
            save();
        }
    }

    /** Closes what is open with it; with its token it can be opened again, if its user still may. */
    void rest(LiveSession session) {
        byHash.replace(session.kept().hash(), session, new LiveSession(session.kept(), limits, clock));
        session.end();
    }

    private List<LiveSession> of(String authenticator, String user) {
        return byHash.values().stream().filter(session -> session.isOf(authenticator, user)).toList();
    }

    private boolean remove(LiveSession session) {
        boolean ours = byHash.remove(session.kept().hash(), session);
        session.end();
        return ours;
    }

    /** Ends what has expired. Called every few seconds. */
    void sweep() {
        boolean changed = false;
        for (LiveSession session : byHash.values()) {
            if (session.valid()) {
                session.touchIfWatched();
            } else {
                changed |= remove(session);
            }
        }
        if (changed || useIsUnsaved()) {
            save();
        }
    }

    private synchronized boolean useIsUnsaved() {
        Instant before = saved;
        return Duration.between(before, time.instant()).compareTo(SAVE_USE_EVERY) > 0
                && byHash.values().stream().anyMatch(session -> session.kept().used().isAfter(before));
    }

    /** Ends every session in memory, so that every socket closes; the tokens stay valid for who comes next. */
    void suspend() {
        synchronized (this) {
            save();
            suspended = true;
        }
        byHash.values().forEach(LiveSession::end);
        byHash.clear();
    }

    /** False when all is over and a new instance may own the file. */
    private synchronized boolean save() {
        if (suspended) {
            return false;
        }
        saved = time.instant();
        try {
            file.write(SessionFile.write(byHash.values().stream().map(LiveSession::kept).toList()));
        } catch (IOException e) {
            LOG.warn("{} cannot be written: {}. Logins and logouts will not outlast a restart.", file.path(), SecretFile.why(e));
        }
        return true;
    }

    private static String hash(String token) {
        return HexFormat.of().formatHex(Secrets.digest(token));
    }
}
