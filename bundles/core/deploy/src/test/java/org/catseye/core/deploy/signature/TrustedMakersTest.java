package org.catseye.core.deploy.signature;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.catseye.core.deploy.fixture.TestMaker;
import org.catseye.plugins.PluginException;
import org.catseye.plugins.PluginException.Reason;
import org.catseye.plugins.makers.Maker;
import org.catseye.plugins.makers.MakerList;
import org.catseye.plugins.makers.Makers;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class TrustedMakersTest {

    private static final TestMaker ANN = TestMaker.create("CN=Ann");
    private static final TestMaker BOB = TestMaker.create("CN=Bob");

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();
    private Path folder;
    private TrustedMakers makers;

    @Before
    public void open() {
        folder = temporary.getRoot().toPath().resolve("plugins/makers");
        makers = new TrustedMakers(folder);
    }

    private PluginException refusal(String pem) {
        int before = files().length;
        PluginException refused = assertThrows(PluginException.class, () -> makers.addMaker(pem));
        assertEquals("nothing is stored", before, files().length);
        return refused;
    }

    private String[] files() {
        return Files.exists(folder) ? folder.toFile().list() : new String[0];
    }

    @Test
    public void aMakerIsAddedListedAndRemoved() throws Exception {
        assertEquals(new MakerList(List.of(), ""), makers.listMakers());
        Maker ann = makers.addMaker("Bag Attributes: x\n" + ANN.pem() + "# the end\n");
        assertEquals("CN=Ann", ann.name());
        assertEquals(ANN.certificate().getNotAfter().toInstant(), ann.expires().orElseThrow());
        assertTrue(ann.id(), ann.id().matches("[0-9a-f]{64}"));
        Path file = folder.resolve(ann.id() + ".pem");
        assertEquals("nothing but the certificate", MakerCertificate.format(ANN.certificate()), Files.readString(file));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        makers.addMaker(BOB.pem());
        assertEquals(List.of("CN=Ann", "CN=Bob"), makers.listMakers().makers().stream().map(Maker::name).toList());
        assertEquals(Reason.CONFLICT, refusal(ANN.pem()).reason());
        assertEquals(List.of("CN=Ann", "CN=Bob"), new TrustedMakers(folder).listMakers().makers().stream().map(Maker::name).toList());
        assertEquals(ann, makers.removeMaker(ann.id()));
        assertEquals(List.of(BOB.certificate()), makers.listCertificates());
        assertEquals(1, files().length);
        assertEquals(Reason.NOT_FOUND, assertThrows(PluginException.class, () -> makers.removeMaker(ann.id())).reason());
    }

    @Test
    public void anIdIsNoPath() throws Exception {
        Path outside = Files.writeString(temporary.getRoot().toPath().resolve("other.pem"), "x");
        makers.addMaker(ANN.pem());
        for (String id : List.of("../../other.pem", outside.toString(), "", ".", "*")) {
            assertEquals(Reason.NOT_FOUND, assertThrows(PluginException.class, () -> makers.removeMaker(id)).reason());
        }
        assertTrue(Files.exists(outside));
    }

    @Test
    public void aPrivateKeyIsRefusedAndNeitherStoredNorRepeated() {
        for (String pem : List.of(ANN.privateKeyPem(), ANN.pem() + ANN.privateKeyPem(), ANN.pem().replace("CERTIFICATE", "RSA PRIVATE KEY"),
                ANN.pem().replace("CERTIFICATE", "ENCRYPTED PRIVATE KEY"), ANN.pem() + "-----BEGIN OPENSSH PRIVATE KEY-----")) {
            PluginException refused = refusal(pem);
            assertEquals(Reason.UNUSABLE, refused.reason());
            assertTrue(refused.getMessage(), refused.getMessage().contains("private key"));
            assertFalse(refused.getMessage(), refused.getMessage().contains("MI"));
            assertEquals("nor is it in a cause that could be logged", null, refused.getCause());
        }
    }

    @Test
    public void textsThatAreNoCertificateAreRefused() {
        for (String pem : List.of("", "hello", "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----", ANN.pem().replace("MI", "NJ"), ANN.pem() + BOB.pem(),
                ANN.pem().replace("CERTIFICATE", "PUBLIC KEY"), ANN.pem().replace("-----END", "<b>-----END"))) {
            assertEquals(pem, Reason.UNUSABLE, refusal(pem).reason());
        }
        assertEquals(Reason.TOO_LARGE, refusal(TestMaker.create("CN=Big,O=" + "x".repeat(1 << 20)).pem()).reason());
    }

    @Test
    public void theListIsBounded() throws Exception {
        for (int i = 0; i < Makers.MAX_MAKERS; i++) {
            makers.addMaker(TestMaker.create("CN=Maker " + i).pem());
        }
        String next = TestMaker.create("CN=One more").pem();
        for (int i = Makers.MAX_MAKERS; i < 1_000; i++) {
            assertEquals(Reason.CONFLICT, assertThrows(PluginException.class, () -> makers.addMaker(next)).reason());
        }
        assertEquals(Makers.MAX_MAKERS, files().length);
        Files.writeString(folder.resolve("by-hand.pem"), next);
        assertEquals(Makers.MAX_MAKERS, makers.listMakers().makers().size());
        assertTrue(makers.listMakers().problem(), makers.listMakers().problem().contains("more than 100"));
    }

    @Test
    public void aFileThatCannotBeUsedIsListedWithTheReason() throws Exception {
        makers.addMaker(ANN.pem());
        Files.writeString(folder.resolve("broken.pem"), "hello");
        Files.write(folder.resolve("huge.pem"), new byte[1 << 20]);
        Files.writeString(folder.resolve("key.pem"), ANN.privateKeyPem());
        Files.createDirectory(folder.resolve("folder.pem"));
        Files.writeString(folder.resolve("note.txt"), "ignored");
        Files.createSymbolicLink(folder.resolve("dangling.pem"), folder.resolve("nothing"));
        Files.writeString(folder.resolve("copy.pem"), ANN.pem());
        List<Maker> all = makers.listMakers().makers();
        assertEquals("the copy has the same certificate", List.of("CN=Ann", "broken.pem", "dangling.pem", "folder.pem", "huge.pem", "key.pem"), all.stream().map(Maker::name).toList());
        assertTrue(all.get(1).problem(), all.get(1).problem().contains("no certificate"));
        assertTrue(all.get(5).problem(), all.get(5).problem().contains("private key"));
        assertTrue(all.stream().skip(1).noneMatch(maker -> maker.problem().isEmpty() || maker.expires().isPresent()));
        assertEquals("", all.get(0).problem());
        makers.removeMaker("broken.pem");
        makers.removeMaker(all.get(0).id());
        assertFalse("both files of it", Files.exists(folder.resolve("copy.pem")));
        assertEquals(List.of(), makers.listCertificates());
    }

    @Test
    public void aFolderThatCannotBeReadTrustsNobody() throws Exception {
        Files.createDirectories(folder.getParent());
        Files.writeString(folder, "not a folder");
        assertTrue(makers.listMakers().problem(), makers.listMakers().problem().contains("cannot be read"));
        assertEquals(List.of(), makers.listCertificates());
        assertThrows(PluginException.class, () -> makers.addMaker(ANN.pem()));
    }

    @Test
    public void aChangedFileIsReadAgain() throws Exception {
        Maker ann = makers.addMaker(ANN.pem());
        Path file = folder.resolve(ann.id() + ".pem");
        Files.writeString(file, BOB.pem() + "\n\n");
        assertEquals(List.of(BOB.certificate()), makers.listCertificates());
    }
}
