package org.catseye.web.gate;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.catseye.access.AccessControl;
import org.catseye.access.Permission;
import org.catseye.access.Session;

/** Knows the sessions that a test opens; nothing else is possible. */
final class FakeAccess implements AccessControl {

    private final Map<String, Session> sessions = new HashMap<>();
    boolean claimed = true;

    Session open(String token) {
        Session session = new Session() {
            @Override
            public String user() {
                return "ann";
            }

            @Override
            public Instant expires() {
                return Instant.MAX;
            }

            @Override
            public boolean valid() {
                return true;
            }

            @Override
            public Registration onEnd(Runnable action) {
                throw new UnsupportedOperationException();
            }
        };
        sessions.put(token, session);
        return session;
    }

    @Override
    public boolean claimed() {
        return claimed;
    }

    @Override
    public Login claim(String token, char[] password, String origin) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Login login(String user, char[] password, String oneTimePassword, String origin) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Session> session(String token) {
        return Optional.ofNullable(sessions.get(token));
    }

    @Override
    public void logout(Session session) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean permits(Session session, Permission permission, String targetId) {
        throw new UnsupportedOperationException("the gate knows no permissions");
    }
}
