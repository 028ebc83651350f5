package org.catseye.core.identity;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
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
        IOException refused = assertThrows(IOException.class, () -> identity.refreshFiles("kvm", names("kvm")));
        assertTrue(refused.getMessage(), refused.getMessage().contains("does not belong"));
        assertEquals(serial, identity.serialNumber());
    }

    @Test
    public void otherContentIsRefusedWithTheNameOfTheFile() throws Exception {
        TlsIdentity identity = at(NOW);
        identity.refreshFiles("kvm", names("kvm"));
        Files.writeString(folder.resolve("own.key"), "hello");
        Files.writeString(folder.resolve("own.pem"), "-----BEGIN CERTIFICATE-----\n%%%%\n-----END CERTIFICATE-----\n");
        IOException refused = assertThrows(IOException.class, () -> identity.refreshFiles("kvm", names("kvm")));
        assertTrue(refused.getMessage(), refused.getMessage().contains("own."));
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
