package org.catseye.launcher.feature;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.catseye.launcher.refusal.StartRefusedException;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class FeatureReaderTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Feature read(String text) throws IOException, StartRefusedException {
        Files.writeString(folder.getRoot().toPath().resolve("f.json"), text);
        return new FeatureReader(folder.getRoot().toPath()).readFeature("f");
    }

    private void assertRefused(String expected, String text) {
        String message = assertThrows(text, StartRefusedException.class, () -> read(text)).getMessage();
        assertTrue(message, message.contains("f.json") && message.contains(expected));
    }

    @Test
    public void readsBundlesConfigurationsAndFrameworkProperties() throws Exception {
        Feature feature = read("""
                {"feature-resource-version": "1.0", "id": "a:b:1",
                 "bundles": [{"id": "g.x:a:1", "start-order": 6, "hash": "x"}, {"id": "g.x:a:jar:with:2"}, "g.x:c:3"],
                 "configurations": {"p.q~r": {"n": 5, "b": true, "d": 0.5, "s": "t", "l": ["a", "b"]}},
                 "extensions": {"framework-launching-properties": {"kind": "optional", "type": "JSON", "json": {"k": "v"}}}}""");
        assertEquals(List.of(6, 20, 20), feature.bundles().stream().map(Feature.Entry::startLevel).toList());
        assertEquals(Path.of("g/x/a/2/a-2-with.jar"), feature.bundles().get(1).artifact().repositoryPath());
        assertEquals("mvn:g.x:a:jar:with:2", feature.bundles().get(1).artifact().bundleLocation());
        assertEquals(Map.of("n", 5L, "b", true, "d", 0.5, "s", "t", "l", List.of("a", "b")), feature.configurations().get("p.q~r"));
        assertEquals(Map.of("k", "v"), feature.frameworkProperties());
    }

    @Test
    public void brokenFilesAreReportedWithTheProblem() {
        assertRefused("line 2", "{\"bundles\": [\n}");
        assertRefused("not an artifact id", "{\"bundles\": [{\"id\": \"just-a-name\"}]}");
        assertRefused("not an artifact id", "{\"bundles\": [{\"id\": \"g:../../etc:1\"}]}");
        assertRefused("start-order", "{\"bundles\": [{\"id\": \"g:a:1\", \"start-order\": \"six\"}]}");
        assertRefused("start-order", "{\"bundles\": [{\"id\": \"g:a:1\", \"start-order\": 100}]}");
        assertRefused("\"recovery\"", "{\"bundles\": [{\"id\": \"g:a:1\", \"recovery\": \"perhaps\"}]}");
        assertRefused("\"bundles\" must be a list", "{\"bundles\": {}}");
        assertRefused("configuration p must be an object", "{\"configurations\": {\"p\": 1}}");
        assertRefused("one JSON object", "[]");
        assertRefused("one JSON object", "");
        assertRefused("more text", "{} {}");
        assertRefused("Duplicate", "{\"bundles\": [], \"bundles\": []}");
    }

    @Test
    public void baseSettingsAreResetByDefaultAndBrokenUnusedFilesAreSkipped() throws Exception {
        Path files = folder.getRoot().toPath();
        Files.writeString(files.resolve("base.json"), "{\"bundles\": [\"g:a:1\", {\"id\": \"g:b:1\", \"recovery\": \"keep\"}]}");
        Files.writeString(files.resolve("device.json"), "{\"bundles\": [\"g:c:1\", {\"id\": \"g:d:1\", \"recovery\": \"reset\"}]}");
        Files.writeString(files.resolve("torn.json"), "{");
        List<Feature> all = new FeatureReader(files).readAllFeatures();
        assertEquals(List.of("base", "device"), all.stream().map(Feature::name).toList());
        assertEquals(List.of(false, true, true, false), all.stream().flatMap(feature -> feature.bundles().stream()).map(Feature.Entry::keepsSettings).toList());
    }

    @Test
    public void unknownNamesAreRefusedWithAListOfNames() throws Exception {
        Files.writeString(folder.getRoot().toPath().resolve("base.json"), "{}");
        Files.writeString(folder.getRoot().toPath().resolve("ms2109.json"), "{}");
        for (String name : List.of("nix", "../base", "", "a/b")) {
            String message = assertThrows(StartRefusedException.class, () -> new FeatureReader(folder.getRoot().toPath()).readFeature(name)).getMessage();
            assertEquals("unknown feature '" + name + "'; there are: ms2109", message);
        }
    }
}
