package org.catseye.core.deploy.manifest;

import static org.junit.Assert.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import jdk.security.jarsigner.JarSigner;
import org.catseye.core.deploy.fixture.TestJar;
import org.catseye.plugins.PluginDescription.Signature;
import org.catseye.plugins.PluginDescription.Signature.Kind;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class JarSignatureTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    private Path write(byte[] jar) throws IOException {
        return Files.write(temporary.newFile().toPath(), jar);
    }

    private byte[] sign(byte[] jar) throws Exception {
        Path keys = temporary.getRoot().toPath().resolve("keys.p12");
        Process keytool = new ProcessBuilder(System.getProperty("java.home") + "/bin/keytool", "-genkeypair", "-alias", "maker", "-keyalg", "EC", "-storetype", "PKCS12",
                "-dname", "CN=Ann Maker,O=Example", "-keystore", keys.toString(), "-storepass", new String(PASSWORD)).redirectErrorStream(true).start();
        String output = new String(keytool.getInputStream().readAllBytes());
        assertEquals(output, 0, keytool.waitFor());
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD);
        }
        JarSigner signer = new JarSigner.Builder((PrivateKey) store.getKey("maker", PASSWORD),
                CertificateFactory.getInstance("X.509").generateCertPath(List.of(store.getCertificateChain("maker")))).build();
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        try (ZipFile file = new ZipFile(write(jar).toFile())) {
            signer.sign(file, signed);
        }
        return signed.toByteArray();
    }

    /** The same jar with another content of a class, and with a further entry if it has a name. */
    private static byte[] change(byte[] jar, String replaced, String added) throws IOException {
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(jar)); ZipOutputStream out = new ZipOutputStream(changed)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                writeEntry(out, entry.getName(), entry.getName().endsWith(replaced) ? new byte[] {1} : in.readAllBytes());
            }
            if (!added.isEmpty()) {
                writeEntry(out, added, new byte[] {1});
            }
        }
        return changed.toByteArray();
    }

    private static void writeEntry(ZipOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new ZipEntry(name));
        ((OutputStream) out).write(content);
    }

    @Test
    public void theSignerIsNamedIfTheWholeContentIsSigned() throws Exception {
        byte[] plain = TestJar.bundle("a", "1.0.0", Map.of());
        assertEquals(Signature.NONE, JarSignature.readSignature(write(plain)));
        byte[] signed = sign(plain);
        assertEquals(new Signature(Kind.SIGNED, "CN=Ann Maker,O=Example"), JarSignature.readSignature(write(signed)));
        Signature broken = new Signature(Kind.BROKEN, "");
        assertEquals("a changed class", broken, JarSignature.readSignature(write(change(signed, "WaitingActivator.class", ""))));
        assertEquals("an added class", broken, JarSignature.readSignature(write(change(signed, "nothing", "Added.class"))));
    }
}
