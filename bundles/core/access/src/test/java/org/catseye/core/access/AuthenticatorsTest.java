package org.catseye.core.access;

import static org.catseye.core.access.AccessBench.HERE;
import static org.catseye.core.access.AccessBench.PASSWORD;
import static org.catseye.core.access.AccessBench.by;
import static org.catseye.core.access.AccessBench.refused;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.catseye.access.AccessControl.Login;
import org.catseye.access.AccessException;
import org.catseye.access.AccessException.Reason;
import org.catseye.access.Grants;
import org.catseye.access.Permission;
import org.catseye.access.Session;
import org.catseye.access.spi.Answer;
import org.catseye.access.spi.Authenticator;
import org.catseye.access.spi.Identity;
import org.catseye.access.spi.PasswordAuthenticator;
import org.catseye.access.spi.UserStore;
import org.catseye.auth.file.FileUserStore;
import org.catseye.core.access.authenticator.AuthenticatorCalls;
import org.catseye.core.access.login.RefusalDelay;
import org.catseye.core.access.users.LocalUsers;
import org.catseye.core.access.users.UserSettings;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;

/** Several who know users, coming and going: the file, and a directory that does as the test says. */
public class AuthenticatorsTest {

    private static final Map<String, Object> DIRECTORY = Map.of(Authenticator.NAME, "ldap", "service.id", 2L);
    private static final Grants VIEW = new Grants(Set.of(), Map.of("*", Set.of(Permission.VIEW)));

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();
    @Rule
    public final Timeout bound = Timeout.seconds(60);
    private final FakeDirectory directory = new FakeDirectory();
    private AccessBench bench;

    @Before
    public void claim() throws Exception {
        bench = new AccessBench(folder.getRoot().toPath().resolve("access"));
        bench.access.bindAuthenticator(directory, DIRECTORY);
        directory.people.put("zoe", new Identity("zoe", VIEW, "s", "t", false));
    }

    @After
    public void stop() {
        directory.hang.countDown();
        bench.close();
    }

    /** Everybody in it has the usual password. */
    private static final class FakeDirectory implements PasswordAuthenticator {
        final Map<String, Identity> people = new ConcurrentHashMap<>();
        final List<String> asked = new ArrayList<>();
        final CountDownLatch hang = new CountDownLatch(1);
        volatile boolean silent;
        volatile boolean hanging;

        @Override
        public Answer authenticate(String user, char[] password) {
            synchronized (asked) {
                asked.add(user);
            }
            Answer answer = check(user);
            return answer instanceof Answer.Known && !new String(password).equals(PASSWORD) ? new Answer.Refused() : answer;
        }

        @Override
        public Answer check(String user) {
            if (hanging) {
                try {
                    hang.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            if (silent) {
                return new Answer.Unavailable("it is silent");
            }
            return people.containsKey(user) ? new Answer.Known(people.get(user)) : new Answer.NotMine();
        }
    }

    private boolean maySee(Session session) {
        return bench.access.hasPermission(session, Permission.VIEW, "bay1");
    }

    private boolean opens(Login login) {
        return bench.access.session(login.token()).isPresent();
    }

    private static AtomicInteger ends(Login login) {
        AtomicInteger ends = new AtomicInteger();
        login.session().onEnd(ends::incrementAndGet);
        return ends;
    }

    private void recheck() {
        bench.time.pass(Duration.ofMinutes(1));
        bench.access.tasks().recheckNow();
    }

    @Test
    public void usersOfTheDirectoryLiveAsSessionsLikeAnybodyAndAreListedAsSuch() throws Exception {
        Login zoe = bench.login("zoe", PASSWORD);
        assertTrue(maySee(zoe.session()));
        assertFalse(bench.access.hasPermission(zoe.session(), Permission.CONTROL, "bay1"));
        assertTrue(opens(zoe));
        assertEquals(List.of("file", "ldap"), bench.sessions.sessions(bench.asAdmin()).stream().map(opened -> opened.authenticator()).sorted().toList());
        assertTrue(bench.audit.lines().toString(), bench.audit.lines().stream().anyMatch(line -> line.startsWith("login zoe") && line.contains("authenticator=ldap")));
        Login token = bench.sessions.createToken(by(zoe), "t", Map.of("*", Set.of(Permission.VIEW)), bench.time.instant().plusSeconds(1000));
        assertTrue(maySee(token.session()));
        assertEquals("what is kept elsewhere is changed there", Reason.NOT_FOUND, refused(() -> bench.users.changePassword(by(zoe), PASSWORD.toCharArray(), "four odd new words".toCharArray())));
        assertEquals(Reason.NOT_FOUND, refused(() -> bench.users.user(by(zoe), "zoe")));
        bench.access.logout(zoe.session());
        assertFalse(opens(zoe));
    }

    @Test
    public void aNameOfTheDeviceIsNeverLookedUpInTheDirectoryNorTakenByIt() throws Exception {
        directory.people.put("admin", new Identity("admin", VIEW, "s", "t", false));
        assertEquals(Reason.BAD_CREDENTIALS, refused(() -> bench.login("admin", "wrong words")));
        assertEquals(List.of(), directory.asked);
        directory.people.put("ADMIN", new Identity("admin", VIEW, "s", "t", false));
        assertEquals("an answer with a name of the device", Reason.BAD_CREDENTIALS, refused(() -> bench.login("ADMIN", PASSWORD)));

        Login zoe = bench.login("zoe", PASSWORD);
        AtomicInteger ended = ends(zoe);
        Login token = bench.sessions.createToken(by(zoe), "t", Map.of("*", Set.of(Permission.VIEW)), bench.time.instant().plusSeconds(1000));
        bench.users.add(bench.asAdmin(), "zoe", "four other odd words".toCharArray(), AccessBench.WATCH);
        assertEquals(1, ended.get());
        assertFalse(opens(zoe));
        assertFalse(opens(token));
        assertEquals("the device's now", Reason.BAD_CREDENTIALS, refused(() -> bench.login("zoe", PASSWORD)));
        assertEquals(List.of(), bench.sessions.tokens(by(bench.login("zoe", "four other odd words"))));
    }

    @Test
    public void whoIsGoneInTheDirectoryIsOutWithinAMinute() throws Exception {
        Login zoe = bench.login("zoe", PASSWORD);
        Login token = bench.sessions.createToken(by(zoe), "t", Map.of("*", Set.of(Permission.VIEW)), bench.time.instant().plusSeconds(1000));
        AtomicInteger ended = ends(zoe);
        recheck();
        assertTrue(opens(zoe));
        directory.people.clear();
        recheck();
        assertEquals(1, ended.get());
        assertFalse(opens(zoe));
        assertFalse(opens(token));
        directory.people.put("zoe", new Identity("zoe", VIEW, "s", "t", false));
        recheck();
        assertFalse("for good", opens(zoe));
        assertFalse(Files.readString(bench.home.resolve("sessions.json")).contains("zoe"));
    }

    @Test
    public void otherRightsEndLoginsAndAnotherPasswordVoidsTokensToo() throws Exception {
        Login zoe = bench.login("zoe", PASSWORD);
        Login token = bench.sessions.createToken(by(zoe), "t", Map.of("*", Set.of(Permission.VIEW)), bench.time.instant().plusSeconds(1000));
        directory.people.put("zoe", new Identity("zoe", new Grants(Set.of(), Map.of()), "s2", "t", false));
        recheck();
        assertFalse(opens(zoe));
        assertTrue(opens(token));
        assertFalse("what is not its user's right", maySee(token.session()));
        directory.people.put("zoe", new Identity("zoe", VIEW, "s3", "t3", false));
        recheck();
        assertFalse(opens(token));
    }

    @Test
    public void aDirectoryThatIsSilentIsTrustedForAQuarterOfAnHourAndThenItsUsersSleepUntilItIsBack() throws Exception {
        Login zoe = bench.login("zoe", PASSWORD);
        AtomicInteger ended = ends(zoe);
        directory.silent = true;
        for (int minutes = 1; minutes <= 15; minutes++) {
            recheck();
        }
        assertTrue(maySee(zoe.session()));
        recheck();
        assertEquals(1, ended.get());
        assertFalse(maySee(zoe.session()));
        assertFalse(opens(zoe));
        directory.silent = false;
        recheck();
        assertTrue("the cookie is good again", opens(zoe));
    }

    @Test
    public void aBundleThatIsUpdatedDisturbsNobodyAndOneThatStaysAwayLetsNobodyNewIn() throws Exception {
        Login zoe = bench.login("zoe", PASSWORD);
        AtomicInteger ended = ends(zoe);
        AtomicInteger adminEnded = ends(bench.admin);
        bench.access.unbindAuthenticator(directory, DIRECTORY);
        bench.access.unbindAuthenticator(bench.file, AccessBench.FILE);
        assertTrue(maySee(zoe.session()));
        assertTrue(bench.access.hasPermission(bench.admin.session(), Permission.ADMIN, "*"));
        AccessException away = assertThrows(AccessException.class, () -> bench.login("admin", PASSWORD));
        assertEquals(Reason.UNAVAILABLE, away.reason());
        assertTrue(away.getMessage(), away.getMessage().contains("recover"));
        assertTrue("not up for grabs", bench.access.claimed());
        assertEquals(Reason.UNAVAILABLE, refused(() -> bench.access.claim("", PASSWORD.toCharArray(), HERE)));
        bench.access.bindAuthenticator(directory, DIRECTORY);
        bench.login("zoe", PASSWORD);
        bench.time.pass(Duration.ofMinutes(16));
        bench.access.tasks().recheckNow();
        assertFalse("nobody vouches for the administrator", opens(bench.admin));
        assertEquals(1, adminEnded.get());
        assertEquals("asked again, zoe goes on", 0, ended.get());
        bench.access.bindAuthenticator(bench.file, AccessBench.FILE);
        assertTrue(opens(bench.admin));
    }

    /** The new instance of a store that is updated has not been read yet. */
    @Test
    public void sessionsContinueWhileAnUpdatedStoreIsRead() throws Exception {
        Login zoe = bench.login("zoe", PASSWORD);
        AtomicInteger ended = ends(zoe);
        AtomicInteger adminEnded = ends(bench.admin);
        CountDownLatch read = new CountDownLatch(1);
        UserStore real = new FileUserStore(bench.home, bench.time);
        UserStore slow = (UserStore) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {UserStore.class}, (proxy, method, arguments) -> {
            if (method.getName().equals("load")) {
                read.await();
            }
            return method.invoke(real, arguments);
        });
        LocalUsers updated = new LocalUsers(new UserSettings(bench.home, Optional.empty(), ""), slow, bench.time, bench.audit);
        updated.start();
        bench.access.unbindAuthenticator(bench.file, AccessBench.FILE);
        bench.access.bindAuthenticator(updated, AccessBench.FILE);
        bench.access.tasks().recheckNow();
        assertTrue(maySee(zoe.session()));
        assertTrue(bench.access.hasPermission(bench.admin.session(), Permission.ADMIN, "*"));
        read.countDown();
        assertTrue(updated.awaitReadable());
        bench.access.tasks().recheckNow();
        assertEquals(List.of(0, 0), List.of(ended.get(), adminEnded.get()));
        assertTrue(bench.access.hasPermission(bench.admin.session(), Permission.ADMIN, "*"));
        updated.stop();
    }

    @Test
    public void afterARestartNobodyOfTheDirectoryIsInUntilItHasSaidSo() throws Exception {
        Login zoe = bench.login("zoe", PASSWORD);
        bench.restart();
        assertFalse(opens(zoe));
        directory.silent = true;
        bench.access.bindAuthenticator(directory, DIRECTORY);
        bench.access.tasks().recheckNow();
        assertFalse(opens(zoe));
        directory.silent = false;
        bench.access.tasks().recheckNow();
        assertTrue(opens(zoe));
    }

    @Test
    public void everybodyWhoIsRefusedGetsTheSameWordsAlsoWhileTheDirectoryIsSilent() throws Exception {
        String words = words("admin");
        assertEquals(words, words("zoe"));
        assertEquals(words, words("nobody"));
        directory.silent = true;
        words("nobody");
        String silent = words("nobody");
        assertTrue(silent, silent.contains("does not answer"));
        assertEquals(silent, words("zoe"));
        assertEquals(silent, words("admin"));
        directory.silent = false;
        words("nobody");
        assertEquals(words, words("admin"));
    }

    private String words(String user) {
        bench.time.pass(Duration.ofHours(1));
        AccessException refusal = assertThrows(AccessException.class, () -> bench.login(user, "wrong words"));
        assertEquals(Reason.BAD_CREDENTIALS, refusal.reason());
        return refusal.getMessage();
    }

    @Test
    public void theAnswerOfARefusalComesWhenThatOfTheSlowestCame() throws Exception {
        AtomicInteger waits = new AtomicInteger();
        long[] now = {0};
        RefusalDelay refusals = new RefusalDelay(() -> now[0], nanos -> {
            waits.incrementAndGet();
            now[0] += nanos;
        });
        now[0] = Duration.ofMillis(600).toNanos();
        refusals.awaitEnd(0);
        assertEquals("in steps", Duration.ofMillis(750).toNanos(), now[0]);
        long began = now[0];
        now[0] += Duration.ofMillis(10).toNanos();
        refusals.awaitEnd(began);
        assertEquals("a step less, not all at once", Duration.ofMillis(500).toNanos(), now[0] - began);
        assertEquals(2, waits.get());
    }

    @Test
    public void oneThatHangsIsGivenUpAndHoldsNobodyElseUp() throws Exception {
        AuthenticatorCalls asking = new AuthenticatorCalls(Duration.ofMillis(100));
        try {
            List<Thread> waiting = new ArrayList<>();
            AtomicInteger given = new AtomicInteger();
            directory.hanging = true;
            for (int i = 0; i < 8; i++) {
                Thread one = new Thread(() -> {
                    try {
                        given.addAndGet(asking.callAuthenticator(() -> directory.check("zoe")) instanceof Answer.Unavailable ? 1 : 0);
                    } catch (AccessException e) {
                        given.set(-100);
                    }
                });
                one.start();
                waiting.add(one);
            }
            for (Thread one : waiting) {
                one.join();
            }
            assertEquals(8, given.get());
        } finally {
            asking.close();
        }
    }

    @Test
    public void aBundleThatThrowsIsOneThatCannotTell() throws Exception {
        bench.access.bindAuthenticator(new PasswordAuthenticator() {
            @Override
            public Answer authenticate(String user, char[] password) {
                throw new IllegalStateException("a harsh one");
            }

            @Override
            public Answer check(String user) {
                throw new IllegalStateException("a harsh one");
            }
        }, Map.of(Authenticator.NAME, "harsh", "service.id", 3L, "service.ranking", 2000));
        bench.login("zoe", PASSWORD);
        bench.login("admin", PASSWORD);
    }

    @Test
    public void aRoleOfTheDeviceCountsForUsersOfTheDirectoryAndItsChangeClosesWhatTheyHaveOpen() throws Exception {
        bench.users.putRole(bench.asAdmin(), "watch", Map.of("*", Set.of(Permission.VIEW)));
        directory.people.put("yan", new Identity("yan", new Grants(Set.of("watch", "no such role"), Map.of()), "s", "t", false));
        Login yan = bench.login("yan", PASSWORD);
        AtomicInteger ended = ends(yan);
        assertTrue(maySee(yan.session()));
        bench.users.putRole(bench.asAdmin(), "watch", Map.of("bay2", Set.of(Permission.VIEW)));
        assertEquals(1, ended.get());
        Session again = bench.access.session(yan.token()).orElseThrow();
        assertFalse(maySee(again));
        assertTrue(bench.access.hasPermission(again, Permission.VIEW, "bay2"));
    }
}
