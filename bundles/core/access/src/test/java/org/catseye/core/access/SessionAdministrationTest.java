package org.catseye.core.access;

import static org.catseye.core.access.AccessBench.PASSWORD;
import static org.catseye.core.access.AccessBench.WATCH;
import static org.catseye.core.access.AccessBench.by;
import static org.catseye.core.access.AccessBench.refused;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.catseye.access.AccessControl.Login;
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.catseye.access.Grants;
import org.catseye.access.Permission;
import org.catseye.access.SessionAdministration.Opened;
import org.catseye.access.spi.Answer;
import org.catseye.access.spi.Identity;
import org.catseye.core.access.session.LiveSession;
import org.catseye.core.access.session.SessionRegistry;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class SessionAdministrationTest {

    private static final Map<String, Set<Permission>> VIEW = Map.of("*", Set.of(Permission.VIEW));
    private static final Map<String, Set<Permission>> ALL = Map.of("*", Set.of(Permission.values()));

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();
    private AccessBench bench;
    private Login ann;

    @Before
    public void claim() throws Exception {
        bench = new AccessBench(folder.getRoot().toPath().resolve("access"));
        ann = bench.add("ann", WATCH);
    }

    @After
    public void stop() throws Exception {
        bench.close();
    }

    private Instant in(Duration time) {
        return bench.time.instant().plus(time);
    }

    private Identity identity(String user) {
        return ((Answer.Known) bench.file.check(user)).identity();
    }

    private Login token(Login owner, String name, Map<String, Set<Permission>> rights) throws Exception {
        return bench.sessions.createToken(by(owner), name, rights, in(Duration.ofDays(30)));
    }

    private static AtomicInteger ends(Login login) {
        AtomicInteger ends = new AtomicInteger();
        login.session().onEnd(ends::incrementAndGet);
        return ends;
    }

    private boolean may(Login login, Permission permission) {
        return bench.access.hasPermission(login.session(), permission, "bay1");
    }

    @Test
    public void peopleSeeAndEndTheirOwnSessionsAndAdminEverybodys() throws Exception {
        Login other = bench.login("ann", PASSWORD);
        List<Opened> own = bench.sessions.sessions(by(ann));
        assertEquals(Set.of(true, false), Set.of(own.get(0).current(), own.get(1).current()));
        assertEquals(List.of("ann", "ann"), own.stream().map(Opened::user).toList());
        assertEquals(AccessBench.HERE, own.get(0).address());
        assertEquals(3, bench.sessions.sessions(bench.asAdmin()).size());
        String adminsId = ((LiveSession) bench.admin.session()).id();
        assertEquals("as if it were not there", Reason.NOT_FOUND, refused(() -> bench.sessions.endSession(by(ann), adminsId)));
        AtomicInteger ended = ends(other);
        bench.sessions.endSession(by(ann), own.stream().filter(one -> !one.current()).findFirst().orElseThrow().id());
        assertEquals("sockets close before the answer", 1, ended.get());
        AtomicInteger mine = ends(ann);
        bench.sessions.endSession(bench.asAdmin(), ((LiveSession) ann.session()).id());
        assertEquals(1, mine.get());
        assertTrue(bench.access.session(ann.token()).isEmpty());
        assertEquals("who is out", Reason.FORBIDDEN, refused(() -> bench.sessions.sessions(by(ann))));
    }

    @Test
    public void aTokenMayDoWhatBothItAndItsUserMay() throws Exception {
        Login both = bench.add("bob", new Grants(Set.of(), Map.of("*", Set.of(Permission.VIEW, Permission.CONTROL))));
        Login wide = token(both, "wide", Map.of("*", Set.of(Permission.VIEW, Permission.CONTROL)));
        assertTrue(may(wide, Permission.CONTROL));
        bench.users.grant(bench.asAdmin(), "bob", WATCH);
        wide = new Login(bench.access.session(wide.token()).orElseThrow(), wide.token());
        assertTrue(may(wide, Permission.VIEW));
        assertFalse("not the user's right any more", may(wide, Permission.CONTROL));
        Login narrow = token(bench.admin, "narrow", VIEW);
        assertTrue(may(narrow, Permission.VIEW));
        assertFalse("not its right", may(narrow, Permission.ADMIN));
        assertEquals("bob", bench.access.session(wide.token()).orElseThrow().user());
        assertFalse(Files.readString(bench.home.resolve("sessions.json")).contains(wide.token()));
    }

    @Test
    public void aTokenEndsAtItsTimeUsedOrNot() throws Exception {
        Login login = token(ann, "a", VIEW);
        AtomicInteger ended = ends(login);
        bench.time.pass(Duration.ofDays(30).minusSeconds(1));
        assertTrue("idle for weeks", bench.access.session(login.token()).isPresent());
        bench.time.pass(Duration.ofSeconds(1));
        assertTrue(bench.access.session(login.token()).isEmpty());
        assertFalse(may(login, Permission.VIEW));
        bench.access.sessions().endExpiredSessions();
        assertEquals(1, ended.get());
    }

    @Test
    public void aRevokedTokenClosesItsSocketsAndStaysRevoked() throws Exception {
        Login login = token(ann, "a", VIEW);
        AtomicInteger ended = ends(login);
        String id = bench.sessions.tokens(by(ann)).get(0).id();
        assertEquals("a token is no session", Reason.NOT_FOUND, refused(() -> bench.sessions.endSession(by(ann), id)));
        bench.sessions.revokeToken(by(ann), id);
        assertEquals(1, ended.get());
        bench.restart();
        assertTrue(bench.access.session(login.token()).isEmpty());
    }

    @Test
    public void tokensOutliveARestartWithNameRightsAndEnd() throws Exception {
        Login login = token(ann, "backup", Map.of("bay1", Set.of(Permission.VIEW)));
        bench.restart();
        var session = bench.access.session(login.token()).orElseThrow();
        assertTrue(bench.access.hasPermission(session, Permission.VIEW, "bay1"));
        assertFalse(bench.access.hasPermission(session, Permission.VIEW, "bay2"));
        assertEquals(in(Duration.ofDays(30)), session.expires());
        assertEquals("backup", bench.sessions.tokens(by(bench.login("ann", PASSWORD))).get(0).name());
    }

    @Test
    public void newRightsCloseWhatATokenHasOpenAndANewPasswordVoidsIt() throws Exception {
        Map<String, Set<Permission>> both = Map.of("*", Set.of(Permission.VIEW, Permission.CONTROL));
        bench.users.grant(bench.asAdmin(), "ann", new Grants(Set.of(), both));
        Login login = token(bench.login("ann", PASSWORD), "a", both);
        AtomicInteger ended = ends(login);
        bench.users.grant(bench.asAdmin(), "ann", new Grants(Set.of(), Map.of("*", Set.of(Permission.CONTROL))));
        assertEquals(1, ended.get());
        assertFalse("what is open", may(login, Permission.CONTROL));
        var again = bench.access.session(login.token()).orElseThrow();
        assertTrue(bench.access.hasPermission(again, Permission.CONTROL, "bay1"));
        assertFalse(bench.access.hasPermission(again, Permission.VIEW, "bay1"));
        bench.users.resetPassword(bench.asAdmin(), "ann", "four other odd words".toCharArray());
        assertFalse(again.valid());
        assertTrue(bench.access.session(login.token()).isEmpty());
    }

    @Test
    public void aTokenManagesNothingButWithAdmin() throws Exception {
        Login login = token(ann, "a", VIEW);
        assertEquals(Reason.FORBIDDEN, refused(() -> bench.sessions.sessions(by(login))));
        assertEquals(Reason.FORBIDDEN, refused(() -> bench.sessions.tokens(by(login))));
        assertEquals(Reason.FORBIDDEN, refused(() -> token(login, "b", ALL)));
        assertEquals(Reason.FORBIDDEN, refused(() -> bench.users.user(by(login), "ann")));
        assertEquals(Reason.FORBIDDEN, refused(() -> bench.users.changePassword(by(login), PASSWORD.toCharArray(), "four other odd words".toCharArray())));
        Login root = token(bench.admin, "a", ALL);
        assertEquals(2, bench.users.users(by(root)).size());
        assertEquals("no token makes another, whatever its rights", Reason.FORBIDDEN, refused(() -> token(root, "b", ALL)));
    }

    @Test
    public void whatMakesNoSenseIsRefused() throws Exception {
        token(ann, "a", VIEW);
        assertEquals(Reason.CONFLICT, refused(() -> token(ann, "a", VIEW)));
        for (String name : List.of("", " ", "x\n", "x".repeat(65), "x\u200b", "\u202ex", "x\u2028", "x\u00ad", "x\ufe0f", "x\udb40\udc01", "x\ud800")) {
            assertEquals(name, Reason.INVALID, refused(() -> token(ann, name, VIEW)));
        }
        assertEquals(Reason.INVALID, refused(() -> token(ann, "b", Map.of("bay1", Set.of(Permission.ADMIN)))));
        assertEquals(Reason.INVALID, refused(() -> token(ann, "b", Map.of("bay1", Set.of()))));
        for (Duration end : List.of(Duration.ZERO, Duration.ofDays(-1), Duration.ofDays(3654))) {
            assertEquals(Reason.INVALID, refused(() -> bench.sessions.createToken(by(ann), "b", VIEW, in(end))));
        }
        assertEquals(1, bench.sessions.tokens(by(ann)).size());
    }

    @Test
    public void aTokenGetsNoRightThatItsUserLacks() throws Exception {
        AccessException e = assertThrows(AccessException.class, () -> token(ann, "wide", ALL));
        assertEquals(Reason.INVALID, e.reason());
        assertEquals("You can give a token only rights that you have yourself. You don't have *:CONTROL+MEDIA+POWER+ADMIN.", e.getMessage());
        Login eve = bench.add("eve", new Grants(Set.of(), Map.of("bay1", Set.of(Permission.VIEW))));
        LiveSession everyOwn = (LiveSession) token(eve, "every", VIEW).session();
        assertEquals("every target means those of the user", Map.of("bay1", Set.of(Permission.VIEW)), everyOwn.toRecord().token().orElseThrow().rights().byTarget());
        assertEquals(Reason.INVALID, refused(() -> token(eve, "t", Map.of("*", Set.of(Permission.VIEW, Permission.CONTROL)))));
        assertEquals(Reason.INVALID, refused(() -> token(eve, "t", Map.of("bay1", Set.of(Permission.VIEW), "bay2", Set.of(Permission.VIEW)))));
        token(eve, "t", Map.of("bay1", Set.of(Permission.VIEW)));
        token(ann, "t", Map.of("bay1", Set.of(Permission.VIEW)));
        token(bench.admin, "t", ALL);
    }

    @Test
    public void tokensOfAUserHaveNamesThatPeopleCanTellApart() throws Exception {
        token(ann, "Backup job", VIEW);
        for (String similar : List.of("backup job", "Backup job.", "BACKUP  JOB", " Backup job ", "Backup job...", "\uff22ackup job")) {
            assertEquals(similar, Reason.CONFLICT, refused(() -> token(ann, similar, VIEW)));
        }
        token(ann, "Backup job 2", VIEW);
        token(bench.admin, "backup job", VIEW);
    }

    @Test
    public void tokensAreCountedApartFromSessions() throws Exception {
        Login login = token(ann, "a", VIEW);
        for (int i = 0; i < SessionRegistry.MAX_LOGINS_PER_USER + 1; i++) {
            bench.access.sessions().openLogin("file", identity("ann"), AccessBench.HERE);
        }
        assertEquals(SessionRegistry.MAX_LOGINS_PER_USER, bench.sessions.sessions(by(bench.access.sessions().openLogin(
                "file", identity("ann"), AccessBench.HERE))).size());
        assertTrue(login.session().valid());
    }
}
