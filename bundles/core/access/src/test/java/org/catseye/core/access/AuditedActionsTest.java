package org.catseye.core.access;

import static org.catseye.core.access.AccessBench.PASSWORD;
import static org.catseye.core.access.AccessBench.WATCH;
import static org.catseye.core.access.AccessBench.by;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catseye.access.AccessControl.Login;
import org.catseye.access.Permission;
import org.catseye.core.access.session.LiveSession;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What access control writes to the audit log. */
public class AuditedActionsTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void whatPeopleDoIsOnRecordWithoutSecrets() throws Exception {
        try (AccessBench bench = new AccessBench(folder.getRoot().toPath().resolve("access"))) {
            Login ann = bench.add("ann", WATCH);
            AccessBench.refused(() -> bench.login("ann", "a wrong secret"));
            AccessBench.refused(() -> bench.login("a secret in the wrong field", "x"));
            Login token = bench.sessions.createToken(by(ann), "backup", Map.of("*", Set.of(Permission.VIEW)), bench.time.instant().plusSeconds(1_000));
            bench.sessions.revokeToken(by(ann), ((LiveSession) token.session()).id());
            bench.users.putRole(bench.asAdmin(), "r", Map.of("bay1", Set.of(Permission.VIEW, Permission.CONTROL)));
            bench.users.removeRole(bench.asAdmin(), "r");
            Login next = bench.users.changePassword(by(ann), PASSWORD.toCharArray(), "four other odd words".toCharArray());
            bench.users.grant(bench.asAdmin(), "ann", WATCH);
            bench.users.resetPassword(bench.asAdmin(), "ann", PASSWORD.toCharArray());
            bench.sessions.endSession(bench.asAdmin(), ((LiveSession) bench.login("ann", PASSWORD).session()).id());
            bench.users.remove(bench.asAdmin(), "ann");
            bench.access.logout(bench.admin.session());
            assertEquals(List.of("claim", "user.added", "login", "login.failed", "login.failed", "token.made", "token.revoked", "role.changed", "role.removed", "proof",
                    "password.changed", "user.granted", "password.changed", "login", "session.ended", "user.removed", "logout"), bench.audit.actions());
            assertEquals("user.added admin 127.0.0.1 {name=ann, rights=*:VIEW, roles=}", bench.audit.lines().get(1));
            assertEquals("login.failed ann 127.0.0.1 {}", bench.audit.lines().get(3));
            assertEquals("login.failed  127.0.0.1 {}", bench.audit.lines().get(4));
            assertEquals("role.changed admin 127.0.0.1 {name=r, rights=bay1:VIEW+CONTROL}", bench.audit.lines().get(7));
            for (String secret : List.of(PASSWORD, "four other", "secret", token.token(), ann.token(), next.token())) {
                assertFalse(bench.audit.lines().toString().contains(secret));
            }
        }
    }
}
