package org.catseye.core.deploy.jar;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class JarFolderTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void onlyFilesCount() throws IOException {
        Path root = folder.getRoot().toPath();
        Files.createDirectory(root.resolve("folder.jar"));
        Files.createSymbolicLink(root.resolve("dangling.jar"), root.resolve("missing"));
        Files.write(root.resolve("a.jar"), new byte[1]);
        assertEquals(Set.of("a.jar"), new JarFolder(root).readNames().keySet());
    }

    @Test
    public void aFileWhoseAttributesCannotBeReadIsNotRemoved() throws IOException {
        JarFolder jars = new JarFolder(folder.getRoot().toPath());
        Path file = Files.write(folder.getRoot().toPath().resolve("a.jar"), new byte[1]);
        Map<String, JarStamp> before = jars.readNames();
        Files.delete(file);
        // A link to itself causes an I/O error.
        Files.createSymbolicLink(file, file);
        assertEquals(before, jars.readNames());
        Files.delete(file);
        assertEquals(Map.of(), jars.readNames());
    }
}
