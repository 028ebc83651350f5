package org.catseye.launcher.recovery;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.catseye.launcher.feature.ArtifactId;
import org.catseye.launcher.feature.Feature;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class RetainedConfigurationsTest {
    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();
    private final RetainedConfigurations kept = new RetainedConfigurations(List.of(new Feature("base", List.of(entry("org.catseye.web.gate", false),
            new Feature.Entry(ArtifactId.parseId("org.catseye:org.catseye.core.targets:1"), 8, true, "org.catseye.core.target"),
            entry("org.catseye.core", false)), Map.of(), Map.of()), new Feature("ms2109", List.of(entry("org.catseye.capture.v4l2", true)), Map.of(), Map.of())));

    private static Feature.Entry entry(String name, boolean keeps) {
        return new Feature.Entry(ArtifactId.parseId("org.catseye:" + name + ":1"), 8, keeps);
    }

    private boolean keeps(String name, String text) throws Exception {
        return kept.isRetained(Files.writeString(temporary.getRoot().toPath().resolve(name), text));
    }

    @Test
    public void settingsOfTargetsAndDevicesAreRetained() throws Exception {
        assertTrue(keeps("org.catseye.core.target~default.cfg", "id = default\nlabel = a.b = c\n"));
        assertTrue(keeps("org.catseye.capture.v4l2~bay1.cfg", "\uFEFF# osgi.x = 1\nkvm.target = bay1\nkvm.label = x\nfps = 30\n"));
        assertTrue(keeps("org.catseye.capture.v4l2.part.cfg", ""));
    }

    @Test
    public void settingsOfLoginThirdPartiesAndUnknownOwnersAreNot() throws Exception {
        for (String name : List.of("org.catseye.web.gate.cfg", "org.catseye.web.gate~x.cfg", "org.catseye.core.unknown.cfg", "org.catseye.other.cfg", "org.catseye.capture.v4l2x.cfg",
                "org.apache.felix.http.config", "org.catseye.capture.v4l2.config", "com.example.cfg", "logging.properties", "org.catseye.capture.v4l2%7Cx.cfg")) {
            assertFalse(name, keeps(name, "a = 1\n"));
        }
    }

    @Test
    public void keysThatControlTheFrameworkAreNotRetained() throws Exception {
        for (String key : List.of("osgi.http.whiteboard.resource.pattern", "service.ranking", " hub.target", "x.cardinality.minimum")) {
            assertFalse(key, keeps("org.catseye.capture.v4l2.cfg", "fps = 30\n" + key + " = [\"/login\"]\n"));
        }
    }

    @Test
    public void linksAndHugeFilesAreNotRetained() throws Exception {
        Path folder = temporary.getRoot().toPath();
        Path link = Files.createSymbolicLink(folder.resolve("org.catseye.capture.v4l2.cfg"), Files.writeString(folder.resolve("elsewhere"), "fps = 1\n"));
        assertFalse(kept.isRetained(link));
        assertFalse(keeps("org.catseye.capture.v4l2~big.cfg", "a = 1\n".repeat(100_000)));
    }

    @Test
    public void unchangedDefaultsAreNotListed() throws Exception {
        Path folder = temporary.newFolder("config").toPath();
        Path defaults = temporary.newFolder("defaults").toPath();
        Files.writeString(folder.resolve("org.catseye.web.gate.cfg"), "#proxies =\n");
        Files.writeString(defaults.resolve("org.catseye.web.gate.cfg"), "#proxies =\n");
        Path changed = Files.writeString(folder.resolve("logging.properties"), "root = OFF\n");
        Files.writeString(defaults.resolve("logging.properties"), "root = INFO\n");
        Files.writeString(folder.resolve("org.catseye.core.target~a.cfg"), "id = a\n");
        assertEquals(List.of(changed), kept.findOthers(folder, defaults));
    }
}
