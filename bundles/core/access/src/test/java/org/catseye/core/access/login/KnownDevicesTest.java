package org.catseye.core.access.login;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.catseye.core.access.login.KnownDevices.KnownDevice;
import org.catseye.secrets.SecretFile;
import org.catseye.testkit.FakeTime;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class KnownDevicesTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final FakeTime time = new FakeTime();
    private Path file;
    private KnownDevices devices;

    @Before
    public void open() {
        file = folder.getRoot().toPath().resolve("auth/browsers.secret");
        devices = new KnownDevices(new SecretFile(file), time);
    }

    @Test
    public void aBrowserIsRecognisedForAYearAlsoAfterARestart() {
        String token = devices.issueToken("Ann");
        KnownDevices restarted = new KnownDevices(new SecretFile(file), time);
        assertEquals("user ann", restarted.findDevice(token).map(KnownDevice::user).orElseThrow());
        time.pass(Duration.ofDays(364));
        assertTrue(restarted.isKnownDevice(token));
        time.pass(Duration.ofDays(2));
        assertFalse(restarted.isKnownDevice(token));
    }

    @Test
    public void eachBrowserHasAnIdOfItsOwn() {
        Optional<KnownDevice> one = devices.findDevice(devices.issueToken("ann"));
        Optional<KnownDevice> other = devices.findDevice(devices.issueToken("ann"));
        assertNotEquals(one.orElseThrow().id(), other.orElseThrow().id());
    }

    @Test
    public void whatWasNotIssuedHereIsNothing() {
        String token = devices.issueToken("ann");
        String signed = token.substring(0, token.indexOf('.'));
        String forged = Base64.getUrlEncoder().withoutPadding().encodeToString(
            new String(Base64.getUrlDecoder().decode(signed), StandardCharsets.UTF_8).replace("user ann", "user bob").getBytes(StandardCharsets.UTF_8));
        String otherKey = new KnownDevices(new SecretFile(file.resolveSibling("other.secret")), time).issueToken("ann");
        for (String bad : List.of("", ".", "x", "a.b", signed, signed + ".", forged + token.substring(token.indexOf('.')), otherKey, token + "A", "é.ü", "=.=", "A".repeat(10_000) + ".B")) {
            assertEquals(bad, Optional.empty(), devices.findDevice(bad));
        }
    }

    @Test
    public void namesOfAnyKindAreRecognised() {
        for (String name : List.of("a.b.c", "Jürgen Müller", "𐐀".repeat(40), "x".repeat(300))) {
            assertEquals(LoginAttempts.userKey(name), devices.findDevice(devices.issueToken(name)).orElseThrow().user());
        }
    }

    @Test
    public void aKeyThatCannotBeStoredOrIsDamagedCostsOnlyTheRecognition() throws IOException {
        String token = devices.issueToken("ann");
        Files.write(file, new byte[5]);
        KnownDevices damaged = new KnownDevices(new SecretFile(file), time);
        assertFalse(damaged.isKnownDevice(token));
        assertTrue(damaged.isKnownDevice(damaged.issueToken("ann")));
        Path blocked = Files.createFile(folder.getRoot().toPath().resolve("file")).resolve("browsers.secret");
        KnownDevices unstored = new KnownDevices(new SecretFile(blocked), time);
        assertTrue(unstored.isKnownDevice(unstored.issueToken("ann")));
    }
}
