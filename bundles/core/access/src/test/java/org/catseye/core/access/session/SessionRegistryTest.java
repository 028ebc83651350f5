package org.catseye.core.access.session;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.catseye.access.AccessControl.Login;
import org.catseye.access.Grants;
import org.catseye.access.Permission;
import org.catseye.access.Rights;
import org.catseye.access.spi.Identity;
import org.catseye.core.access.proof.ProofClock;
import org.catseye.testkit.FakeTime;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class SessionRegistryTest {

    private static final SessionLimits LIMITS = new SessionLimits(Duration.ofHours(12), Duration.ofDays(7));

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();
    private final FakeTime time = new FakeTime();
    private final Identity ann = new Identity("ann", new Grants(Set.of(), Map.of()), "stamp", "token stamp", false);
    private Path file;
    private SessionRegistry sessions;

    @Before
    public void make() {
        file = folder.getRoot().toPath().resolve("access/sessions.json");
        sessions = fresh();
    }

    private SessionRegistry fresh() {
        return new SessionRegistry(new SessionFiles(file.getParent()), () -> LIMITS, new ProofClock(time, time::nanos, () -> Duration.ofMinutes(15)));
    }

    @Test
    public void aTokenOpensItsSessionAndNothingElseDoes() {
        Login login = sessions.openLogin("file", ann, "192.0.2.7");
        assertSame(login.session(), sessions.findSession(login.token()).orElseThrow());
        assertEquals(256, Base64.getUrlDecoder().decode(login.token()).length * 8);
        for (String wrong : new String[] {"", "x", login.token() + "x", flip(login.token()), "\u0000".repeat(43), "x".repeat(100_000)}) {
            assertTrue(sessions.findSession(wrong).isEmpty());
        }
    }

    private static String flip(String token) {
        return (token.charAt(0) == 'A' ? 'B' : 'A') + token.substring(1);
    }

    @Test
    public void onlyHashesReachTheDiskAndOnlyTheOwnerReadsThem() throws IOException {
        Login login = sessions.openLogin("file", ann, "192.0.2.7");
        String content = Files.readString(file);
        assertFalse(content.contains(login.token()));
        assertTrue(content.contains("\"ann\""));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())));
    }

    @Test
    public void idleSessionsEndAndUsedOnesGoOnUntilTheirLastDay() {
        Login idle = sessions.openLogin("file", ann, "192.0.2.7");
        Login used = sessions.openLogin("file", ann, "192.0.2.7");
        AtomicInteger ends = new AtomicInteger();
        for (int hours = 0; hours < 7 * 24; hours += 6) {
            assertTrue(hours + " h", sessions.findSession(used.token()).isPresent());
            assertEquals("idle after " + hours + " h", hours < 12, idle.session().valid());
            time.pass(Duration.ofHours(6));
            sessions.endExpiredSessions();
        }
        assertTrue("over", sessions.findSession(used.token()).isEmpty());
        used.session().onEnd(ends::incrementAndGet);
        assertEquals("who comes late hears at once", 1, ends.get());
    }

    @Test
    public void whoWatchesIsNotIdleButEndsOnTheLastDay() {
        Login login = sessions.openLogin("file", ann, "192.0.2.7");
        AtomicInteger ends = new AtomicInteger();
        login.session().onEnd(ends::incrementAndGet);
        time.pass(Duration.ofDays(7).minusSeconds(1));
        sessions.endExpiredSessions();
        assertTrue(login.session().valid());
        assertEquals(0, ends.get());
        time.pass(Duration.ofSeconds(1));
        assertFalse("before anybody swept", login.session().valid());
        sessions.endExpiredSessions();
        sessions.endExpiredSessions();
        assertEquals(1, ends.get());
    }

    @Test
    public void anExpiredSessionIsNotRevivedByALateWatcherOrAClockSetBack() {
        Login login = sessions.openLogin("file", ann, "192.0.2.7");
        time.pass(Duration.ofHours(12));
        AtomicInteger ends = new AtomicInteger();
        login.session().onEnd(ends::incrementAndGet);
        assertEquals(1, ends.get());
        time.pass(Duration.ofHours(-6));
        assertFalse(login.session().valid());
    }

    @Test
    public void theLastWatcherStartsTheIdleTime() {
        Login login = sessions.openLogin("file", ann, "192.0.2.7");
        var watching = login.session().onEnd(() -> { });
        time.pass(Duration.ofHours(20));
        watching.close();
        time.pass(Duration.ofHours(11));
        assertTrue(login.session().valid());
        time.pass(Duration.ofHours(1));
        assertFalse(login.session().valid());
    }

    @Test
    public void logoutRunsEachActionOnceEvenIfOneThrowsAndForgetsTheRegistrationsThatWereClosed() {
        Login login = sessions.openLogin("file", ann, "192.0.2.7");
        AtomicInteger ends = new AtomicInteger();
        login.session().onEnd(() -> {
            throw new IllegalStateException("a harsh one");
        });
        login.session().onEnd(ends::incrementAndGet);
        login.session().onEnd(() -> ends.addAndGet(100)).close();
        sessions.endSession((LiveSession) login.session());
        sessions.endSession((LiveSession) login.session());
        assertEquals(1, ends.get());
        assertTrue(sessions.findSession(login.token()).isEmpty());
        SessionRegistry next = fresh();
        next.loadSessions();
        assertTrue("nor after a restart", next.findSession(login.token()).isEmpty());
    }

    @Test
    public void aStopClosesEverythingAndARestartKnowsTheTokensAgain() throws IOException {
        Login login = sessions.openLogin("file", ann, "192.0.2.7");
        AtomicInteger ends = new AtomicInteger();
        login.session().onEnd(ends::incrementAndGet);
        sessions.suspendAll();
        assertEquals(1, ends.get());
        assertFalse(login.session().valid());
        byte[] kept = Files.readAllBytes(file);
        sessions.endSession((LiveSession) login.session());
        sessions.openLogin("file", ann, "192.0.2.7");
        assertEquals("a stopped one writes no more", new String(kept, StandardCharsets.UTF_8), Files.readString(file));
        SessionRegistry next = fresh();
        next.loadSessions();
        assertEquals("ann", next.findSession(login.token()).orElseThrow().user());
    }

    @Test
    public void aSessionOfBeforeTheRestartBelongsToTheSameUserOfTheSameAuthenticatorOnly() {
        Login login = sessions.openLogin("ldap", ann, "192.0.2.7");
        SessionRegistry next = fresh();
        next.loadSessions();
        LiveSession session = next.findSession(login.token()).orElseThrow();
        assertTrue(session.isOfUser("ldap", "ann"));
        assertFalse(session.isOfUser("file", "ann"));
        assertTrue(session.belongsTo(ann));
        assertFalse(session.belongsTo(new Identity("ann", ann.grants(), "new stamp", "token stamp", false)));
    }

    @Test
    public void aSessionOfAnOlderVersionIsOneOfTheFileOfUsers() throws IOException {
        Login login = sessions.openLogin("file", ann, "192.0.2.7");
        Files.writeString(file, Files.readString(file).replaceAll(",\\s*\"authenticator\" : \"file\"", ""));
        assertFalse(Files.readString(file).contains("authenticator"));
        SessionRegistry next = fresh();
        next.loadSessions();
        assertTrue(next.findSession(login.token()).orElseThrow().isOfUser("file", "ann"));
    }

    @Test
    public void aDamagedFileMeansLoginAgainAndNoMore() throws IOException {
        Login login = sessions.openLogin("file", ann, "192.0.2.7");
        for (String bad : new String[] {"", "{", "[]", "{\"format\":1,\"sessions\":[{\"hash\":7}]}", "{\"format\":2}"}) {
            Files.writeString(file, bad);
            SessionRegistry next = fresh();
            next.loadSessions();
            assertTrue(next.findSession(login.token()).isEmpty());
        }
    }

    @Test
    public void aDamagedFileOfLoginsCostsNoApiTokenAndTheOtherWayRound() throws IOException {
        Login login = sessions.openLogin("file", ann, "192.0.2.7");
        Login token = sessions.createToken("file", ann, "192.0.2.7", new ApiToken("backup", Rights.ALL, time.instant().plusSeconds(1_000)));
        Path tokens = file.resolveSibling("tokens.json");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(tokens)));
        String good = Files.readString(file);
        Files.writeString(file, "half a fi");
        SessionRegistry next = fresh();
        next.loadSessions();
        assertTrue(next.findSession(login.token()).isEmpty());
        assertTrue(next.findSession(token.token()).isPresent());
        assertEquals("kept for a look", "half a fi", Files.readString(file.resolveSibling("sessions.json.damaged")));
        Files.writeString(file, good);
        Files.writeString(tokens, "{");
        SessionRegistry third = fresh();
        third.loadSessions();
        assertTrue(third.findSession(login.token()).isPresent());
        assertTrue(third.findSession(token.token()).isEmpty());
    }

    @Test
    public void tokensOfAnEarlierVersionAreTakenOver() throws IOException {
        Login token = sessions.createToken("file", ann, "192.0.2.7", new ApiToken("backup", Rights.ALL, time.instant().plusSeconds(1_000)));
        Path tokens = file.resolveSibling("tokens.json");
        Files.move(tokens, file, StandardCopyOption.REPLACE_EXISTING);
        SessionRegistry next = fresh();
        next.loadSessions();
        next.openLogin("file", ann, "192.0.2.7");
        assertTrue(Files.readString(tokens).contains("backup"));
        assertFalse(Files.readString(file).contains("backup"));
        SessionRegistry third = fresh();
        third.loadSessions();
        assertTrue(third.findSession(token.token()).isPresent());
    }

    @Test
    public void theOneUnusedLongestMakesRoom() {
        Login first = sessions.openLogin("file", ann, "192.0.2.7");
        Login second = sessions.openLogin("file", ann, "192.0.2.7");
        for (int i = 0; i < SessionRegistry.MAX_LOGINS_PER_USER - 1; i++) {
            time.pass(Duration.ofSeconds(1));
            sessions.findSession(first.token());
            sessions.openLogin("file", ann, "192.0.2.7");
        }
        assertTrue(first.session().valid());
        assertFalse(second.session().valid());
    }

    @Test
    public void aSessionHasNoRightsUntilTheyWereComputedAndNoneAfterItsEnd() {
        LiveSession session = (LiveSession) sessions.openLogin("file", ann, "192.0.2.7").session();
        assertFalse(session.hasPermission(Permission.VIEW, "bay1"));
        assertTrue(session.refreshRights(() -> Optional.of(SessionRights.combine(List.of(Rights.ALL), Rights.ALL, Instant.MAX))));
        assertTrue(session.hasPermission(Permission.VIEW, "bay1"));
        sessions.suspendSession(session);
        assertFalse(session.hasPermission(Permission.VIEW, "bay1"));
        session.refreshRights(() -> Optional.of(SessionRights.combine(List.of(Rights.ALL), Rights.ALL, Instant.MAX)));
        assertFalse("an ended session gets no rights any more", session.hasPermission(Permission.VIEW, "bay1"));
    }

    @Test
    public void rightsEndWhenTheyAreNoLongerConfirmed() {
        LiveSession session = (LiveSession) sessions.openLogin("ldap", ann, "192.0.2.7").session();
        Instant end = time.instant().plusSeconds(60);
        session.refreshRights(() -> Optional.of(SessionRights.combine(List.of(Rights.ALL), Rights.ALL, end)));
        time.pass(Duration.ofSeconds(60).minusMillis(1));
        assertTrue(session.hasPermission(Permission.ADMIN, Rights.EVERY));
        time.pass(Duration.ofMillis(1));
        assertFalse(session.hasPermission(Permission.ADMIN, Rights.EVERY));
        session.refreshRights(Optional::empty);
        assertFalse(session.hasPermission(Permission.VIEW, "bay1"));
    }
}
