package org.catseye.launcher.recovery;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class AsideFolderTest {
    private static final String FOLDER = "aside/20260131T120000.000Z/";
    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();
    private Path home;
    private AsideFolder aside;

    @Before
    public void create() throws Exception {
        home = temporary.newFolder("home").toPath();
        for (String name : List.of("deploy", "config", "cache", "access")) {
            Files.createDirectory(home.resolve(name));
        }
        aside = new AsideFolder(home, Instant.parse("2026-01-31T12:00:00Z"));
    }

    private static Path jar(Path file, String name) throws IOException {
        Files.createDirectories(file.getParent());
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", name + ";singleton:=true");
        manifest.getMainAttributes().putValue("Bundle-Version", "1.2.3");
        new JarOutputStream(Files.newOutputStream(file), manifest).close();
        return file;
    }

    @Test
    public void dropFolderIsMovedAndReplacedByEmptyOne() throws Exception {
        Files.writeString(home.resolve("deploy/a.jar"), "a");
        aside.moveDropFolder();
        assertEquals(List.of(FOLDER + "deploy (a.jar)"), aside.movedItems());
        assertEquals("a", Files.readString(home.resolve(FOLDER + "deploy/a.jar")));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("deploy"))));
        assertEquals(0, Files.list(home.resolve("deploy")).count());
        aside.moveDropFolder();
        assertEquals("an empty one stays", 1, aside.movedItems().size());
    }

    @Test
    public void switchedOnFeaturesAreMoved() throws Exception {
        aside.moveFeatures();
        assertEquals("there are none", List.of(), aside.movedItems());
        Files.createDirectory(home.resolve("features"));
        aside.moveFeatures();
        assertEquals("an empty folder stays", List.of(), aside.movedItems());
        Files.writeString(home.resolve("features/chosen"), "vnc\n");
        Files.createDirectory(home.resolve("features/trying"));
        aside.moveFeatures();
        assertEquals(List.of(FOLDER + "features (chosen, trying)"), aside.movedItems());
        assertFalse(Files.exists(home.resolve("features")));
        assertEquals("vnc\n", Files.readString(home.resolve(FOLDER + "features/chosen")));
    }

    @Test
    public void linkInPlaceOfFolderIsMovedAndNotFollowed() throws Exception {
        Path elsewhere = temporary.newFolder("elsewhere").toPath();
        Files.writeString(elsewhere.resolve("mine"), "x");
        for (String name : List.of("deploy", "config", "cache")) {
            Files.delete(home.resolve(name));
            Files.createSymbolicLink(home.resolve(name), elsewhere);
        }
        aside.moveDropFolder();
        aside.moveConfigurations(new RetainedConfigurations(List.of()), home.resolve("none"));
        aside.clearCache(temporary.newFolder("repository").toPath());
        assertEquals(3, aside.movedItems().size());
        assertEquals("x", Files.readString(elsewhere.resolve("mine")));
        for (String name : List.of("deploy", "config", "cache")) {
            assertTrue(Files.isDirectory(home.resolve(name)) && !Files.isSymbolicLink(home.resolve(name)));
        }
    }

    @Test
    public void onlyCopiesOfDistributedBundlesAreDeleted() throws Exception {
        Path repository = temporary.newFolder("repository").toPath();
        Path original = jar(repository.resolve("g/gate/1/gate-1.jar"), "gate");
        Path cache = home.resolve("cache");
        Files.createDirectories(cache.resolve("bundle1/version0.0"));
        Files.copy(original, cache.resolve("bundle1/version0.0/bundle.jar"));
        jar(cache.resolve("bundle2/version0.0/bundle.jar"), "org.example.added");
        Files.createDirectories(cache.resolve("bundle2/data"));
        Files.writeString(cache.resolve("bundle2/data/note"), "kept");
        Files.createDirectories(cache.resolve("bundle3/version0.0"));
        Files.copy(original, cache.resolve("bundle3/version0.0/bundle.jar"));
        jar(cache.resolve("bundle3/version0.1/bundle.jar"), "gate.forged");
        Files.createDirectories(cache.resolve("bundle4"));
        Files.writeString(cache.resolve("bundle4/bundle.jar"), "torn");
        Files.writeString(cache.resolve("jars"), "marks");
        Files.writeString(cache.resolve("classes-1.jsa"), "archive");
        aside.clearCache(repository);
        assertEquals(List.of(FOLDER + "bundles/org.example.added-1.2.3", FOLDER + "bundles/gate-1.2.3", FOLDER + "bundles/bundle4"),
                aside.movedItems());
        assertEquals("kept", Files.readString(home.resolve(FOLDER + "bundles/org.example.added-1.2.3/data/note")));
        assertEquals(List.of("classes-1.jsa"), Files.list(cache).map(file -> file.getFileName().toString()).toList());
    }

    @Test
    public void bundleNameCannotLeadToAnotherFolder() throws Exception {
        jar(home.resolve("cache/bundle7/version0.0/bundle.jar"), "../../../evil");
        aside.clearCache(temporary.newFolder("repository").toPath());
        assertEquals(1, aside.movedItems().size());
        assertTrue(aside.movedItems().toString(), aside.movedItems().get(0).startsWith(FOLDER + "bundles/")
                && !aside.movedItems().get(0).substring(FOLDER.length() + 8).contains("/"));
        assertFalse(Files.exists(temporary.getRoot().toPath().resolve("evil-1.2.3")));
    }
}
