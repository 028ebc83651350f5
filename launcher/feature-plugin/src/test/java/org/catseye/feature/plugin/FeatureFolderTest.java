package org.catseye.feature.plugin;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class FeatureFolderTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void bundlesOfAllFeaturesAreListedOnce() throws IOException {
        write("b.json", "{\"bundles\": [{\"id\": \"org.a:one:1.0\"}, {\"id\": \"org.a:three:jar:small:2.0\"}]}");
        write("a.json", "{\"bundles\": [{\"id\": \"org.a:one:1.0\", \"start-order\": 3}, {\"id\": \"org.a:two:${project.version}\"}]}");
        write("notes.txt", "not a feature");
        assertEquals(List.of(new BundleId("org.a", "one", "jar", null, "1.0"), new BundleId("org.a", "two", "jar", null, "0.9"),
                new BundleId("org.a", "three", "jar", "small", "2.0")), List.copyOf(readBundles()));
    }

    @Test
    public void aWrongIdIsRefusedByName() throws IOException {
        write("a.json", "{\"bundles\": [{\"id\": \"org.a:one\"}]}");
        assertTrue(assertThrows(IllegalArgumentException.class, this::readBundles).getMessage().contains("'org.a:one'"));
    }

    @Test
    public void aFileWithoutBundlesIsRefusedByName() throws IOException {
        write("a.json", "{}");
        assertTrue(assertThrows(IllegalArgumentException.class, this::readBundles).getMessage().contains("a.json"));
    }

    private java.util.Collection<BundleId> readBundles() throws IOException {
        return new FeatureFolder(folder.getRoot().toPath(), "0.9").readBundles();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.getRoot().toPath().resolve(name), text);
    }
}
