package org.catseye.auth.ldap;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.catseye.access.Grants;
import org.catseye.access.Permission;
import org.catseye.access.spi.Answer;
import org.catseye.access.spi.Identity;
import org.catseye.auth.ldap.settings.FakeConfig;
import org.catseye.auth.ldap.settings.LdapSettings;
import org.catseye.config.BadValueException;
import org.catseye.testkit.Slapd;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;

/** Against a real OpenLDAP. */
public class LdapAuthenticatorTest {

    private static final Answer NOT_MINE = new Answer.NotMine();
    private static final Answer REFUSED = new Answer.Refused();

    @Rule
    public final Timeout bound = Timeout.seconds(60);
    @ClassRule
    public static final TemporaryFolder FOLDER = new TemporaryFolder();
    private static Slapd slapd;
    private final AtomicLong clock = new AtomicLong();

    @BeforeClass
    public static void start() throws Exception {
        assumeTrue("slapd and openssl are installed", Slapd.installed());
        slapd = new Slapd(FOLDER.newFolder("slapd").toPath());
    }

    @AfterClass
    public static void stop() {
        if (slapd != null) {
            slapd.close();
        }
    }

    private LdapAuthenticator users(Object... changes) throws BadValueException {
        return new LdapAuthenticator(LdapSettings.parseSettings(FakeConfig.with(slapd, changes)), clock::get);
    }

    private static Answer login(LdapAuthenticator users, String user, String password) {
        return users.authenticate(user, password.toCharArray());
    }

    private static Identity known(Answer answer) {
        assertTrue(answer.toString(), answer instanceof Answer.Known);
        return ((Answer.Known) answer).identity();
    }

    private static String unavailable(Answer answer) {
        assertTrue(answer.toString(), answer instanceof Answer.Unavailable);
        return ((Answer.Unavailable) answer).reason();
    }

    private static void change(String dn, ModificationType how, String attribute, String... values) throws LDAPException {
        try (LDAPConnection root = new LDAPConnection("127.0.0.1", slapd.port(), Slapd.ROOT, Slapd.ROOT_PASSWORD)) {
            root.modify(dn, new Modification(how, attribute, values));
        }
    }

    private static String dn(String user) {
        return "uid=" + user + "," + Slapd.PEOPLE;
    }

    @Test
    public void whoHasTheRightPasswordAndAGroupGetsInWithItsRights() throws Exception {
        for (String address : List.of(slapd.secureAddress(), slapd.address())) {
            LdapAuthenticator users = users("servers", new String[] {address});
            Identity ann = known(login(users, "ann", Slapd.PASSWORD));
            assertEquals("ann", ann.user());
            assertEquals(new Grants(Set.of(), Map.of("*", Set.of(Permission.VIEW), "bay1", Set.of(Permission.CONTROL, Permission.POWER))), ann.grants());
            assertEquals(new Grants(Set.of("admin"), Map.of()), known(login(users, "bob", Slapd.PASSWORD)).grants());
            assertEquals(REFUSED, login(users, "ann", Slapd.PASSWORD + "x"));
            assertEquals("in no group that may do anything", REFUSED, login(users, "carl", Slapd.PASSWORD));
            assertEquals(NOT_MINE, login(users, "nobody", Slapd.PASSWORD));
        }
    }

    @Test
    public void theStampIsTheSameAtLoginAndLater() throws Exception {
        LdapAuthenticator users = users();
        assertEquals(known(login(users, "ann", Slapd.PASSWORD)), known(users.check("ann")));
    }

    @Test
    public void anEmptyPasswordOpensNothingThoughTheServerWouldTakeIt() throws Exception {
        try (LDAPConnection connection = new LDAPConnection("127.0.0.1", slapd.port())) {
            connection.getConnectionOptions().setBindWithDNRequiresPassword(false);
            connection.bind(dn("ann"), "");
        }
        assertEquals(NOT_MINE, login(users(), "ann", ""));
    }

    @Test
    public void aNameIsComparedAndNeverReadAsAPartOfTheFilter() throws Exception {
        LdapAuthenticator users = users();
        for (String name : List.of("*", "a*", "ann*", "ann)(uid=*", "*)(|(uid=*", "ann))(|(uid=ann", "\\61nn", "ann\\", "ann)", "(ann", "{user}", "{dn}", "ann\u0000",
                "ann\n", "", " ", "x".repeat(100_000), "uid=ann," + Slapd.PEOPLE, "\u00e4nn", "\uff41nn", "\ud800", "cn=ann", "ann)(objectClass=*)")) {
            assertEquals(name, NOT_MINE, login(users, name, Slapd.PASSWORD));
            assertEquals(name, NOT_MINE, users.check(name));
        }
    }

    @Test
    public void theNameIsTheOneOfTheDirectoryHoweverItWasTyped() throws Exception {
        assertEquals("ann", known(login(users(), "ANN", Slapd.PASSWORD)).user());
        assertEquals("ann", known(login(users(), "ann ", Slapd.PASSWORD)).user());
    }

    @Test
    public void aNameThatSeveralEntriesHaveOpensNothing() throws Exception {
        LdapAuthenticator users = users("userFilter", "(|(uid={user})(uid=bob))");
        assertEquals(NOT_MINE, login(users, "ann", Slapd.PASSWORD));
        assertEquals("somebody else's entry", NOT_MINE, login(users, "zoe", Slapd.PASSWORD));
    }

    @Test
    public void whoLosesTheGroupOrTheEntryOrGetsAnotherPasswordIsNotTheSameAnyMore() throws Exception {
        LdapAuthenticator users = users();
        Identity before = known(users.check("bob"));
        change("cn=watchers," + Slapd.GROUPS, ModificationType.ADD, "member", dn("bob"));
        Identity promoted = known(users.check("bob"));
        assertNotEquals(before.stamp(), promoted.stamp());
        assertEquals("API tokens stay", before.tokenStamp(), promoted.tokenStamp());
        change("cn=watchers," + Slapd.GROUPS, ModificationType.DELETE, "member", dn("bob"));
        assertEquals(before, known(users.check("bob")));

        change(dn("bob"), ModificationType.REPLACE, "userPassword", "red roses hum");
        Identity changed = known(users.check("bob"));
        assertNotEquals(before.stamp(), changed.stamp());
        assertNotEquals(before.tokenStamp(), changed.tokenStamp());
        assertEquals(REFUSED, login(users, "bob", Slapd.PASSWORD));
        assertEquals(changed, known(login(users, "bob", "red roses hum")));
        change(dn("bob"), ModificationType.REPLACE, "userPassword", Slapd.PASSWORD);

        change("cn=watchers," + Slapd.GROUPS, ModificationType.REPLACE, "member", dn("bob"));
        assertEquals("in no group", NOT_MINE, users.check("ann"));
        change("cn=watchers," + Slapd.GROUPS, ModificationType.REPLACE, "member", dn("ann"));
        assertEquals("no entry", NOT_MINE, users.check("nobody"));
    }

    @Test
    public void aLockedAccountIsOut() throws Exception {
        change(dn("ann"), ModificationType.ADD, "pwdAccountLockedTime", "000001010000Z");
        try {
            assertEquals(REFUSED, login(users(), "ann", Slapd.PASSWORD));
            assertEquals(NOT_MINE, users().check("ann"));
        } finally {
            change(dn("ann"), ModificationType.DELETE, "pwdAccountLockedTime");
        }
    }

    @Test
    public void nothingIsSentToAServerThatIsNotTrustedOrIsAnother() throws Exception {
        for (String address : List.of(slapd.secureAddress(), slapd.address())) {
            String untrusted = unavailable(login(users("caFile", "", "servers", new String[] {address}), "ann", Slapd.PASSWORD));
            assertTrue(untrusted, untrusted.contains("certification path"));
        }
        String other = unavailable(login(users("servers", new String[] {slapd.addressOfAnotherName()}), "ann", Slapd.PASSWORD));
        assertTrue(other, other.contains("127.0.0.2"));
        String missing = unavailable(login(users("caFile", "/nowhere/ca.pem"), "ann", Slapd.PASSWORD));
        assertTrue(missing, missing.contains("/nowhere/ca.pem"));
    }

    @Test
    public void aSearchAccountThatIsRefusedIsNamedWithoutItsPassword() throws Exception {
        String reason = unavailable(login(users("bindPassword", "not the secret"), "ann", Slapd.PASSWORD));
        assertTrue(reason, reason.contains(Slapd.ACCOUNT) && !reason.contains("not the secret") && !reason.contains(Slapd.PASSWORD));
        assertTrue("without an account this directory shows nothing", unavailable(login(users("bindDn", "", "bindPassword", ""), "ann", Slapd.PASSWORD)).contains("no such object"));
    }

    @Test
    public void aServerThatAcceptsAndNeverAnswersCostsItsTimeOnceAndAnotherIsTried() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            for (String scheme : List.of("ldap", "ldaps")) {
                String address = scheme + "://127.0.0.1:" + silent.getLocalPort();
                LdapAuthenticator users = users("servers", new String[] {address}, "timeoutSeconds", 1);
                long began = System.nanoTime();
                unavailable(login(users, "ann", Slapd.PASSWORD));
                long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
                assertTrue(scheme + ": " + millis + " ms", millis >= 900 && millis < 3_000);
                assertTrue(unavailable(login(users, "ann", Slapd.PASSWORD)).contains("a moment ago"));
                clock.addAndGet(TimeUnit.SECONDS.toNanos(6));
                assertFalse(unavailable(login(users, "ann", Slapd.PASSWORD)).contains("a moment ago"));
                known(login(users("servers", new String[] {address, slapd.secureAddress()}, "timeoutSeconds", 4), "ann", Slapd.PASSWORD));
            }
        }
    }

    /** Says yes to StartTLS, and then nothing. */
    @Test
    public void aServerThatFallsSilentAfterStartTlsCostsItsTimeOnly() throws Exception {
        byte[] yes = HexFormat.of().parseHex("300c02010178070a010004000400");
        try (ServerSocket half = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            Thread answering = new Thread(() -> {
                try (Socket socket = half.accept()) {
                    socket.getInputStream().read(new byte[1000]);
                    socket.getOutputStream().write(yes);
                    while (socket.getInputStream().read() >= 0) {
                        // The hello of TLS is read and not answered.
                    }
                } catch (IOException e) {
                    // The test is over.
                }
            });
            answering.start();
            long began = System.nanoTime();
            unavailable(login(users("servers", new String[] {"ldap://127.0.0.1:" + half.getLocalPort()}, "timeoutSeconds", 1), "ann", Slapd.PASSWORD));
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            assertTrue(millis + " ms", millis >= 900 && millis < 3_000);
            answering.join(5_000);
            assertFalse("the connection was closed", answering.isAlive());
        }
    }

    @Test
    public void aServerThatIsAwayAndComesBackIsAskedAgain() throws Exception {
        LdapAuthenticator users = users();
        slapd.stop();
        unavailable(login(users, "ann", Slapd.PASSWORD));
        unavailable(users.check("ann"));
        slapd.start();
        clock.addAndGet(TimeUnit.SECONDS.toNanos(6));
        known(login(users, "ann", Slapd.PASSWORD));
    }

    @Test
    public void fiftyAtOnceGetTheirOwnAnswers() throws Exception {
        LdapAuthenticator users = users("timeoutSeconds", 8);
        var pool = Executors.newFixedThreadPool(50);
        try {
            List<Callable<Answer>> logins = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                int number = i;
                logins.add(() -> login(users, number % 2 == 0 ? "ann" : "bob", number % 5 == 0 ? "wrong" : Slapd.PASSWORD));
            }
            List<Future<Answer>> answers = pool.invokeAll(logins);
            for (int i = 0; i < 50; i++) {
                Answer answer = answers.get(i).get();
                if (i % 5 == 0) {
                    assertEquals(REFUSED, answer);
                } else {
                    assertEquals(i % 2 == 0 ? "ann" : "bob", known(answer).user());
                }
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    public void unknownUsersCostAsManyStepsAsKnownOnes() throws Exception {
        // What can be compared from outside: both try a password. The entry that does not exist is refused as a wrong password is.
        LdapAuthenticator users = users();
        List<Long> known = new ArrayList<>();
        List<Long> unknown = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            // In turns: what else the machine does is the same for both.
            known.add(micros(() -> login(users, "ann", "wrong")));
            unknown.add(micros(() -> login(users, "nobody", "wrong")));
        }
        long one = median(known);
        long other = median(unknown);
        assertTrue("known " + one + " us, unknown " + other + " us", Math.max(one, other) < 2.5 * Math.min(one, other));
    }

    private static long micros(Runnable login) {
        long began = System.nanoTime();
        login.run();
        return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began);
    }

    private static long median(List<Long> times) {
        return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
    }

    @Test
    public void theFilesOfTheTestAreItsOwn() throws Exception {
        assertTrue(slapd.certificate().startsWith(Path.of(FOLDER.getRoot().getPath())));
    }
}
