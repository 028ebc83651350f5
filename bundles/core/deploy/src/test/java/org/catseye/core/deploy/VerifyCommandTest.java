package org.catseye.core.deploy;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.catseye.core.deploy.fixture.JarEdit;
import org.catseye.core.deploy.fixture.TestJar;
import org.catseye.core.deploy.fixture.TestMaker;
import org.catseye.core.deploy.signature.TrustedMakers;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The commands of docs/extend.md, with the programs of the JDK that runs this test. */
public class VerifyCommandTest {

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    private Path folder() {
        return temporary.getRoot().toPath();
    }

    private void run(String... command) throws Exception {
        command[0] = System.getProperty("java.home") + "/bin/" + command[0];
        Process process = new ProcessBuilder(command).directory(temporary.getRoot()).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(output, 0, process.waitFor());
    }

    private String verify(int code, String... arguments) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        assertEquals(said.toString(StandardCharsets.UTF_8), code, VerifyCommand.run(List.of(arguments), folder().toString(), out, out));
        return said.toString(StandardCharsets.UTF_8);
    }

    private String write(String name, byte[] jar) throws IOException {
        return Files.write(folder().resolve(name), jar).toString();
    }

    /** keytool and jarsigner as docs/extend.md says. */
    @Test
    public void aJarThatIsSignedAsTheManualSaysIsTrusted() throws Exception {
        String jar = write("clock.jar", TestJar.bundle("com.example.clock", "1.0.0", Map.of("Bundle-Name", "Clock", "Bundle-Vendor", "Example Ltd.", "Catseye-Permissions", "devices, network")));
        run("keytool", "-genkeypair", "-alias", "maker", "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "1825", "-dname", "CN=Example Ltd.", "-keystore", "maker.p12",
                "-storepass", "changeit");
        run("keytool", "-exportcert", "-rfc", "-alias", "maker", "-keystore", "maker.p12", "-storepass", "changeit", "-file", "maker.pem");
        run("jarsigner", "-keystore", "maker.p12", "-storepass", "changeit", "-sigalg", "SHA256withECDSA", "-digestalg", "SHA-256", jar, "maker");
        run("jarsigner", "-verify", "-strict", "-keystore", "maker.p12", "-storepass", "changeit", jar, "maker");
        String unknown = verify(1, "verify", jar);
        assertTrue(unknown, unknown.contains("Signature:   unknown: signed by CN=Example Ltd.") && unknown.contains("It can only be installed with consent."));
        String trusted = verify(0, "verify", "--maker", folder().resolve("maker.pem").toString(), jar);
        for (String words : List.of("Plug-in:     com.example.clock 1.0.0", "Name:        Clock", "Maker:       Example Ltd. (the manifest says so)", "Permissions: devices, network",
                "Signature:   trusted: signed by CN=Example Ltd., of the trusted maker CN=Example Ltd.")) {
            assertTrue(trusted, trusted.contains(words));
        }
        new TrustedMakers(folder().resolve("plugins/makers")).addMaker(Files.readString(folder().resolve("maker.pem")));
        verify(0, "verify", jar);
        verify(0, "verify", "--home", folder().toString(), jar);
        verify(1, "verify", "--home", folder().resolve("elsewhere").toString(), jar);
    }

    @Test
    public void otherJarsAreDescribedWithTheReason() throws Exception {
        byte[] plain = TestJar.bundle("a", "1.0.0", Map.of());
        String unsigned = verify(1, "verify", write("unsigned.jar", plain));
        assertTrue(unsigned, unsigned.contains("Signature:   unsigned") && unsigned.contains("Permissions: not declared"));
        String damaged = verify(1, "verify", write("damaged.jar", JarEdit.open(TestMaker.create("CN=Ann").sign(plain)).put("Evil.class", "evil").write()));
        assertTrue(damaged, damaged.contains("Signature:   damaged") && damaged.contains("Reason:      It is signed, but its file Evil.class is not."));
        assertTrue(verify(1, "verify", write("half.jar", new byte[] {1, 2})).contains("is not a whole jar"));
        assertTrue(verify(1, "verify", write("library.jar", TestJar.withHeaders(Map.of()))).contains("It cannot be installed: it is no OSGi bundle"));
        assertTrue(verify(1, "verify", folder().resolve("missing.jar").toString()).contains("is not a whole jar"));
    }

    @Test
    public void wrongOptionsAreRefused() throws Exception {
        TestMaker ann = TestMaker.create("CN=Ann");
        Path key = Files.writeString(folder().resolve("key.pem"), ann.privateKeyPem());
        assertTrue(verify(2, "verify").contains("name one jar"));
        assertTrue(verify(2).contains("the only command is verify"));
        assertTrue(verify(2, "sign", "x.jar").contains("the only command is verify"));
        assertTrue(verify(2, "verify", "--maker", "x.jar").contains("name one jar"));
        assertTrue(verify(2, "verify", "x.jar", "--maker").contains("unknown or incomplete option --maker"));
        assertTrue(verify(2, "verify", "--maker", key.toString(), "x.jar").contains("private key"));
        assertTrue(verify(2, "verify", "--maker", folder().resolve("none").toString(), "x.jar").contains("cannot be read"));
        assertTrue(verify(0, "--help").contains("usage:"));
    }
}
