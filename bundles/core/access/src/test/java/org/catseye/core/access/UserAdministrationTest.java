package org.catseye.core.access;

import static org.catseye.core.access.AccessBench.ADMIN;
import static org.catseye.core.access.AccessBench.PASSWORD;
import static org.catseye.core.access.AccessBench.WATCH;
import static org.catseye.core.access.AccessBench.by;
import static org.catseye.core.access.AccessBench.refused;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.catseye.access.AccessControl.Login;
import org.catseye.access.AccessException.Reason;
import org.catseye.access.Account;
import org.catseye.access.Caller;
import org.catseye.access.Grants;
import org.catseye.access.Permission;
import org.catseye.core.access.login.LoginAttempts;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class UserAdministrationTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();
    private AccessBench bench;

    @Before
    public void claim() throws Exception {
        bench = new AccessBench(folder.getRoot().toPath().resolve("access"));
    }

    @After
    public void stop() throws Exception {
        bench.close();
    }

    private static char[] secret(String text) {
        return text.toCharArray();
    }

    private static AtomicInteger ends(Login login) {
        AtomicInteger ends = new AtomicInteger();
        login.session().onEnd(ends::incrementAndGet);
        return ends;
    }

    @Test
    public void aNewUserMayDoWhatWasGrantedAndNothingElseAlsoAfterARestart() throws Exception {
        bench.add("ann", new Grants(Set.of(), Map.of("bay1", Set.of(Permission.CONTROL))));
        bench.restart();
        Login ann = bench.login("ann", PASSWORD);
        assertTrue(bench.access.hasPermission(ann.session(), Permission.CONTROL, "bay1"));
        for (Permission permission : Permission.values()) {
            assertFalse(permission.name(), bench.access.hasPermission(ann.session(), permission, "bay2"));
        }
        assertFalse(Files.readString(bench.home.resolve("users.json")).contains(PASSWORD));
    }

    @Test
    public void namesThatPeopleCouldConfuseAreNotGivenTwice() throws Exception {
        bench.add("ann.b", WATCH);
        for (String similar : List.of("Ann.b", "ANN.B", "ann.b.", "Ann.B...", "ADMIN", "admin.")) {
            assertEquals(similar, Reason.CONFLICT, refused(() -> bench.users.add(bench.asAdmin(), similar, secret(PASSWORD), WATCH)));
        }
        bench.add("annb", WATCH);
    }

    @Test
    public void rolesHaveNamesThatPeopleCanTellApart() throws Exception {
        Map<String, Set<Permission>> view = Map.of("*", Set.of(Permission.VIEW));
        bench.users.putRole(bench.asAdmin(), "night.shift", view);
        for (String similar : List.of("Night.shift", "night.shift.", "NIGHT.SHIFT..", "Admin", "ADMIN", "admin.")) {
            assertEquals(similar, Reason.CONFLICT, refused(() -> bench.users.putRole(bench.asAdmin(), similar, view)));
        }
        assertEquals(Set.of("night.shift"), bench.users.roles(bench.asAdmin()).keySet());
        bench.users.putRole(bench.asAdmin(), "night.shift", Map.of());
        bench.users.putRole(bench.asAdmin(), "night.shift2", view);
    }

    @Test
    public void onlyAdminMayChangeOrSeeWhoThereIs() throws Exception {
        Login watcher = bench.add("ann", WATCH);
        Caller ann = by(watcher);
        List<AccessBench.Change> all = List.of(() -> bench.users.users(ann), () -> bench.users.user(ann, "admin"), () -> bench.users.roles(ann),
                () -> bench.users.add(ann, "eve", secret(PASSWORD), ADMIN), () -> bench.users.grant(ann, "ann", ADMIN), () -> bench.users.remove(ann, "admin"),
                () -> bench.users.resetPassword(ann, "admin", secret(PASSWORD)), () -> bench.users.putRole(ann, "r", Map.of()), () -> bench.users.removeRole(ann, "r"));
        for (AccessBench.Change one : all) {
            assertEquals(Reason.FORBIDDEN, refused(one));
        }
        assertEquals("ann", bench.users.user(ann, "ann").name());
        bench.access.logout(bench.admin.session());
        assertEquals("who logged out", Reason.FORBIDDEN, refused(() -> bench.users.users(bench.asAdmin())));
    }

    @Test
    public void aChangeOfRightsEndsThatUsersSessionsAndNoOthers() throws Exception {
        Login ann = bench.add("ann", WATCH);
        Login again = bench.login("ann", PASSWORD);
        AtomicInteger ended = ends(ann);
        AtomicInteger others = ends(bench.admin);
        bench.users.grant(bench.asAdmin(), "ann", new Grants(Set.of(), Map.of()));
        assertEquals("sockets close", 1, ended.get());
        assertFalse(again.session().valid());
        assertTrue(bench.access.session(ann.token()).isEmpty());
        assertEquals(0, others.get());
        assertFalse(bench.access.hasPermission(bench.login("ann", PASSWORD).session(), Permission.VIEW, "bay1"));
    }

    @Test
    public void aChangedRoleChangesWhatItsUsersMayAndEndsTheirSessions() throws Exception {
        bench.users.putRole(bench.asAdmin(), "watch", Map.of("*", Set.of(Permission.VIEW)));
        Login ann = bench.add("ann", new Grants(Set.of("watch"), Map.of()));
        AtomicInteger ended = ends(ann);
        assertTrue(bench.access.hasPermission(ann.session(), Permission.VIEW, "bay1"));
        bench.users.putRole(bench.asAdmin(), "watch", Map.of("bay2", Set.of(Permission.VIEW)));
        assertEquals(1, ended.get());
        assertTrue(bench.admin.session().valid());
        Login next = bench.login("ann", PASSWORD);
        assertFalse(bench.access.hasPermission(next.session(), Permission.VIEW, "bay1"));
        assertTrue(bench.access.hasPermission(next.session(), Permission.VIEW, "bay2"));
        assertEquals(Map.of("watch", Map.of("bay2", Set.of(Permission.VIEW))), bench.users.roles(bench.asAdmin()));
        assertEquals("somebody has it", Reason.CONFLICT, refused(() -> bench.users.removeRole(bench.asAdmin(), "watch")));
        bench.users.grant(bench.asAdmin(), "ann", WATCH);
        bench.users.removeRole(bench.asAdmin(), "watch");
        assertEquals(Reason.NOT_FOUND, refused(() -> bench.users.removeRole(bench.asAdmin(), "watch")));
    }

    @Test
    public void theLastAdminCannotLockEverybodyOut() throws Exception {
        assertEquals(Reason.LAST_ADMIN, refused(() -> bench.users.remove(bench.asAdmin(), "admin")));
        assertEquals(Reason.LAST_ADMIN, refused(() -> bench.users.grant(bench.asAdmin(), "admin", WATCH)));
        bench.users.putRole(bench.asAdmin(), "boss", Map.of("*", Set.of(Permission.ADMIN)));
        Login eve = bench.add("eve", new Grants(Set.of("boss"), Map.of()));
        bench.users.remove(by(eve), "admin");
        assertFalse(bench.admin.session().valid());
        assertEquals("by way of the role", Reason.LAST_ADMIN, refused(() -> bench.users.putRole(by(eve), "boss", Map.of())));
        assertTrue("nothing was changed, nobody logged out", bench.access.hasPermission(eve.session(), Permission.ADMIN, "*"));
        bench.restart();
        assertEquals(List.of("eve"), bench.users.users(by(bench.login("eve", PASSWORD))).stream().map(Account::name).toList());
    }

    @Test
    public void theOwnPasswordIsChangedWithTheOldOne() throws Exception {
        Login ann = bench.add("ann", WATCH);
        Login other = bench.login("ann", PASSWORD);
        assertEquals(Reason.BAD_CREDENTIALS, refused(() -> bench.users.changePassword(by(ann), secret("wrong words"), secret("four other odd words"))));
        assertEquals(Reason.WEAK_PASSWORD, refused(() -> bench.users.changePassword(by(ann), secret(PASSWORD), secret("password"))));
        assertTrue(ann.session().valid());
        Login next = bench.users.changePassword(by(ann), secret(PASSWORD), secret("four other odd words"));
        assertFalse(ann.session().valid());
        assertFalse(other.session().valid());
        assertTrue(bench.access.hasPermission(next.session(), Permission.VIEW, "bay1"));
        assertEquals(Reason.BAD_CREDENTIALS, refused(() -> bench.login("ann", PASSWORD)));
        bench.login("ann", "four other odd words");
    }

    @Test
    public void guessingTheOldPasswordIsSlowedDown() throws Exception {
        Login ann = bench.add("ann", WATCH);
        Reason reason = Reason.BAD_CREDENTIALS;
        int guesses = 0;
        while (reason == Reason.BAD_CREDENTIALS && guesses < 20) {
            reason = refused(() -> bench.users.changePassword(by(ann), secret("a wrong guess"), secret(PASSWORD)));
            guesses++;
        }
        assertEquals(Reason.TOO_MANY_ATTEMPTS, reason);
        assertEquals(LoginAttempts.FREE_FAILURES + 2, guesses);
    }

    @Test
    public void anAdminGivesANewPasswordToOthersOnly() throws Exception {
        Login ann = bench.add("ann", WATCH);
        bench.users.resetPassword(bench.asAdmin(), "ann", secret("four other odd words"));
        assertFalse(ann.session().valid());
        bench.login("ann", "four other odd words");
        assertEquals("a stolen session is not the account", Reason.FORBIDDEN,
                refused(() -> bench.users.resetPassword(bench.asAdmin(), "admin", secret("four other odd words"))));
        assertEquals(Reason.NOT_FOUND, refused(() -> bench.users.resetPassword(bench.asAdmin(), "nobody", secret("four other odd words"))));
    }

    @Test
    public void whatMeansNothingIsRefused() throws Exception {
        for (String name : List.of("", " ann", "a/b", "ann\n", "x".repeat(65), ".hidden")) {
            assertEquals(name, Reason.INVALID, refused(() -> bench.users.add(bench.asAdmin(), name, secret(PASSWORD), WATCH)));
        }
        assertEquals(Reason.WEAK_PASSWORD, refused(() -> bench.users.add(bench.asAdmin(), "ann", secret("short"), WATCH)));
        assertEquals(Reason.CONFLICT, refused(() -> bench.users.add(bench.asAdmin(), "admin", secret(PASSWORD), WATCH)));
        for (Grants bad : List.of(new Grants(Set.of("no such role"), Map.of()), new Grants(Set.of(), Map.of("bay1", Set.of(Permission.ADMIN))),
                new Grants(Set.of(), Map.of("a b", Set.of(Permission.VIEW))))) {
            assertEquals(bad.toString(), Reason.INVALID, refused(() -> bench.users.add(bench.asAdmin(), "ann", secret(PASSWORD), bad)));
        }
        assertEquals(Reason.INVALID, refused(() -> bench.users.putRole(bench.asAdmin(), "admin", Map.of())));
        assertEquals(Reason.NOT_FOUND, refused(() -> bench.users.grant(bench.asAdmin(), "ann", WATCH)));
        assertEquals(Reason.NOT_FOUND, refused(() -> bench.users.remove(bench.asAdmin(), "ann")));
        assertEquals(List.of("admin"), bench.users.users(bench.asAdmin()).stream().map(Account::name).toList());
    }

    @Test
    public void aRemovedUserIsOutAndANewOneOfTheNameGetsNoneOfItsSessions() throws Exception {
        Login ann = bench.add("ann", WATCH);
        bench.users.remove(bench.asAdmin(), "ann");
        assertFalse(ann.session().valid());
        assertEquals(Reason.BAD_CREDENTIALS, refused(() -> bench.login("ann", PASSWORD)));
        bench.add("ann", WATCH);
        assertTrue(bench.access.session(ann.token()).isEmpty());
    }
}
