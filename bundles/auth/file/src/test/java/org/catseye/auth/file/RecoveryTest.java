package org.catseye.auth.file;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.catseye.access.Audit;
import org.catseye.access.Rights;
import org.catseye.access.spi.Answer;
import org.catseye.access.spi.Identity;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class RecoveryTest {

    private static final String PASSWORD = "three odd words";
    private static final String NEW = "four other odd words";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();
    private final List<String> audited = new ArrayList<>();
    private final List<String> auditedInFull = new ArrayList<>();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private Path home;
    private FileUsers users;

    @Before
    public void claim() throws Exception {
        home = folder.getRoot().toPath();
        users = start();
        assertFalse(users.claimed());
        users.claim(PASSWORD.toCharArray());
    }

    @After
    public void stop() {
        users.close();
    }

    private FileUsers start() {
        FileUsers made = new FileUsers(new FileSettings(home.resolve("access"), Optional.empty(), "http://localhost"), () -> Instant.parse("2026-01-31T12:00:00Z"), new Audit() {
            @Override
            public void record(String action, String user, String address, Map<String, String> details) {
                audited.add(action + " " + user);
                auditedInFull.add(action + " " + user + " " + new TreeMap<>(details));
            }

            @Override
            public List<Entry> newest(int most) {
                return List.of();
            }
        });
        made.open();
        return made;
    }

    private void recover(String password) throws Exception {
        Recover recover = new Recover(home, true, new PrintStream(said, true, StandardCharsets.UTF_8));
        recover.checkHome();
        recover.run(password.toCharArray(), Duration.ZERO);
    }

    private Path file() {
        return home.resolve("access/recovery.json");
    }

    private Identity identity() {
        return ((Answer.Known) users.check("admin")).identity();
    }

    private boolean opens(String password) throws Exception {
        return users.authenticate("admin", password.toCharArray()) instanceof Answer.Known;
    }

    @Test
    public void aNewPasswordIsTakenWhileCatseyeRunsAndEndsWhatWasOpen() throws Exception {
        Identity before = identity();
        users.change(accounts -> accounts.with(accounts.user("admin").orElseThrow().withFactor(Optional.of(Totp.fresh())).withGrants(Set.of(), Rights.NONE)));
        recover(NEW);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
        assertFalse("a hash, no password", Files.readString(file()).contains(NEW));
        users.recover();
        assertFalse(Files.exists(file()));
        assertTrue(opens(NEW));
        assertFalse(opens(PASSWORD));
        assertEquals(Set.of("admin"), identity().grants().roles());
        assertFalse("the phone may be lost too", identity().secondFactor());
        assertFalse(before.stamp().equals(identity().stamp()) || before.tokenStamp().equals(identity().tokenStamp()));
        assertEquals(List.of("recovered admin"), audited);
    }

    @Test
    public void aNewPasswordIsTakenAtTheNextStartAlsoIfTheUsersCannotBeReadOrAdminIsGone() throws Exception {
        users.close();
        Files.writeString(home.resolve("access/users.json"), "{ torn");
        recover(NEW);
        assertTrue(said.toString(), said.toString(StandardCharsets.UTF_8).contains("Start it"));
        users = start();
        assertTrue(users.claimed());
        assertTrue(opens(NEW));
        try (var files = Files.list(home.resolve("access"))) {
            assertEquals("the torn one is kept", 1, files.filter(one -> one.getFileName().toString().startsWith("users.json.damaged-")).count());
        }
        users.change(accounts -> accounts.without(accounts.user("admin").orElseThrow()).with(
                new User("eve", accounts.user("admin").orElseThrow().password(), "s", Instant.EPOCH, Set.of(), Rights.NONE)));
        recover(PASSWORD);
        users.recover();
        assertTrue(opens(PASSWORD));
        assertTrue("others stay", users.check("eve") instanceof Answer.Known);
    }

    @Test
    public void withoutTheOptionThePasswordWaitsForTheLauncher() throws Exception {
        new Recover(home, false, new PrintStream(said, true, StandardCharsets.UTF_8)).run(NEW.toCharArray(), Duration.ZERO);
        users.recover();
        assertTrue("a bundle of users that is broken or forged cannot lose it", opens(PASSWORD));
        Path request = home.resolve("access").resolve(Recover.REQUEST);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(request)));
        Files.writeString(home.resolve("access/recovery-aside.txt"), "aside/1/config/x.config\n");
        Files.move(request, file());
        users.recover();
        assertTrue(opens(NEW));
        assertEquals(List.of("recovered admin {aside=aside/1/config/x.config, by=catseye recover}"), auditedInFull);
    }

    @Test
    public void aDeviceThatNobodyHasClaimedIsClaimedByIt() throws Exception {
        users.close();
        Files.delete(home.resolve("access/users.json"));
        users = start();
        assertFalse(users.claimed());
        recover(NEW);
        users.recover();
        assertTrue(users.claimed() && opens(NEW));
        assertFalse("the token opens nothing any more", Files.exists(home.resolve("access/setup-token")));
    }

    @Test
    public void whatOthersMayHaveWrittenOrIsBrokenChangesNothingAndIsPutAway() throws Exception {
        for (String bad : List.of("", "{}", "{\"format\":1}", "{\"format\":1,\"password\":\"plain\"}", "{\"format\":2,\"password\":\"x\"}")) {
            Files.writeString(file(), bad);
            Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
            users.recover();
            assertFalse(Files.exists(file()));
            assertTrue(opens(PASSWORD));
        }
        recover(NEW);
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw-rw-"));
        users.recover();
        assertFalse(Files.exists(file()));
        assertTrue(opens(PASSWORD));
        assertEquals(List.of(), audited);
    }

    @Test
    public void aWeakPasswordAndAWrongHomeAreRefusedInWords() throws IOException {
        assertTrue(assertThrows(Recover.Refusal.class, () -> recover("short")).getMessage().contains("too short"));
        assertFalse(Files.exists(file()));
        Recover elsewhere = new Recover(folder.newFolder().toPath(), false, System.out);
        assertTrue(assertThrows(Recover.Refusal.class, elsewhere::checkHome).getMessage().contains("--home"));
    }
}
