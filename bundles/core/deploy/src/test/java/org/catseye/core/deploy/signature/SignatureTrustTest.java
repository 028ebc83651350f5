package org.catseye.core.deploy.signature;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.catseye.core.deploy.fixture.JarEdit;
import org.catseye.core.deploy.fixture.TestJar;
import org.catseye.core.deploy.fixture.TestMaker;
import org.catseye.core.deploy.fixture.TestTimestamps;
import org.catseye.plugins.PluginDescription.Identity;
import org.catseye.plugins.PluginDescription.Signature;
import org.catseye.plugins.PluginDescription.Signature.Kind;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class SignatureTrustTest {

    private static final TestMaker ANN = TestMaker.create("CN=Ann");
    private static final TestMaker BOB = TestMaker.create("CN=Bob");

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();
    private final List<X509Certificate> makers = new ArrayList<>();
    private final List<X509Certificate> authorities = new ArrayList<>();

    private Signature assess(byte[] jar) throws IOException {
        Path file = Files.write(temporary.newFile().toPath(), jar);
        return new SignatureTrust(() -> makers, () -> authorities, Clock.systemUTC()).assess(JarSignature.readFile(file));
    }

    private static byte[] unsigned() throws IOException {
        return TestJar.bundle("a", "1.0.0", Map.of());
    }

    private void assertUnknown(String reason, Signature signature) {
        assertEquals(signature.toString(), Kind.UNKNOWN, signature.kind());
        assertTrue(signature.reason(), signature.reason().contains(reason));
        assertEquals(Identity.NONE, signature.maker());
    }

    @Test
    public void aSignatureIsTrustedIfItsMakerIs() throws Exception {
        Signature unknown = assess(ANN.sign(unsigned()));
        assertUnknown("not one of the trusted makers", unknown);
        assertEquals("CN=Ann", unknown.signer().name());
        makers.add(BOB.certificate());
        assertUnknown("not one of the trusted makers", assess(ANN.sign(unsigned())));
        makers.add(MakerCertificate.parse(unknown.certificate()));
        assertEquals(ANN.certificate(), makers.get(1));
        Signature trusted = assess(ANN.sign(unsigned()));
        assertEquals(new Signature(Kind.TRUSTED, unknown.signer(), unknown.signer(), "", ""), trusted);
    }

    @Test
    public void otherStatesAreKeptWithTheReason() throws Exception {
        makers.add(ANN.certificate());
        assertEquals(Signature.NONE, assess(unsigned()));
        Signature damaged = assess(JarEdit.open(ANN.sign(unsigned())).put("Evil.class", "evil").write());
        assertEquals(Signature.without(Kind.DAMAGED, "It is signed, but its file Evil.class is not."), damaged);
    }

    @Test
    public void oneTrustedSignerOfSeveralIsEnough() throws Exception {
        makers.add(BOB.certificate());
        byte[] both = BOB.sign(ANN.sign(unsigned()), "BOB", "SHA-256", Optional.empty());
        assertEquals("CN=Bob", assess(both).maker().name());
        makers.clear();
        makers.add(ANN.certificate());
        assertEquals("CN=Ann", assess(both).maker().name());
    }

    @Test
    public void aMakerWhoIsAnAuthorityMayIssueCertificates() throws Exception {
        TestMaker company = TestMaker.named("CN=Company").authority().build();
        TestMaker department = TestMaker.named("CN=Department").authority().issuedBy(company).build();
        TestMaker employee = TestMaker.named("CN=Employee").issuedBy(department).build();
        makers.add(company.certificate());
        Signature signature = assess(employee.sign(unsigned()));
        assertEquals(Kind.TRUSTED, signature.kind());
        assertEquals("CN=Employee CN=Company", signature.signer().name() + " " + signature.maker().name());
        makers.clear();
        makers.add(department.certificate());
        assertEquals(Kind.TRUSTED, assess(employee.sign(unsigned())).kind());
        makers.clear();
        makers.add(TestMaker.named("CN=Company").authority().build().certificate());
        assertUnknown("nor issued by one", assess(employee.sign(unsigned())));
    }

    @Test
    public void aMakerWhoIsNoAuthorityMayNotIssueCertificates() throws Exception {
        makers.add(ANN.certificate());
        assertUnknown("nor issued by one", assess(TestMaker.named("CN=Guest").issuedBy(ANN).build().sign(unsigned())));
        TestMaker company = TestMaker.named("CN=Company").authority().build();
        makers.add(company.certificate());
        TestMaker employee = TestMaker.named("CN=Employee").issuedBy(company).build();
        assertUnknown("nor issued by one", assess(TestMaker.named("CN=Guest").issuedBy(employee).build().sign(unsigned())));
    }

    @Test
    public void aCertificateForAnotherPurposeDoesNotCount() throws Exception {
        TestMaker company = TestMaker.named("CN=Company").authority().build();
        makers.add(company.certificate());
        TestMaker server = TestMaker.named("CN=www.example.com").purpose(KeyPurposeId.id_kp_serverAuth).issuedBy(company).build();
        assertUnknown("not meant for signing programs", assess(server.sign(unsigned())));
        assertEquals(Kind.TRUSTED, assess(TestMaker.named("CN=X").purpose(KeyPurposeId.id_kp_codeSigning).issuedBy(company).build().sign(unsigned())).kind());
    }

    @Test
    public void withoutATimeStampTheCertificateHasToBeValidNow() throws Exception {
        TestMaker expired = TestMaker.named("CN=Expired").valid(-20, -10).build();
        TestMaker future = TestMaker.named("CN=Future").valid(10, 20).build();
        makers.addAll(List.of(expired.certificate(), future.certificate()));
        for (TestMaker maker : List.of(expired, future)) {
            Signature signature = assess(maker.sign(unsigned()));
            assertUnknown("no trusted time stamp", signature);
            assertEquals("to trust it would not help", "", signature.certificate());
        }
        TestMaker company = TestMaker.named("CN=Old company").authority().valid(-20, -10).build();
        makers.add(company.certificate());
        assertUnknown("nor issued by one", assess(TestMaker.named("CN=Employee").issuedBy(company).build().sign(unsigned())));
    }

    @Test
    public void aTrustedTimeStampShowsThatTheCertificateWasValid() throws Exception {
        TestMaker expired = TestMaker.named("CN=Expired").valid(-20, -10).build();
        makers.add(expired.certificate());
        TestMaker root = TestMaker.named("CN=Time root").authority().valid(-100, 100).build();
        TestMaker clock = TestMaker.named("CN=Time").purpose(KeyPurposeId.id_kp_timeStamping).issuedBy(root).valid(-100, 100).build();
        Instant then = Instant.now().minus(Duration.ofDays(15));
        try (TestTimestamps timestamps = new TestTimestamps(clock, then)) {
            byte[] stamped = expired.sign(unsigned(), "SIGNER", "SHA-256", Optional.of(timestamps.address()));
            assertUnknown("no trusted time stamp", assess(stamped));
            authorities.add(root.certificate());
            assertEquals(Kind.TRUSTED, assess(stamped).kind());
            makers.clear();
            assertUnknown("not one of the trusted makers", assess(stamped));
        }
        makers.add(expired.certificate());
        try (TestTimestamps late = new TestTimestamps(clock, Instant.now().minus(Duration.ofDays(5)))) {
            assertUnknown("the signature was made at another time", assess(expired.sign(unsigned(), "SIGNER", "SHA-256", Optional.of(late.address()))));
        }
    }

    /** Anyone can run one. */
    @Test
    public void theTimeStampsOfOthersDoNotCount() throws Exception {
        TestMaker expired = TestMaker.named("CN=Expired").valid(-20, -10).build();
        makers.add(expired.certificate());
        TestMaker own = TestMaker.named("CN=Own time").purpose(KeyPurposeId.id_kp_timeStamping).valid(-100, 100).build();
        authorities.add(TestMaker.named("CN=Time root").authority().valid(-100, 100).build().certificate());
        try (TestTimestamps timestamps = new TestTimestamps(own, Instant.now().minus(Duration.ofDays(15)))) {
            assertUnknown("no trusted time stamp", assess(expired.sign(unsigned(), "SIGNER", "SHA-256", Optional.of(timestamps.address()))));
        }
    }

    @Test
    public void javaHasAuthoritiesOfItsOwn() {
        assertTrue(TimestampAuthorities.listOfJava().size() > 10);
    }

    @Test
    public void namesAreShortAndVisible() throws Exception {
        TestMaker odd = TestMaker.create("CN=\"<img src=x onerror=alert(1)>\u202Eevil\u0007\u2028x\",O=" + "x".repeat(1 << 20));
        Signature signature = assess(odd.sign(unsigned()));
        assertEquals(200, signature.signer().name().length());
        assertTrue(signature.signer().name(), signature.signer().name().chars().noneMatch(each -> each == 0x202E || each == 7 || each == 0x2028));
        assertEquals("too long to be added", "", signature.certificate());
        assertEquals(Kind.UNKNOWN, signature.kind());
    }
}
