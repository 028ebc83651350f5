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
import org.catseye.access.Permission;
import org.catseye.access.Session;

/** Access control that does as the test says: without a word from it nobody gets in and nobody may do anything. */
public final class FakeAccess implements AccessControl {

    private final Map<String, FakeSession> sessions = new ConcurrentHashMap<>();
    private final List<String> calls = new ArrayList<>();
    private boolean claimed = true;
    private AccessException refusal;

    /** A session that is there already. */
    public Session open(String token, String user) {
        FakeSession session = new FakeSession(user);
        sessions.put(token, session);
        return session;
    }

    /** @param targetId {@code *} for every target */
    public void allow(Session session, Permission permission, String targetId) {
        ((FakeSession) session).allowed.add(permission + " " + targetId);
    }

    public void claimed(boolean value) {
        claimed = value;
    }

    /** Every login and claim from now on ends so. */
    public void refuse(AccessException e) {
        refusal = e;
    }

    /** What login and claim were called with. */
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
    public Optional<Session> session(String token) {
        return Optional.<Session>ofNullable(sessions.get(token)).filter(Session::valid);
    }

    @Override
    public void logout(Session session) {
        ((FakeSession) session).end();
    }

    @Override
    public boolean permits(Session session, Permission permission, String targetId) {
        Set<String> allowed = ((FakeSession) session).allowed;
        return session.valid() && (allowed.contains(permission + " *") || allowed.contains(permission + " " + targetId));
    }

    private static final class FakeSession implements Session {
        private final String user;
        private final Set<String> allowed = new HashSet<>();
        private final List<Runnable> actions = new ArrayList<>();
        private boolean ended;

        FakeSession(String user) {
            this.user = user;
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
