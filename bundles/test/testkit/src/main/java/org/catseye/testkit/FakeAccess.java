package org.catseye.testkit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.catseye.access.AccessControl;
import org.catseye.access.AccessException;
import org.catseye.access.Caller;
import org.catseye.access.Permission;
import org.catseye.access.Session;

/** Access control that the test configures. By default, no user can log in or has any permission. */
public final class FakeAccess implements AccessControl {

    private final Map<String, FakeSession> sessions = new ConcurrentHashMap<>();
    private final List<String> calls = new ArrayList<>();
    private boolean claimed = true;
    private AccessException refusal;

    /** Adds an existing session. */
    public Session open(String token, String user) {
        return open(token, user, false);
    }

    /** Adds an existing API token. */
    public Session openApiToken(String token, String user) {
        return open(token, user, true);
    }

    private Session open(String token, String user, boolean apiToken) {
        FakeSession session = new FakeSession(user, apiToken);
        sessions.put(token, session);
        return session;
    }

    /** @param targetId {@code *} for all targets */
    public void allow(Session session, Permission permission, String targetId) {
        ((FakeSession) session).allowed.add(permission + " " + targetId);
    }

    public void claimed(boolean value) {
        claimed = value;
    }

    /** Makes every later login, claim and proof end with this result. */
    public void refuse(AccessException e) {
        refusal = e;
    }

    /** The arguments of the calls to login, claim and proveAgain. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    @Override
    public boolean claimed() {
        return claimed;
    }

    @Override
    public Login claim(String token, char[] password, String origin) throws AccessException {
        return enter("claim " + token + " " + new String(password) + " " + origin, "admin");
    }

    @Override
    public Login login(String user, char[] password, String oneTimePassword, String origin) throws AccessException {
        return enter("login " + user + " " + new String(password) + " " + oneTimePassword + " " + origin, user);
    }

    private Login enter(String call, String user) throws AccessException {
        calls.add(call);
        if (refusal != null) {
            throw refusal;
        }
        String token = "token" + calls.size();
        return new Login(open(token, user), token);
    }

    @Override
    public boolean isKnownAddress(String address) {
        return false;
    }

    @Override
    public Optional<Session> session(String token) {
        return Optional.<Session>ofNullable(sessions.get(token)).filter(Session::valid);
    }

    @Override
    public boolean logout(Session session) {
        ((FakeSession) session).end();
        return true;
    }

    @Override
    public boolean hasPermission(Session session, Permission permission, String targetId) {
        Set<String> allowed = ((FakeSession) session).allowed;
        return session.valid() && (allowed.contains(permission + " *") || allowed.contains(permission + " " + targetId));
    }

    /** The user confirmed their identity too long ago. */
    public void ageProof(Session session) {
        ((FakeSession) session).proved = false;
    }

    /** The user has a second factor. */
    public void giveSecondFactor(Session session) {
        ((FakeSession) session).secondFactor = true;
    }

    @Override
    public boolean recentlyProved(Session session) {
        return session.valid() && ((FakeSession) session).proved;
    }

    @Override
    public boolean hasSecondFactor(Session session) {
        return ((FakeSession) session).secondFactor;
    }

    @Override
    public void proveAgain(Caller by, char[] password, String oneTimePassword) throws AccessException {
        calls.add("prove " + by.session().user() + " " + new String(password) + " " + oneTimePassword + " " + by.address());
        if (refusal != null) {
            throw refusal;
        }
        ((FakeSession) by.session()).proved = true;
    }

    private static final class FakeSession implements Session {
        private final String user;
        private final boolean apiToken;
        private final Set<String> allowed = new HashSet<>();
        private final List<Runnable> actions = new ArrayList<>();
        private boolean ended;
        private volatile boolean proved = true;
        private volatile boolean secondFactor;

        FakeSession(String user, boolean apiToken) {
            this.user = user;
            this.apiToken = apiToken;
        }

        @Override
        public boolean isApiToken() {
            return apiToken;
        }

        @Override
        public String user() {
            return user;
        }

        @Override
        public Instant expires() {
            return Instant.parse("2030-01-01T00:00:00Z");
        }

        @Override
        public synchronized boolean valid() {
            return !ended;
        }

        @Override
        public synchronized Registration onEnd(Runnable action) {
            actions.add(action);
            return () -> actions.remove(action);
        }

        synchronized void end() {
            ended = true;
            List.copyOf(actions).forEach(Runnable::run);
            actions.clear();
        }
    }
}
