package org.catseye.core.deploy.signature;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import org.catseye.core.deploy.fixture.JarEdit;
import org.catseye.core.deploy.fixture.TestJar;
import org.catseye.core.deploy.fixture.TestMaker;
import org.catseye.core.deploy.jar.JarContent;
import org.catseye.core.deploy.signature.JarSignature.Kind;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Jars that were signed, and changed in all ways that could hide it. */
public class JarSignatureTest {

    private static final TestMaker ANN = TestMaker.create("CN=Ann Maker,O=Example");
    private static final TestMaker BOB = TestMaker.create("CN=Bob");
    private static final String MANIFEST = JarFile.MANIFEST_NAME;
    private static final String CLASS = "org/catseye/core/deploy/fixture/WaitingActivator.class";
    private static final String SIGNATURE = "META-INF/SIGNER.SF";
    private static final String BLOCK = "META-INF/SIGNER.EC";

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    private static byte[] unsigned() throws IOException {
        return TestJar.bundle("a", "1.0.0", Map.of("X-Note", "original"));
    }

    private static byte[] signed() throws IOException {
        return ANN.sign(unsigned());
    }

    private Path write(byte[] jar) throws IOException {
        return Files.write(temporary.newFile().toPath(), jar);
    }

    private JarSignature read(byte[] jar) throws IOException {
        return JarSignature.readFile(write(jar));
    }

    private static List<X509Certificate> certificates(JarSignature signature) {
        return signature.signers().stream().map(signer -> (X509Certificate) signer.getSignerCertPath().getCertificates().get(0)).toList();
    }

    private void assertDamaged(String reason, byte[] jar) throws IOException {
        Path file = write(jar);
        // It is a jar that could be installed, so nothing else would refuse it.
        assertEquals("a", JarContent.readFile(file).symbolicName().orElse(""));
        JarSignature signature = JarSignature.readFile(file);
        assertEquals(signature.toString(), Kind.DAMAGED, signature.kind());
        assertTrue(signature.reason(), signature.reason().contains(reason));
        assertEquals(List.of(), signature.signers());
    }

    @Test
    public void theSignerIsFoundIfTheWholeContentIsSigned() throws Exception {
        assertEquals(JarSignature.NONE, read(unsigned()));
        JarSignature signature = read(signed());
        assertEquals(Kind.SIGNED, signature.kind());
        assertEquals(List.of(ANN.certificate()), certificates(signature));
    }

    @Test
    public void aChangedFileIsDamage() throws Exception {
        assertDamaged("does not match its content", JarEdit.open(signed()).change(CLASS, content -> content + "x").write());
        assertDamaged("does not match its content", JarEdit.open(signed()).put(CLASS, "x").write());
    }

    @Test
    public void anAddedFileIsDamageWhateverItsName() throws Exception {
        for (String name : List.of("Added.class", "META-INF/services/java.lang.Runnable", "META-INF/SIG-EVIL.CLASS", "META-INF/SIG-X", "META-INF/x/EVIL.SF", "META-INF/versions/9/A.class",
                "meta-inf/note.txt")) {
            assertDamaged("its file " + name + " is not", JarEdit.open(signed()).put(name, "evil").write());
        }
    }

    @Test
    public void aFileThatNamesAFolderHasToBeSignedIfItHasContent() throws Exception {
        assertDamaged("its file hidden/ is not", JarEdit.replaceAll(JarEdit.open(signed()).put("hidden.", "evil").write(), "hidden.", "hidden/"));
        assertEquals(Kind.SIGNED, read(JarEdit.open(signed()).put("empty/", "").write()).kind());
    }

    @Test
    public void aRemovedFileIsDamage() throws Exception {
        assertDamaged("its signed file " + CLASS + " is missing", JarEdit.open(signed()).remove(CLASS).write());
    }

    @Test
    public void theOrderOfTheFilesDoesNotMatter() throws Exception {
        byte[] reversed = JarEdit.open(signed()).reverse().write();
        try (JarInputStream in = new JarInputStream(Files.newInputStream(write(reversed)))) {
            assertEquals("this reader finds neither the manifest nor the signature", null, in.getManifest());
        }
        assertEquals(Kind.SIGNED, read(reversed).kind());
        assertDamaged("does not match its content", JarEdit.open(reversed).put(CLASS, "x").write());
    }

    @Test
    public void aFileThatIsThereTwiceIsDamage() throws Exception {
        String twin = CLASS.replace("Waiting", "Waitinh");
        assertDamaged("twice", JarEdit.replaceAll(JarEdit.open(signed()).put(twin, "evil").write(), twin, CLASS));
        assertDamaged("twice", JarEdit.replaceAll(JarEdit.open(signed()).put(twin, "evil").reverse().write(), twin, CLASS));
    }

    /** Java finds a manifest in small letters, the framework uses the one in capital letters. */
    @Test
    public void aSecondManifestInOtherLettersIsDamage() throws Exception {
        String other = "Manifest-Version: 1.0\r\nBundle-ManifestVersion: 2\r\nBundle-SymbolicName: a\r\nBundle-Version: 9.0.0\r\n\r\n";
        assertDamaged("its manifest has the name META-INF/manifest.mf", JarEdit.open(signed()).rename(MANIFEST, "META-INF/manifest.mf").put(MANIFEST, other).write());
        assertDamaged("twice", JarEdit.open(signed()).put("META-INF/Manifest.MF", other).write());
        assertDamaged("twice", JarEdit.open(signed()).put("META-INF/signer.sf", "Signature-Version: 1.0\r\n\r\n").write());
    }

    @Test
    public void aChangedManifestIsDamage() throws Exception {
        assertDamaged("does not match its content", JarEdit.open(signed()).change(MANIFEST, text -> text.replace("X-Note: original", "X-Note: modified")).write());
        assertDamaged("does not match its content", JarEdit.open(signed()).change(MANIFEST, text -> text.replace("X-Note: original", "X-Note: original\r\nX-More: x")).write());
        assertDamaged("its manifest was changed", JarEdit.open(signed()).change(MANIFEST, text -> text + "Name: com/example/\r\nSealed: true\r\n\r\n").write());
    }

    /** Java then accepts any headers. */
    @Test
    public void aSignatureThatDoesNotCoverTheHeadersDoesNotCount() throws Exception {
        byte[] sections = ANN.signWithoutHeaders(unsigned());
        assertDamaged("only signed in part", sections);
        byte[] changed = JarEdit.open(sections).change(MANIFEST, text -> text.replace("X-Note: original", "X-Note: modified")).write();
        Path file = write(changed);
        try (JarFile jar = new JarFile(file.toFile(), true)) {
            jar.getInputStream(jar.getJarEntry(CLASS)).readAllBytes();
            assertEquals("Java accepts it", 1, jar.getJarEntry(CLASS).getCodeSigners().length);
        }
        assertDamaged("only signed in part", changed);
    }

    /** The new file has a section with its digest, which no signature covers. */
    @Test
    public void anAddedFileWithADigestInTheManifestIsDamage() throws Exception {
        String digest = Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest("evil".getBytes(StandardCharsets.UTF_8)));
        assertDamaged("its file Evil.class is not", JarEdit.open(signed()).put("Evil.class", "evil")
                .change(MANIFEST, text -> text + "Name: Evil.class\r\nSHA-256-Digest: " + digest + "\r\n\r\n").write());
    }

    @Test
    public void changedOrMissingSignatureFilesAreDamage() throws Exception {
        String reason = "its signature files are incomplete or were changed";
        assertDamaged("cannot verify signature block file", JarEdit.open(signed()).change(SIGNATURE, text -> text.replace("Created-By", "Created-To")).write());
        assertDamaged(reason, JarEdit.open(signed()).remove(BLOCK).write());
        assertDamaged(reason, JarEdit.open(signed()).remove(SIGNATURE).write());
        assertDamaged(reason, JarEdit.open(signed()).put(BLOCK, "no signature").write());
        assertDamaged(reason, JarEdit.open(unsigned()).put(SIGNATURE, "Signature-Version: 1.0\r\n\r\n").write());
        assertDamaged("signature files are incomplete", JarEdit.open(signed()).put("META-INF/SIG-X.RSA", "evil").write());
        assertDamaged("signature files are incomplete", JarEdit.open(signed()).put("META-INF/EVIL.SF", "Evil: yes\r\n\r\n").write());
        byte[] ofBob = BOB.sign(unsigned());
        assertDamaged(reason, JarEdit.open(signed()).remove(BLOCK).put("META-INF/OTHER.SF", "x: y\r\n\r\n").write());
        assertEquals(List.of(BOB.certificate()), certificates(read(ofBob)));
    }

    @Test
    public void aWeakSignatureIsNone() throws Exception {
        TestMaker weakKey = TestMaker.named("CN=Weak").key("RSA", 512, "SHA256withRSA").build();
        TestMaker weakDigest = TestMaker.named("CN=Old").key("RSA", 2048, "MD5withRSA").build();
        TestMaker strong = TestMaker.named("CN=New").key("RSA", 2048, "SHA256withRSA").build();
        for (byte[] jar : List.of(weakKey.sign(unsigned()), weakDigest.sign(unsigned()), strong.sign(unsigned(), "SIGNER", "MD5", Optional.empty()))) {
            JarSignature signature = read(jar);
            assertEquals(signature.toString(), Kind.UNSIGNED, signature.kind());
            assertTrue(signature.reason(), signature.reason().contains("too weak"));
        }
        assertEquals(Kind.SIGNED, read(strong.sign(unsigned())).kind());
    }

    /** There is no file whose signer Java could name. */
    @Test
    public void aManifestAloneCannotBeSigned() throws Exception {
        JarEdit empty = JarEdit.open(unsigned()).remove(CLASS).remove(CLASS.replace("Waiting", "Device"));
        JarSignature signature = read(ANN.sign(empty.write()));
        assertEquals(Kind.UNSIGNED, signature.kind());
        assertTrue(signature.reason(), signature.reason().contains("manifest only"));
    }

    @Test
    public void ofSeveralSignersThoseCountWhoHaveSignedTheWholeJar() throws Exception {
        byte[] both = BOB.sign(signed(), "BOB", "SHA-256", Optional.empty());
        assertEquals(List.of(ANN.certificate(), BOB.certificate()).stream().map(Object::toString).sorted().toList(),
                certificates(read(both)).stream().map(Object::toString).sorted().toList());
        byte[] more = BOB.sign(JarEdit.open(signed()).put("More.class", "more").write(), "BOB", "SHA-256", Optional.empty());
        assertEquals("Ann has not signed all of it", List.of(BOB.certificate()), certificates(read(more)));
        byte[] replaced = BOB.sign(JarEdit.open(signed()).change(MANIFEST, text -> text + "Name: com/example/\r\nSealed: true\r\n\r\n").write(), "BOB", "SHA-256", Optional.empty());
        assertEquals("Ann's signature is of another manifest", List.of(BOB.certificate()), certificates(read(replaced)));
    }

    /** The directory at the end names other files than a reader from the beginning finds. */
    @Test
    public void aJarThatMeansDifferentThingsToDifferentReadersIsDamage() throws Exception {
        String other = CLASS.replace("Waiting", "Evilest");
        assertDamaged("from its beginning", JarEdit.replaceFirst(signed(), CLASS, other));
        ByteArrayOutputStream two = new ByteArrayOutputStream();
        two.write(JarEdit.open(unsigned()).put("Evil.class", "evil").write());
        two.write(signed());
        assertDamaged("from its beginning", two.toByteArray());
        ByteArrayOutputStream script = new ByteArrayOutputStream();
        script.write("#!/bin/sh\n".getBytes(StandardCharsets.UTF_8));
        script.write(signed());
        assertDamaged("from its beginning", script.toByteArray());
    }

    /** The hidden file is in the content of another one, and only the directory at the end leads to it. */
    @Test
    public void aJarWithinAJarIsNoPlaceToHideFiles() throws Exception {
        byte[] outer = JarEdit.open(unsigned()).put("META-INF/INNER.RSA", new String(signed(), StandardCharsets.ISO_8859_1)).write();
        JarSignature signature = read(outer);
        assertEquals("a block without a signature file", Kind.DAMAGED, signature.kind());
    }

    /** Whatever byte is changed: a jar that still counts as signed has the same files with the same content. */
    @Test
    public void noChangedByteChangesWhatIsSigned() throws Exception {
        byte[] original = signed();
        Map<String, String> files = readFiles(write(original));
        int accepted = 0;
        int refused = 0;
        for (int place = 0; place < original.length; place += 5) {
            byte[] changed = original.clone();
            changed[place] ^= (byte) (1 << place % 8);
            Path file = write(changed);
            try {
                JarContent.readFile(file);
                if (JarSignature.readFile(file).kind() == Kind.SIGNED) {
                    assertEquals("byte " + place, files, readFiles(file));
                    accepted++;
                } else {
                    refused++;
                }
            } catch (IOException notWhole) {
                refused++;
            }
        }
        assertTrue(accepted + " and " + refused, accepted > 0 && refused > accepted);
    }

    private static Map<String, String> readFiles(Path jar) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            for (JarEntry entry : file.stream().toList()) {
                files.put(entry.getName(), HexFormat.of().formatHex(file.getInputStream(entry).readAllBytes()));
            }
        }
        return files;
    }

    @Test
    public void anUnsignedJarIsNotComparedAndMayBeOdd() throws Exception {
        ByteArrayOutputStream script = new ByteArrayOutputStream();
        script.write("#!/bin/sh\n".getBytes(StandardCharsets.UTF_8));
        script.write(unsigned());
        assertEquals(JarSignature.NONE, read(script.toByteArray()));
    }
}
