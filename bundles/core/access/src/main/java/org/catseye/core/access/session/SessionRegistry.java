package org.catseye.core.access.session;

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
import java.util.function.Supplier;
import org.catseye.access.AccessControl;
import org.catseye.access.spi.Identity;
import org.catseye.core.access.proof.ProofClock;
import org.catseye.secrets.SecretFile;
import org.catseye.secrets.Secrets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All logins and API tokens. Only the SHA-256 of a token is kept, in memory and in {@link SessionFiles}, which keep users logged in over a restart.
 * Thread-safe; {@link #findSession} does not access the disk.
 */
public final class SessionRegistry {

    /** When a user opens more logins, the least recently used one ends. */
    public static final int MAX_LOGINS_PER_USER = 64;

    /** The time of last use is saved at most this often, to spare the SD card. */
    private static final Duration SAVE_USE_INTERVAL = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(SessionRegistry.class);

    private final SessionFiles files;
    private final Supplier<SessionLimits> limits;
    private final ProofClock clock;
    private final InstantSource time;
    private final Map<String, LiveSession> byHash = new ConcurrentHashMap<>();

    /** Guarded by this, as is writing the file. */
    private Instant saved;
    private boolean suspended;
    private boolean stored = true;

    /** @param limits the current ones for logins; they may change at any time */
    public SessionRegistry(SessionFiles files, Supplier<SessionLimits> limits, ProofClock clock) {
        this.files = files;
        this.limits = limits;
        this.clock = clock;
        this.time = clock.time();
        this.saved = time.instant();
    }

    /** Whether the file has everything; if not, it is written again every few seconds. False after the stop: the file is the next instance's. */
    public synchronized boolean isStored() {
        return stored && !suspended;
    }

    /**
     * Continues the sessions from before the restart. They have no rights until their users are checked.
     *
     * @return all sessions in the files, also expired ones
     */
    public List<SessionRecord> loadSessions() {
        List<SessionRecord> all = files.readRecords();
        for (SessionRecord kept : all) {
            LiveSession session = new LiveSession(kept, limits, clock);
            if (session.valid()) {
                byHash.put(kept.hash(), session);
            }
        }
        return all;
    }

    /** A new login, without rights until they are computed. @param address of the client */
    public AccessControl.Login openLogin(String authenticator, Identity user, String address) {
        endOldestLogins(authenticator, user.user(), MAX_LOGINS_PER_USER - 1);
        return createSession(authenticator, user.user(), user.stamp(), address, Optional.empty());
    }

    /** A new API token, without rights until they are computed. */
    public AccessControl.Login createToken(String authenticator, Identity user, String address, ApiToken token) {
        return createSession(authenticator, user.user(), user.tokenStamp(), address, Optional.of(token));
    }

    private AccessControl.Login createSession(String authenticator, String user, String stamp, String address, Optional<ApiToken> kind) {
        String token = Secrets.token();
        Instant now = time.instant();
        Optional<Instant> proved = kind.isPresent() ? Optional.empty() : Optional.of(now);
        LiveSession session = new LiveSession(new SessionRecord(hashToken(token), user, stamp, now, now, address, kind, authenticator, proved), limits, clock);
        byHash.put(hashToken(token), session);
        if (!saveSessions()) {
            session.endForGood();
        }
        return new AccessControl.Login(session, token);
    }

    /** All valid sessions, API tokens included. */
    public List<LiveSession> listSessions() {
        return byHash.values().stream().filter(LiveSession::valid).toList();
    }

    private void endOldestLogins(String authenticator, String user, int most) {
        List<LiveSession> oldestFirst = byHash.values().stream().filter(session -> session.isOfUser(authenticator, user) && !session.isApiToken())
                .sorted(Comparator.comparing((LiveSession session) -> session.lastUsed())).toList();
        oldestFirst.subList(0, Math.max(0, oldestFirst.size() - most)).forEach(this::removeSession);
    }

    /** The valid session of a token. The lookup uses the hash, so its time reveals nothing about a token. */
    public Optional<LiveSession> findSession(String token) {
        if (token.length() != Secrets.TOKEN_CHARS) {
            return Optional.empty();
        }
        LiveSession session = byHash.get(hashToken(token));
        if (session == null || !session.valid()) {
            return Optional.empty();
        }
        session.markUsed();
        return Optional.of(session);
    }

    /** Whether it is one of these, and not one of another instance or an ended one. */
    public boolean containsSession(LiveSession session) {
        return byHash.get(session.hash()) == session;
    }

    /** Its user has proved their identity again. */
    public void recordProof(LiveSession session) {
        session.recordProof();
        saveSessions();
    }

    /** @return false if this could not be stored: the session is over, but would be valid again after a restart */
    public boolean endSession(LiveSession session) {
        if (removeSession(session)) {
            saveSessions();
        }
        return isStored();
    }

    /**
     * Ends the logins of a user. Valid API tokens remain, but what is open with them closes and may be opened again.
     *
     * @param user as of now, after the change
     */
    public void endSessionsOf(String authenticator, Identity user) {
        for (LiveSession session : findSessionsOf(authenticator, user.user())) {
            if (session.isApiToken() && session.belongsTo(user)) {
                suspendSession(session);
            } else {
                removeSession(session);
            }
        }
        saveSessions();
    }

    /** Ends all sessions of a user who was removed, API tokens included. */
    public void endSessionsOf(String authenticator, String formerUser) {
        findSessionsOf(authenticator, formerUser).forEach(this::removeSession);
        saveSessions();
    }

    /** Ends the sessions that were opened with another password or other rights. */
    public void endStaleSessions(String authenticator, Identity user) {
        List<LiveSession> stale = findSessionsOf(authenticator, user.user()).stream().filter(session -> !session.belongsTo(user)).toList();
        stale.forEach(this::removeSession);
        if (!stale.isEmpty()) {
            saveSessions();
        }
    }

    /** Closes what is open with it. Its token can open it again, if its user is still allowed to. */
    public void suspendSession(LiveSession session) {
        byHash.replace(session.hash(), session, new LiveSession(session.toRecord(), limits, clock));
        session.endForGood();
    }

    private List<LiveSession> findSessionsOf(String authenticator, String user) {
        return byHash.values().stream().filter(session -> session.isOfUser(authenticator, user)).toList();
    }

    private boolean removeSession(LiveSession session) {
        boolean ours = byHash.remove(session.hash(), session);
        session.endForGood();
        return ours;
    }

    /** Ends expired sessions. Called every few seconds. */
    public void endExpiredSessions() {
        boolean changed = false;
        for (LiveSession session : byHash.values()) {
            if (session.valid()) {
                session.markUsedIfWatched();
            } else {
                changed |= removeSession(session);
            }
        }
        if (changed || !isStored() || isUseUnsaved()) {
            saveSessions();
        }
    }

    private synchronized boolean isUseUnsaved() {
        Instant before = saved;
        return Duration.between(before, time.instant()).compareTo(SAVE_USE_INTERVAL) > 0
                && byHash.values().stream().anyMatch(session -> session.lastUsed().isAfter(before));
    }

    /** Ends all sessions in memory, so that all sockets close. The tokens remain valid for the next instance. */
    public void suspendAll() {
        synchronized (this) {
            saveSessions();
            suspended = true;
        }
        byHash.values().forEach(LiveSession::endForGood);
        byHash.clear();
    }

    /** False after the stop, when a new instance may own the file. */
    private synchronized boolean saveSessions() {
        if (suspended) {
            return false;
        }
        saved = time.instant();
        try {
            files.writeRecords(byHash.values().stream().map(LiveSession::toRecord).toList());
            stored = true;
        } catch (IOException e) {
            if (stored) {
                LOG.warn("{} cannot be written: {}. Until it can, logins and logouts do not survive a restart.", files, SecretFile.why(e));
            }
            stored = false;
        }
        return true;
    }

    private static String hashToken(String token) {
        return HexFormat.of().formatHex(Secrets.digest(token));
    }
}
