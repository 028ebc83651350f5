package org.catseye.core.access;

import static org.catseye.core.access.AccessBench.by;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.catseye.access.AccessControl.Login;
import org.catseye.access.Grants;
import org.catseye.access.Permission;
import org.catseye.access.Rights;
import org.catseye.access.Session;
import org.catseye.access.spi.UserRecord;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The check that each key press makes. It reads a snapshot, so each way to lose a right must replace the snapshot. */
public class PermissionCheckTest {

    private static final int CHECKS = 100_000;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();
    private AccessBench bench;
    private Login ann;

    @Before
    public void logIn() throws Exception {
        bench = new AccessBench(folder.getRoot().toPath().resolve("access"));
        bench.users.putRole(bench.asAdmin(), "operator", Map.of("*", Set.of(Permission.VIEW, Permission.CONTROL)));
        ann = bench.add("ann", new Grants(Set.of("operator"), Map.of("bay2", Set.of(Permission.POWER))));
    }

    @After
    public void stop() {
        bench.close();
    }

    private boolean mayType(Login login) {
        return bench.access.hasPermission(login.session(), Permission.CONTROL, "bay1");
    }

    @Test
    public void aCheckAllocatesNothing() {
        Session session = ann.session();
        session.onEnd(() -> { });
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        // The runtime allocates a little itself when it compiles the loop, in one of the first rounds.
        for (int round = 0; round < 10; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            int granted = countGranted(session);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            assertEquals(CHECKS, granted);
        }
        assertEquals(0, least);
    }

    private int countGranted(Session session) {
        int granted = 0;
        for (int check = 0; check < CHECKS; check++) {
            granted += bench.access.hasPermission(session, Permission.CONTROL, "bay1") ? 1 : 0;
        }
        return granted;
    }

    @Test
    public void rolesAndOwnRightsAreAddedUp() {
        assertTrue(mayType(ann));
        assertTrue(bench.access.hasPermission(ann.session(), Permission.POWER, "bay2"));
        assertFalse(bench.access.hasPermission(ann.session(), Permission.POWER, "bay1"));
        assertFalse(bench.access.hasPermission(ann.session(), Permission.ADMIN, "*"));
    }

    @Test
    public void eachWayToLoseTheRightEndsItAtOnce() throws Exception {
        bench.access.logout(ann.session());
        assertFalse("logout", mayType(ann));

        Login next = bench.login("ann", AccessBench.PASSWORD);
        bench.users.putRole(bench.asAdmin(), "operator", Map.of("*", Set.of(Permission.VIEW)));
        assertFalse("the role", mayType(next));

        bench.users.grant(bench.asAdmin(), "ann", new Grants(Set.of(), Map.of("bay1", Set.of(Permission.CONTROL))));
        Login again = bench.login("ann", AccessBench.PASSWORD);
        assertTrue(mayType(again));
        bench.users.grant(bench.asAdmin(), "ann", AccessBench.WATCH);
        assertFalse("the rights", mayType(again));

        bench.users.grant(bench.asAdmin(), "ann", new Grants(Set.of(), Map.of("bay1", Set.of(Permission.CONTROL))));
        Login last = bench.login("ann", AccessBench.PASSWORD);
        bench.users.remove(bench.asAdmin(), "ann");
        assertFalse("the user", mayType(last));
    }

    @Test
    public void anExpiredSessionHasNoRightsBeforeAnyTaskHasNoticed() throws Exception {
        Login idle = bench.login("ann", AccessBench.PASSWORD);
        Session.Registration watching = ann.session().onEnd(() -> { });
        bench.time.pass(Duration.ofHours(12));
        assertFalse("idle", mayType(idle));
        assertTrue("watched", mayType(ann));
        bench.time.pass(Duration.ofDays(7));
        assertFalse("too old", mayType(ann));
        watching.close();
        assertFalse(mayType(ann));
    }

    @Test
    public void usingASessionKeepsItsRights() throws Exception {
        Login used = bench.login("ann", AccessBench.PASSWORD);
        bench.time.pass(Duration.ofHours(11));
        assertTrue(bench.access.session(used.token()).isPresent());
        bench.time.pass(Duration.ofHours(11));
        assertTrue(mayType(used));
    }

    @Test
    public void aChangeOfTheStoreThatNoMethodHereMadeCountsAtOnceToo() throws Exception {
        assertTrue(mayType(ann));
        bench.file.accounts().changeRecords(records -> records.withUser(changed(records.findUser("ann").orElseThrow())));
        assertFalse(mayType(ann));
    }

    private static UserRecord changed(UserRecord user) {
        return user.withGrants(Set.of(), Rights.NONE);
    }

    @Test
    public void aTokenLimitsTheRightsOfItsUserOnEachTarget() throws Exception {
        bench.users.grant(bench.asAdmin(), "ann", new Grants(Set.of("operator"), Map.of("bay2", Set.of(Permission.POWER), "bay3", Set.of(Permission.POWER))));
        ann = bench.login("ann", AccessBench.PASSWORD);
        Map<String, Set<Permission>> limits = Map.of("bay2", Set.of(Permission.CONTROL, Permission.POWER), "bay3", Set.of(Permission.POWER));
        String secret = bench.sessions.createToken(by(ann), "t", limits, bench.time.instant().plusSeconds(100)).token();
        bench.users.grant(bench.asAdmin(), "ann", new Grants(Set.of("operator"), Map.of("bay2", Set.of(Permission.POWER))));
        Session token = bench.access.session(secret).orElseThrow();
        assertTrue(bench.access.hasPermission(token, Permission.CONTROL, "bay2"));
        assertTrue(bench.access.hasPermission(token, Permission.POWER, "bay2"));
        assertFalse("not the token's", bench.access.hasPermission(token, Permission.VIEW, "bay2"));
        assertFalse("not the user's", bench.access.hasPermission(token, Permission.POWER, "bay3"));
        assertFalse(bench.access.hasPermission(token, Permission.CONTROL, "bay1"));
    }

    /** A refresh with old data must not overwrite one with new data. */
    @Test(timeout = 120_000)
    public void concurrentRefreshesNeverBringARightBack() throws Exception {
        AtomicBoolean running = new AtomicBoolean(true);
        Thread requests = new Thread(() -> {
            while (running.get()) {
                bench.access.session(ann.token());
            }
        });
        requests.start();
        try {
            for (int round = 0; round < 15; round++) {
                bench.file.accounts().changeRecords(records -> records.withUser(records.findUser("ann").orElseThrow().withGrants(Set.of(), Rights.NONE)));
                assertFalse("round " + round, mayType(ann));
                assertFalse("round " + round, mayType(ann));
                bench.file.accounts().changeRecords(records -> records.withUser(records.findUser("ann").orElseThrow().withGrants(Set.of("operator"), Rights.NONE)));
                assertEquals(Optional.of("ann"), bench.access.session(ann.token()).map(Session::user));
            }
        } finally {
            running.set(false);
            requests.join();
        }
    }
}
