package org.catseye.core.access;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.catseye.access.AccessControl.Login;
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.catseye.access.Permission;
import org.catseye.access.Rights;
import org.catseye.core.access.login.LoginAttempts;
import org.catseye.core.access.users.LocalUsers;
import org.catseye.testkit.FakeAudit;
import org.catseye.testkit.FakeTime;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class AccessServiceTest {

    private static final String PASSWORD = "three odd words";
    private static final String HERE = "127.0.0.1";
    /** Of the reference implementation: "password" with 256 KiB and 2 passes. */
    private static final String OLD_HASH = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();
    private final FakeTime time = new FakeTime();
    private final FakeAudit audit = new FakeAudit();
    private final List<Started> started = new ArrayList<>();
    private Path home;

    @Before
    public void home() {
        home = folder.getRoot().toPath().resolve("access");
    }

    @After
    public void stopAll() {
        started.forEach(Started::stop);
    }

    private record Started(AccessService access, LocalUsers users) {
        void stop() {
            access.stop();
            users.stop();
        }
    }

    private AccessService start(Optional<Path> passwordFile) {
        LocalUsers users = AccessBench.users(home, passwordFile, time, audit);
        AccessService access = AccessBench.access(home, time, audit);
        access.bindAuthenticator(users, AccessBench.FILE);
        started.add(new Started(access, users));
        return access;
    }

    private void stop(AccessService access) {
        started.stream().filter(one -> one.access() == access).findFirst().orElseThrow().stop();
    }

    private AccessService start() {
        return start(Optional.empty());
    }

    private AccessService claimed() throws Exception {
        AccessService access = start();
        assertFalse(access.claimed());
        access.claim(token(), PASSWORD.toCharArray(), HERE);
        return access;
    }

    private String token() throws IOException {
        return Files.readString(home.resolve("setup-token")).strip();
    }

    private static Reason refusal(Callable<?> call) {
        return assertThrows(AccessException.class, call::call).reason();
    }

    private static Login login(AccessService access, String user, String password) throws AccessException {
        return access.login(user, password.toCharArray(), "", HERE);
    }

    @Test
    public void aNewDeviceIsClaimedOnceWithTheTokenThatOutlivesARestart() throws Exception {
        AccessService first = start();
        assertFalse(first.claimed());
        String token = token();
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("setup-token"))));
        assertEquals(Reason.NOT_CLAIMED, refusal(() -> login(first, "admin", PASSWORD)));
        stop(first);

        AccessService access = start();
        assertFalse(access.claimed());
        assertEquals("the same after a restart", token, token());
        assertEquals(Reason.BAD_CREDENTIALS, refusal(() -> access.claim("", PASSWORD.toCharArray(), HERE)));
        assertEquals(List.of("login.failed  " + HERE + " {at=setup token}"), audit.lines());
        assertEquals(Reason.WEAK_PASSWORD, refusal(() -> access.claim(token, "password".toCharArray(), HERE)));
        Login login = access.claim(token, PASSWORD.toCharArray(), HERE);
        assertTrue(access.claimed());
        assertEquals("admin", access.session(login.token()).orElseThrow().user());
        assertFalse(Files.exists(home.resolve("setup-token")));
        assertEquals(Reason.ALREADY_CLAIMED, refusal(() -> access.claim(token, PASSWORD.toCharArray(), HERE)));
        assertEquals(Reason.ALREADY_CLAIMED, refusal(() -> access.claim("", PASSWORD.toCharArray(), HERE)));
    }

    @Test
    public void ofManyClaimsAtOnceOneWins() throws Exception {
        AccessService access = start();
        assertFalse(access.claimed());
        String token = token();
        var pool = Executors.newFixedThreadPool(4);
        AtomicInteger won = new AtomicInteger();
        try {
            List<Callable<Void>> claims = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String password = PASSWORD + i;
                claims.add(() -> {
                    try {
                        access.claim(token, password.toCharArray(), HERE);
                        won.incrementAndGet();
                    } catch (AccessException e) {
                        assertTrue(e.reason().toString(), e.reason() == Reason.ALREADY_CLAIMED || e.reason() == Reason.BAD_CREDENTIALS);
                    }
                    return null;
                });
            }
            for (var one : pool.invokeAll(claims)) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertEquals(1, won.get());
    }

    @Test
    public void theOwnerGetsInAndNobodyElse() throws Exception {
        AccessService access = claimed();
        assertEquals("admin", login(access, "admin", PASSWORD).session().user());
        assertEquals(Reason.BAD_CREDENTIALS, refusal(() -> login(access, "admin", PASSWORD + "x")));
        assertEquals(Reason.BAD_CREDENTIALS, refusal(() -> login(access, "Admin", PASSWORD)));
        assertEquals(Reason.BAD_CREDENTIALS, refusal(() -> login(access, "", PASSWORD)));
        assertEquals(Reason.BAD_CREDENTIALS, refusal(() -> login(access, "root", "")));
    }

    @Test
    public void unknownAndKnownUsersGetTheSameWords() throws Exception {
        AccessService access = claimed();
        String known = assertThrows(AccessException.class, () -> login(access, "admin", "wrong one")).getMessage();
        assertEquals(known, assertThrows(AccessException.class, () -> login(access, "nobody", "wrong one")).getMessage());
    }

    @Test
    public void guessingIsSlowedDownAndTheOwnerGetsInAfterTheWait() throws Exception {
        AccessService access = claimed();
        for (int i = 0; i <= LoginAttempts.FREE_FAILURES; i++) {
            int guess = i;
            assertEquals(Reason.BAD_CREDENTIALS, refusal(() -> login(access, "admin", "guess number " + guess)));
        }
        AccessException refusal = assertThrows(AccessException.class, () -> login(access, "admin", PASSWORD));
        assertEquals(Reason.TOO_MANY_ATTEMPTS, refusal.reason());
        time.pass(refusal.retryAfter());
        login(access, "admin", PASSWORD);
    }

    @Test
    public void whatCouldNotBeStoredIsReportedStaysEndedAndIsStoredLater() throws Exception {
        AccessService first = claimed();
        Login leaves = login(first, "admin", PASSWORD);
        Path file = home.resolve("sessions.json");
        Path aside = home.resolve("aside.json");
        Files.move(file, aside);
        // A folder of this name that is not empty: nothing can replace it.
        Files.createDirectories(file.resolve("full"));
        assertFalse(first.logout(leaves.session()));
        assertTrue("ended in memory", first.session(leaves.token()).isEmpty());
        Files.delete(file.resolve("full"));
        Files.delete(file);
        Files.move(aside, file);
        assertTrue("the file has it still", Files.readString(file).length() > 50);
        first.sessions().endExpiredSessions();
        assertTrue(first.sessions().isStored());
        stop(first);
        assertTrue(start().session(leaves.token()).isEmpty());
    }

    @Test
    public void aRestartKeepsPeopleLoggedInAndALogoutIsForGood() throws Exception {
        AccessService first = claimed();
        Login stays = login(first, "admin", PASSWORD);
        Login leaves = login(first, "admin", PASSWORD);
        AtomicInteger ends = new AtomicInteger();
        stays.session().onEnd(ends::incrementAndGet);
        first.logout(leaves.session());
        assertTrue(first.hasPermission(stays.session(), Permission.VIEW, "default"));
        stop(first);
        assertEquals("sockets close", 1, ends.get());
        assertFalse(first.hasPermission(stays.session(), Permission.VIEW, "default"));

        AccessService next = start();
        assertTrue(next.session(leaves.token()).isEmpty());
        var session = next.session(stays.token()).orElseThrow();
        assertTrue(next.hasPermission(session, Permission.ADMIN, Rights.EVERY));
        assertFalse("another instance's session", next.hasPermission(stays.session(), Permission.VIEW, "default"));
    }

    @Test
    public void aRestartIsNoMomentToShutTheOwnerOut() throws Exception {
        AccessService first = claimed();
        first.login("admin", PASSWORD.toCharArray(), "", "192.0.2.9");
        stop(first);
        time.pass(Duration.ofDays(8));

        AccessService next = start();
        assertTrue(next.claimed());
        for (int i = 0; i <= LoginAttempts.FREE_FAILURES; i++) {
            String address = "198.51.100." + i;
            assertEquals(Reason.BAD_CREDENTIALS, refusal(() -> next.login("admin", "a guess".toCharArray(), "", address)));
        }
        assertEquals("the name is slowed down", Reason.TOO_MANY_ATTEMPTS, refusal(() -> next.login("admin", PASSWORD.toCharArray(), "", "198.51.100.99")));
        assertEquals("where the owner was, though the session is too old", "admin",
                next.login("admin", PASSWORD.toCharArray(), "", "192.0.2.9").session().user());
    }

    @Test
    public void aPasswordFileClaimsUnattendedAndALoginAtOnceWaitsForIt() throws Exception {
        Path file = folder.newFile("password").toPath();
        Files.writeString(file, PASSWORD + "\r\nsecond line\n");
        AccessService access = start(Optional.of(file));
        login(access, "admin", PASSWORD);
        assertFalse(Files.exists(home.resolve("setup-token")));
        stop(access);

        Files.writeString(file, "another good one");
        AccessService next = start(Optional.of(file));
        assertEquals("ignored once claimed", Reason.BAD_CREDENTIALS, refusal(() -> login(next, "admin", "another good one")));
        login(next, "admin", PASSWORD);
    }

    @Test
    public void aMissingOrWeakPasswordFileLeavesTheDeviceUnclaimedWithItsToken() throws Exception {
        Path file = folder.getRoot().toPath().resolve("password");
        AccessService missing = start(Optional.of(file));
        assertFalse(missing.claimed());
        stop(missing);
        Files.writeString(file, "12345678\n");
        AccessService weak = start(Optional.of(file));
        assertFalse(weak.claimed());
        weak.claim(token(), PASSWORD.toCharArray(), HERE);
    }

    @Test
    public void aDamagedUserFileShutsEverybodyOutAndIsLeftAlone() throws Exception {
        AccessService first = claimed();
        Login login = login(first, "admin", PASSWORD);
        stop(first);
        Path users = home.resolve("users.json");
        String good = Files.readString(users);
        for (String bad : List.of("", "{}", good.substring(0, good.length() / 2), good + good, good.replace("argon2id", "md5"),
                good.replace("\"format\" : 1", "\"format\" : 2"), "{\"format\":1,\"users\":{},\"roles\":{}}")) {
            assertNotEquals(good, bad);
            Files.writeString(users, bad);
            AccessService damaged = start();
            assertTrue("not up for grabs", damaged.claimed());
            assertEquals(Reason.UNAVAILABLE, refusal(() -> login(damaged, "admin", PASSWORD)));
            assertEquals(Reason.UNAVAILABLE, refusal(() -> damaged.claim("", PASSWORD.toCharArray(), HERE)));
            assertTrue(damaged.session(login.token()).isEmpty());
            stop(damaged);
            assertEquals(bad, Files.readString(users));
            assertFalse(Files.exists(home.resolve("setup-token")));
        }
        Files.writeString(users, good);
        assertTrue("mended", start().session(login.token()).isPresent());
    }

    @Test
    public void anOldHashIsUpgradedAtLoginWithoutEndingSessions() throws Exception {
        writeUsers("{\"admin\":{\"password\":\"" + OLD_HASH + "\",\"stamp\":\"s\",\"created\":\"2026-01-01T00:00:00Z\",\"roles\":[\"admin\"],\"rights\":{}}}");
        AccessService access = start();
        Login login = login(access, "admin", "password");
        String users = Files.readString(home.resolve("users.json"));
        assertTrue(users, users.contains("$argon2id$v=19$m=12288,t=3,p=1$"));
        assertTrue(login.session().valid());
        login(access, "admin", "password");
    }

    @Test
    public void rightsArePerTargetAndWhatIsNotListedIsDenied() throws Exception {
        writeUsers("{\"ann\":{\"password\":\"" + OLD_HASH + "\",\"stamp\":\"s\",\"created\":\"2026-01-01T00:00:00Z\","
                + "\"roles\":[\"watch\",\"no such role\"],\"rights\":{\"bay1\":[\"CONTROL\",\"ADMIN\"]}}}");
        AccessService access = start();
        var ann = login(access, "ann", "password").session();
        assertTrue("by her role", access.hasPermission(ann, Permission.VIEW, "bay2"));
        assertTrue(access.hasPermission(ann, Permission.CONTROL, "bay1"));
        assertFalse(access.hasPermission(ann, Permission.CONTROL, "bay2"));
        assertFalse(access.hasPermission(ann, Permission.POWER, "bay1"));
        assertFalse("ADMIN is bound to no target", access.hasPermission(ann, Permission.ADMIN, "bay1"));
        access.logout(ann);
        assertFalse(access.hasPermission(ann, Permission.VIEW, "bay2"));
    }

    private void writeUsers(String users) throws IOException {
        Files.createDirectories(home);
        Files.writeString(home.resolve("users.json"), "{\"format\":1,\"users\":" + users + ",\"roles\":{\"watch\":{\"*\":[\"VIEW\"]}}}");
    }

    @Test
    public void aHomeThatCannotBeWrittenLeavesTheDeviceUnclaimed() throws Exception {
        Files.createFile(home);
        AccessService access = start();
        assertEquals(Reason.UNAVAILABLE, refusal(() -> access.claim("", PASSWORD.toCharArray(), HERE)));
    }

    @Test
    public void badConfigurationValuesFallBackToTheStandard() {
        AccessSettings settings = AccessSettings.fromProperties(Map.of("idleHours", 0, "absoluteDays", 30L, "recheckSeconds", "30", "trustMinutes", "abc",
                "proofMinutes", AccessConfig.MAX_PROOF_MINUTES + 1), key -> null);
        assertEquals(Duration.ofHours(12), settings.limits().idle());
        assertEquals(Duration.ofDays(30), settings.limits().absolute());
        assertEquals(Duration.ofSeconds(30), settings.recheck());
        assertEquals(Duration.ofMinutes(15), settings.trust());
        assertEquals(Duration.ofMinutes(15), settings.proofAge());
        assertEquals(Path.of(".home/access"), settings.folder());
    }

    @Test
    public void aLoginThatBreaksInsideIsNoWrongGuess() throws Exception {
        AccessService access = claimed();
        for (int i = 0; i < 2 * LoginAttempts.FREE_FAILURES; i++) {
            assertEquals(Reason.UNAVAILABLE, refusal(() -> access.login("admin", null, "", "192.0.2.77")));
        }
        assertEquals(Reason.BAD_CREDENTIALS, refusal(() -> access.login("admin", "wrong wrong wrong".toCharArray(), "", "192.0.2.77")));
    }
}
