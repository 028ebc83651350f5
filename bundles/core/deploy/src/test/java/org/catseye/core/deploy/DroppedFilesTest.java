package org.catseye.core.deploy;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.catseye.core.deploy.version.JarResults;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.Bundle;

public class DroppedFilesTest {

    private static final Bundle INSTALLED = (Bundle) Proxy.newProxyInstance(Bundle.class.getClassLoader(), new Class<?>[] {Bundle.class},
            (proxy, method, arguments) -> method.getName().equals("getLocation") ? "drop:a/a.jar" : "a");

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    @Test
    public void nothingIsRequestedWhileTheFolderCannotBeRead() throws Exception {
        Path folder = Files.write(temporary.getRoot().toPath().resolve("deploy"), new byte[1]);
        List<String> requested = new ArrayList<>();
        DroppedFiles files = new DroppedFiles(folder, headers -> Optional.empty(), requested::add, new JarResults());
        assertFalse(files.requestInstalledNames(new Bundle[] {INSTALLED}));
        assertEquals(List.of(), requested);
        Files.delete(folder);
        Files.createDirectory(folder);
        assertTrue(files.requestInstalledNames(new Bundle[] {INSTALLED}));
        assertEquals(List.of("a"), requested);
    }
}
