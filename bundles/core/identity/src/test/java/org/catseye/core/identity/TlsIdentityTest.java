package org.catseye.core.identity;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class TlsIdentityTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();
    private Path folder;

    @Before
    public void folder() {
        folder = temporary.getRoot().toPath().resolve("tls");
    }

    @Test
    public void aCertificateForAllNamesIsCreatedAndVerifies() throws Exception {
        TlsIdentity identity = at(NOW);
        assertTrue(identity.refreshFiles("kvm", names("kvm", "kvm.local")));
        X509Certificate[] chain = chain(identity);
        assertEquals(2, chain.length);
        chain[0].verify(chain[1].getPublicKey());
        chain[1].verify(chain[1].getPublicKey());
        assertEquals(-1, chain[0].getBasicConstraints());
        assertEquals(0, chain[1].getBasicConstraints());
        assertTrue(TlsIdentity.readNames(chain[0]).containsAll(names("kvm", "kvm.local")));
        assertTrue(Duration.between(chain[0].getNotBefore().toInstant(), chain[0].getNotAfter().toInstant()).toDays() <= 398);
    }

    @Test
    public void onlyTheOwnerCanReadTheKeys() throws Exception {
        at(NOW).refreshFiles("kvm", names("kvm"));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
        for (String key : List.of("authority.key", "server.key")) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(key))));
        }
    }

    @Test
    public void aRestartKeepsTheCertificate() throws Exception {
        TlsIdentity first = at(NOW);
        first.refreshFiles("kvm", names("kvm"));
        TlsIdentity second = at(NOW.plus(Duration.ofDays(1)));
        second.refreshFiles("kvm", names("kvm"));
        assertEquals(first.serialNumber(), second.serialNumber());
        assertFalse("nothing to do", second.refreshFiles("kvm", names("kvm")));
    }

    @Test
    public void aNewNameOrANearExpiryRenewsTheCertificateByTheSameAuthority() throws Exception {
        TlsIdentity identity = at(NOW);
        identity.refreshFiles("kvm", names("kvm"));
        X509Certificate authority = chain(identity)[1];
        String serial = identity.serialNumber();
        assertTrue("a new name", identity.refreshFiles("kvm", names("kvm", "attic")));
        assertFalse(serial.equals(identity.serialNumber()));
        serial = identity.serialNumber();
        TlsIdentity later = at(NOW.plus(CertificateAuthority.SERVER_VALIDITY).minus(Duration.ofDays(20)));
        later.refreshFiles("kvm", names("kvm", "attic"));
        assertFalse("near its end", serial.equals(later.serialNumber()));
        assertEquals(authority, chain(later)[1]);
    }

    @Test
    public void theUsersOwnFilesAreUsedInstead() throws Exception {
        TlsIdentity identity = at(NOW);
        identity.refreshFiles("kvm", names("kvm"));
        CertificateAuthority maker = new CertificateAuthority(Clock.fixed(NOW, ZoneOffset.UTC));
        KeyAndChain own = maker.issueServer(maker.createAuthority("company"), "kvm.company", names("kvm.company"));
        PemFiles.writePair(own, folder.resolve("own.key"), folder.resolve("own.pem"));
        assertTrue(identity.refreshFiles("kvm", names("kvm")));
        assertEquals(own.chain().get(0), chain(identity)[0]);
    }

    @Test
    public void aKeyOfAnotherCertificateIsRefusedAndTheFormerOneStays() throws Exception {
        TlsIdentity identity = at(NOW);
        identity.refreshFiles("kvm", names("kvm"));
        String serial = identity.serialNumber();
        CertificateAuthority maker = new CertificateAuthority(Clock.fixed(NOW, ZoneOffset.UTC));
        PemFiles.writePair(maker.createAuthority("a"), folder.resolve("own.key"), folder.resolve("x.pem"));
        PemFiles.writePair(maker.createAuthority("b"), folder.resolve("x.key"), folder.resolve("own.pem"));
        assertFalse(identity.refreshFiles("kvm", names("kvm")));
        assertTrue(identity.currentProblem(), identity.currentProblem().contains("does not belong"));
        assertEquals(serial, identity.serialNumber());
    }

    @Test
    public void otherContentIsRefusedWithTheNameOfTheFile() throws Exception {
        TlsIdentity identity = at(NOW);
        identity.refreshFiles("kvm", names("kvm"));
        Files.writeString(folder.resolve("own.key"), "hello");
        Files.writeString(folder.resolve("own.pem"), "-----BEGIN CERTIFICATE-----\n%%%%\n-----END CERTIFICATE-----\n");
        identity.refreshFiles("kvm", names("kvm"));
        assertTrue(identity.currentProblem(), identity.currentProblem().contains("own."));
    }

    @Test
    public void whateverIsWrongWithTheOwnFilesThereIsACertificateFromTheFirstStart() throws Exception {
        CertificateAuthority maker = new CertificateAuthority(Clock.fixed(NOW, ZoneOffset.UTC));
        KeyAndChain own = maker.createAuthority("company");
        PemFiles.writePair(own, createFolder().resolve("good.key"), folder.resolve("good.pem"));
        String key = Files.readString(folder.resolve("good.key"));
        String certificate = Files.readString(folder.resolve("good.pem"));
        String foreignKey = keyOf(maker.createAuthority("other"));
        String[][] pairs = {{"", ""}, {"garbage", "garbage"}, {key, ""}, {"", certificate}, {foreignKey, certificate}, {key, null}, {null, certificate},
                {key.substring(0, 60), certificate}, {key, certificate.substring(0, 60)}, {"\u0000\u0001", "\u0000\u0001"}};
        for (String[] pair : pairs) {
            TlsIdentity identity = at(NOW);
            put("own.key", pair[0]);
            put("own.pem", pair[1]);
            identity.refreshFiles("kvm", names("kvm"));
            assertTrue(readNamesOf(identity).contains(new AlternativeName("kvm", false)));
            assertFalse(String.join("|", java.util.Arrays.asList(pair)), identity.currentProblem().isEmpty());
            assertFalse(new CertificateCheck(identity).checkItems().get(0).ok());
        }
        put("own.key", key);
        put("own.pem", certificate);
        TlsIdentity identity = at(NOW);
        identity.refreshFiles("kvm", names("kvm"));
        assertEquals("", identity.currentProblem());
        assertEquals(own.certificate(), chain(identity)[0]);
    }

    @Test
    public void aByteOrderMarkAndLinesOfTextAreRead() throws Exception {
        TlsIdentity identity = at(NOW);
        KeyAndChain own = new CertificateAuthority(Clock.fixed(NOW, ZoneOffset.UTC)).createAuthority("company");
        PemFiles.writePair(own, createFolder().resolve("own.key"), folder.resolve("own.pem"));
        for (String name : List.of("own.key", "own.pem")) {
            put(name, "\ufeff" + Files.readString(folder.resolve(name)).replace("\n", "\r\n"));
        }
        put("own.pem", "subject=CN = f\u00fcr uns\r\n" + Files.readString(folder.resolve("own.pem")).substring(1) + "notes\n");
        identity.refreshFiles("kvm", names("kvm"));
        assertEquals("", identity.currentProblem());
        assertEquals(own.certificate(), chain(identity)[0]);
    }

    @Test
    public void damagedFilesOfTheDeviceAreReplaced() throws Exception {
        for (String damaged : List.of("authority.key", "authority.pem", "server.key", "server.pem")) {
            at(NOW).refreshFiles("kvm", names("kvm"));
            put(damaged, "");
            TlsIdentity identity = at(NOW);
            identity.refreshFiles("kvm", names("kvm"));
            X509Certificate[] chain = chain(identity);
            chain[0].verify(chain[1].getPublicKey());
            assertTrue(damaged, Files.size(folder.resolve(damaged)) > 0);
            TlsIdentity restarted = at(NOW);
            restarted.refreshFiles("kvm", names("kvm"));
            assertEquals(identity.serialNumber(), restarted.serialNumber());
        }
    }

    @Test
    public void aFolderThatCannotBeWrittenDoesNotDisableHttps() throws Exception {
        Files.writeString(folder, "a file, where the folder should be");
        TlsIdentity identity = at(NOW);
        assertTrue(identity.refreshFiles("kvm", names("kvm")));
        String serial = identity.serialNumber();
        assertFalse("kept in memory", identity.refreshFiles("kvm", names("kvm")));
        assertEquals(serial, identity.serialNumber());
        assertTrue(identity.currentProblem(), identity.currentProblem().contains("cannot be stored"));
        Files.delete(folder);
        assertFalse(identity.refreshFiles("kvm", names("kvm")));
        assertEquals("", identity.currentProblem());
        TlsIdentity restarted = at(NOW);
        restarted.refreshFiles("kvm", names("kvm"));
        assertEquals("stored meanwhile", serial, restarted.serialNumber());
    }

    @Test
    public void aDamagedChangeOfTheOwnFilesKeepsTheFormerOnes() throws Exception {
        KeyAndChain own = new CertificateAuthority(Clock.fixed(NOW, ZoneOffset.UTC)).createAuthority("company");
        PemFiles.writePair(own, createFolder().resolve("own.key"), folder.resolve("own.pem"));
        TlsIdentity identity = at(NOW);
        identity.refreshFiles("kvm", names("kvm"));
        put("own.pem", "half");
        assertFalse(identity.refreshFiles("kvm", names("kvm")));
        assertEquals(own.certificate(), chain(identity)[0]);
        assertFalse(identity.currentProblem().isEmpty());
    }

    @Test
    public void aClockThatWasAheadLeavesNoCertificateThatIsNotValidYet() throws Exception {
        at(NOW.plus(Duration.ofDays(3000))).refreshFiles("kvm", names("kvm"));
        TlsIdentity identity = at(NOW);
        identity.refreshFiles("kvm", names("kvm"));
        for (X509Certificate certificate : chain(identity)) {
            certificate.checkValidity(java.util.Date.from(NOW));
        }
    }

    @Test
    public void aFirstStartWithoutTheTimeMakesCertificatesThatLast() throws Exception {
        for (String start : List.of("1970-01-01T00:00:10Z", "2000-01-01T00:00:00Z")) {
            TlsIdentity identity = at(Instant.parse(start));
            identity.refreshFiles("kvm", names("kvm"));
            X509Certificate authority = chain(identity)[1];
            assertTrue(authority.getNotAfter().toInstant().isAfter(NOW.plus(Duration.ofDays(3600))));
            TlsIdentity later = at(NOW);
            later.refreshFiles("kvm", names("kvm"));
            assertEquals("with the right time, the authority stays", authority, chain(later)[1]);
        }
    }

    private Path createFolder() throws IOException {
        return Files.createDirectories(folder);
    }

    private void put(String name, String content) throws IOException {
        if (content == null) {
            Files.deleteIfExists(folder.resolve(name));
        } else {
            Files.writeString(folder.resolve(name), content);
        }
    }

    private String keyOf(KeyAndChain pair) throws IOException {
        PemFiles.writePair(pair, folder.resolve("x.key"), folder.resolve("x.pem"));
        return Files.readString(folder.resolve("x.key"));
    }

    private static SortedSet<AlternativeName> readNamesOf(TlsIdentity identity) throws Exception {
        return TlsIdentity.readNames(chain(identity)[0]);
    }

    @Test
    public void theHostHasNames() {
        assertTrue(HostNames.listNames().contains(new AlternativeName("localhost", false)));
    }

    private TlsIdentity at(Instant now) {
        return new TlsIdentity(folder, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static X509Certificate[] chain(TlsIdentity identity) throws Exception {
        java.security.cert.Certificate[] chain = identity.keyStore().getCertificateChain("server");
        return java.util.Arrays.copyOf(chain, chain.length, X509Certificate[].class);
    }

    private static SortedSet<AlternativeName> names(String... names) {
        SortedSet<AlternativeName> all = new TreeSet<>();
        for (String name : names) {
            all.add(new AlternativeName(name, false));
        }
        all.add(new AlternativeName("192.168.1.5", true));
        return all;
    }
}
