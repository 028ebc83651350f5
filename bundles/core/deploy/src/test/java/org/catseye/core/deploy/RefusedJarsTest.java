package org.catseye.core.deploy;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class RefusedJarsTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();
    private final RefusedJars refused = new RefusedJars(headers -> "gate".equals(headers.getValue("Bundle-SymbolicName")) ? Optional.of("it is no gate") : Optional.empty());

    private File jar(String name, String symbolicName) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (symbolicName != null) {
            manifest.getMainAttributes().putValue("Bundle-SymbolicName", symbolicName);
        }
        File file = folder.newFile(name);
        new JarOutputStream(Files.newOutputStream(file.toPath()), manifest).close();
        return file;
    }

    @Test
    public void bundlesAreLeftToFileInstall() throws IOException {
        File file = jar("a.jar", "a");
        assertEquals(Optional.empty(), refused.findProblem(file));
        assertFalse(refused.canHandle(file));
    }

    @Test
    public void aJarThatIsNoBundleIsRefusedWithAReason() throws IOException {
        File file = jar("a.jar", null);
        assertTrue(refused.canHandle(file));
        assertTrue(refused.findProblem(file).orElseThrow().contains("no OSGi bundle"));
    }

    @Test
    public void aJarThatTheReviewRefusesIsRefusedWithItsReason() throws IOException {
        File file = jar("gate.jar", "gate");
        assertTrue(refused.canHandle(file));
        assertEquals(Optional.of("it is no gate"), refused.findProblem(file));
    }

    @Test
    public void aDamagedJarIsRefusedWithAReason() throws IOException {
        File whole = jar("whole.jar", "a");
        byte[] bytes = Files.readAllBytes(whole.toPath());
        File half = folder.newFile("half.jar");
        Files.write(half.toPath(), Arrays.copyOf(bytes, bytes.length / 2));
        assertTrue(refused.canHandle(half));
        assertTrue(refused.findProblem(half).orElseThrow().contains("not a whole jar"));
    }

    @Test
    public void otherFilesAreIgnored() throws IOException {
        assertFalse(refused.canHandle(folder.newFile("notes.txt")));
    }
}
