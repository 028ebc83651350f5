package org.catseye.core.access.users;

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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.catseye.access.Rights;
import org.catseye.access.spi.Answer;
import org.catseye.access.spi.Identity;
import org.catseye.access.spi.UserRecord;
import org.catseye.auth.file.FileUserStore;
import org.catseye.testkit.FakeAudit;
import org.catseye.testkit.FakeTime;
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
    private final FakeTime time = new FakeTime();
    private final FakeAudit audit = new FakeAudit();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private Path home;
    private LocalUsers users;

    @Before
    public void claim() throws Exception {
        home = folder.getRoot().toPath();
        users = start();
        assertFalse(users.isClaimed());
        users.claimDevice(PASSWORD.toCharArray());
    }

    @After
    public void stop() {
        users.stop();
    }

    private LocalUsers start() {
        LocalUsers made = new LocalUsers(new UserSettings(home.resolve("access"), Optional.empty(), "http://localhost"), new FileUserStore(home.resolve("access"), time), time, audit);
        made.start();
        return made;
    }

    private void recover(String password) throws Exception {
        RecoverCommand recover = new RecoverCommand(home, true, new PrintStream(said, true, StandardCharsets.UTF_8));
        recover.checkHome();
        recover.writeRequest(password.toCharArray(), Duration.ZERO);
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
        users.accounts().changeRecords(records -> records.withUser(records.findUser("admin").orElseThrow()
                .withSecondFactor(Optional.of(Totp.createRandom().factor())).withGrants(Set.of(), Rights.NONE)));
        recover(NEW);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
        assertFalse("a hash, no password", Files.readString(file()).contains(NEW));
        users.applyRecovery();
        assertFalse(Files.exists(file()));
        assertTrue(opens(NEW));
        assertFalse(opens(PASSWORD));
        assertEquals(Set.of("admin"), identity().grants().roles());
        assertFalse("the phone may be lost too", identity().secondFactor());
        assertFalse(before.stamp().equals(identity().stamp()) || before.tokenStamp().equals(identity().tokenStamp()));
        assertEquals(List.of("recovered admin  {by=catseye recover}"), audit.lines());
    }

    @Test
    public void aNewPasswordIsTakenAtTheNextStartAlsoIfTheUsersCannotBeReadOrAdminIsGone() throws Exception {
        users.stop();
        Files.writeString(home.resolve("access/users.json"), "{ torn");
        recover(NEW);
        assertTrue(said.toString(), said.toString(StandardCharsets.UTF_8).contains("Start it"));
        users = start();
        assertTrue(users.isClaimed());
        assertTrue(opens(NEW));
        try (var files = Files.list(home.resolve("access"))) {
            assertEquals("the torn one is kept", 1, files.filter(one -> one.getFileName().toString().startsWith("users.json.damaged-")).count());
        }
        users.accounts().changeRecords(records -> records.withoutUser("admin").withUser(
                new UserRecord("eve", records.findUser("admin").orElseThrow().passwordHash(), "s", "s", Instant.EPOCH, Set.of(), Rights.NONE, Optional.empty())));
        recover(PASSWORD);
        users.applyRecovery();
        assertTrue(opens(PASSWORD));
        assertTrue("others stay", users.check("eve") instanceof Answer.Known);
    }

    @Test
    public void withoutTheOptionThePasswordWaitsForTheLauncher() throws Exception {
        new RecoverCommand(home, false, new PrintStream(said, true, StandardCharsets.UTF_8)).writeRequest(NEW.toCharArray(), Duration.ZERO);
        users.applyRecovery();
        assertTrue("a bundle of users that is broken or forged cannot lose it", opens(PASSWORD));
        Path request = home.resolve("access").resolve(RecoverCommand.REQUEST);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(request)));
        Files.writeString(home.resolve("access/recovery-aside.txt"), "aside/1/config/x.config\n");
        Files.move(request, file());
        users.applyRecovery();
        assertTrue(opens(NEW));
        assertEquals(List.of("recovered admin  {aside=aside/1/config/x.config, by=catseye recover}"), audit.lines());
    }

    @Test
    public void aDeviceThatNobodyHasClaimedIsClaimedByIt() throws Exception {
        users.stop();
        Files.delete(home.resolve("access/users.json"));
        users = start();
        assertFalse(users.isClaimed());
        recover(NEW);
        users.applyRecovery();
        assertTrue(users.isClaimed() && opens(NEW));
        assertFalse("the token opens nothing any more", Files.exists(home.resolve("access/setup-token")));
    }

    @Test
    public void whatOthersMayHaveWrittenOrIsBrokenChangesNothingAndIsPutAway() throws Exception {
        for (String bad : List.of("", "{}", "{\"format\":1}", "{\"format\":1,\"password\":\"plain\"}", "{\"format\":2,\"password\":\"x\"}")) {
            Files.writeString(file(), bad);
            Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
            users.applyRecovery();
            assertFalse(Files.exists(file()));
            assertTrue(opens(PASSWORD));
        }
        recover(NEW);
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw-rw-"));
        users.applyRecovery();
        assertFalse(Files.exists(file()));
        assertTrue(opens(PASSWORD));
        assertEquals(List.of(), audit.lines());
    }

    @Test
    public void aWeakPasswordAndAWrongHomeAreRefusedInWords() throws IOException {
        assertTrue(assertThrows(RecoverCommand.Refusal.class, () -> recover("short")).getMessage().contains("too short"));
        assertFalse(Files.exists(file()));
        RecoverCommand elsewhere = new RecoverCommand(folder.newFolder().toPath(), false, System.out);
        assertTrue(assertThrows(RecoverCommand.Refusal.class, elsewhere::checkHome).getMessage().contains("--home"));
    }
}
