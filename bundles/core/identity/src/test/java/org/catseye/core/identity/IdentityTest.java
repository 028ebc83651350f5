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
import org.catseye.core.identity.Authority.Name;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class IdentityTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();
    private Path folder;

    @Before
    public void folder() {
        folder = temporary.getRoot().toPath().resolve("tls");
    }

    @Test
    public void aCertificateForAllNamesIsMadeAndVerifies() throws Exception {
        Identity identity = at(NOW);
        assertTrue(identity.refresh("kvm", names("kvm", "kvm.local")));
        X509Certificate[] chain = chain(identity);
        assertEquals(2, chain.length);
        chain[0].verify(chain[1].getPublicKey());
        chain[1].verify(chain[1].getPublicKey());
        assertEquals(-1, chain[0].getBasicConstraints());
        assertEquals(0, chain[1].getBasicConstraints());
        assertTrue(Identity.namesOf(chain[0]).containsAll(names("kvm", "kvm.local")));
        assertTrue(Duration.between(chain[0].getNotBefore().toInstant(), chain[0].getNotAfter().toInstant()).toDays() <= 398);
    }

    @Test
    public void keysAreForTheirOwnerOnly() throws Exception {
        at(NOW).refresh("kvm", names("kvm"));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
        for (String key : List.of("authority.key", "server.key")) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(key))));
        }
    }

    @Test
    public void aRestartKeepsTheCertificate() throws Exception {
        Identity first = at(NOW);
        first.refresh("kvm", names("kvm"));
        Identity second = at(NOW.plus(Duration.ofDays(1)));
        second.refresh("kvm", names("kvm"));
        assertEquals(first.serial(), second.serial());
        assertFalse("nothing to do", second.refresh("kvm", names("kvm")));
    }

    @Test
    public void aNewAddressOrANearEndRenewsItByTheSameAuthority() throws Exception {
        Identity identity = at(NOW);
        identity.refresh("kvm", names("kvm"));
        X509Certificate authority = chain(identity)[1];
        String serial = identity.serial();
        assertTrue("a new name", identity.refresh("kvm", names("kvm", "attic")));
        assertFalse(serial.equals(identity.serial()));
        serial = identity.serial();
        Identity later = at(NOW.plus(Authority.SERVER_LIFE).minus(Duration.ofDays(20)));
        later.refresh("kvm", names("kvm", "attic"));
        assertFalse("near its end", serial.equals(later.serial()));
        assertEquals(authority, chain(later)[1]);
    }

    @Test
    public void onesOwnFilesAreUsedInstead() throws Exception {
        Identity identity = at(NOW);
        identity.refresh("kvm", names("kvm"));
        Authority maker = new Authority(Clock.fixed(NOW, ZoneOffset.UTC));
        Authority.Pair own = maker.issue(maker.create("company"), "kvm.company", names("kvm.company"));
        PemFiles.write(own, folder.resolve("own.key"), folder.resolve("own.pem"));
        assertTrue(identity.refresh("kvm", names("kvm")));
        assertEquals(own.chain().get(0), chain(identity)[0]);
    }

    @Test
    public void aKeyThatDoesNotBelongIsRefusedInWordsAndTheOldOneStays() throws Exception {
        Identity identity = at(NOW);
        identity.refresh("kvm", names("kvm"));
        String serial = identity.serial();
        Authority maker = new Authority(Clock.fixed(NOW, ZoneOffset.UTC));
        PemFiles.write(maker.create("a"), folder.resolve("own.key"), folder.resolve("x.pem"));
        PemFiles.write(maker.create("b"), folder.resolve("x.key"), folder.resolve("own.pem"));
        IOException refused = assertThrows(IOException.class, () -> identity.refresh("kvm", names("kvm")));
        assertTrue(refused.getMessage(), refused.getMessage().contains("does not belong"));
        assertEquals(serial, identity.serial());
    }

    @Test
    public void garbageIsRefusedNamingTheFile() throws Exception {
        Identity identity = at(NOW);
        identity.refresh("kvm", names("kvm"));
        Files.writeString(folder.resolve("own.key"), "hello");
        Files.writeString(folder.resolve("own.pem"), "-----BEGIN CERTIFICATE-----\n%%%%\n-----END CERTIFICATE-----\n");
        IOException refused = assertThrows(IOException.class, () -> identity.refresh("kvm", names("kvm")));
        assertTrue(refused.getMessage(), refused.getMessage().contains("own."));
    }

    @Test
    public void theHostHasNames() {
        assertTrue(HostNames.all().contains(new Name("localhost", false)));
    }

    private Identity at(Instant now) {
        return new Identity(folder, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static X509Certificate[] chain(Identity identity) throws Exception {
        java.security.cert.Certificate[] chain = identity.keyStore().getCertificateChain("server");
        return java.util.Arrays.copyOf(chain, chain.length, X509Certificate[].class);
    }

    private static SortedSet<Name> names(String... names) {
        SortedSet<Name> all = new TreeSet<>();
        for (String name : names) {
            all.add(new Name(name, false));
        }
        all.add(new Name("192.168.1.5", true));
        return all;
    }
}
