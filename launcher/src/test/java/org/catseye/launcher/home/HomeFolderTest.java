package org.catseye.launcher.home;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.catseye.launcher.feature.Feature;
import org.catseye.launcher.refusal.StartRefusedException;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class HomeFolderTest {
    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    private Path folder() {
        return temporary.getRoot().toPath().resolve("a/home");
    }

    @Test
    public void homeIsCreatedForOwnerOnly() throws Exception {
        HomeFolder home = HomeFolder.openFolder(folder());
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home.path())));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home.path().resolve("lock"))));
        assertTrue(Files.isDirectory(home.subfolder("config")));
        assertTrue(home.isLocked());
    }

    @Test
    public void fileOrImpossiblePathIsRefusedByName() throws Exception {
        Path file = temporary.newFile("plain").toPath();
        assertTrue(assertThrows(StartRefusedException.class, () -> HomeFolder.openFolder(file)).getMessage().contains(file + " is a file"));
        assertTrue(assertThrows(StartRefusedException.class, () -> HomeFolder.openFolder(file.resolve("below"))).getMessage().contains(file + "/below cannot be used"));
        Path nowhere = Path.of("/proc/catseye");
        assertTrue(assertThrows(StartRefusedException.class, () -> HomeFolder.openFolder(nowhere)).getMessage().contains("/proc/catseye cannot be used"));
    }

    @Test
    public void homeInUseIsRefusedWithProcessId() throws Exception {
        HomeFolder.openFolder(folder());
        // File locks are per process, so the second one has to be another.
        Process other = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp", System.getProperty("java.class.path"),
                Second.class.getName(), folder().toString()).redirectErrorStream(true).start();
        String message = new String(other.getInputStream().readAllBytes());
        assertTrue(message, message.contains("is in use by another Catseye (process " + ProcessHandle.current().pid() + ")"));
    }

    /** Tries to open a home and prints why it may not. */
    public static final class Second {
        /** @param arguments the home */
        public static void main(String[] arguments) {
            try {
                HomeFolder.openFolder(Path.of(arguments[0]));
                System.out.println("opened");
            } catch (StartRefusedException refusal) {
                System.out.println(refusal.getMessage());
            }
        }
    }

    @Test
    public void defaultsAreCopiedOnceAndUsersFileStays() throws Exception {
        Path defaults = temporary.newFolder("defaults").toPath();
        Files.writeString(defaults.resolve("a.cfg"), "a = 1\n");
        Files.writeString(defaults.resolve("b.cfg"), "b = 1\n");
        HomeFolder home = HomeFolder.openFolder(folder());
        Files.writeString(home.subfolder("config").resolve("a.cfg"), "a = mine\n");
        home.copyDefaults(defaults);
        assertEquals("a = mine\n", Files.readString(home.subfolder("config").resolve("a.cfg")));
        assertEquals("b = 1\n", Files.readString(home.subfolder("config").resolve("b.cfg")));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home.subfolder("config").resolve("b.cfg"))));
    }

    @Test
    public void featureConfigurationsAreWrittenOnceInTheRightFormat() throws Exception {
        HomeFolder home = HomeFolder.openFolder(folder());
        ConfigurationSeeds seeds = new ConfigurationSeeds(home.subfolder("config"));
        Files.writeString(home.subfolder("config").resolve("org.catseye.kept.cfg"), "mine = 1\n");
        java.util.Map<String, Object> values = new java.util.TreeMap<>(java.util.Map.of("i", 5L, "l", java.util.List.of("a", "b\"c"), "s", "x"));
        seeds.writeMissing(new Feature("f", java.util.List.of(), java.util.Map.of("org.catseye.new", values, "org.catseye.kept", values, "org.other", values),
                java.util.Map.of()));
        assertEquals("# from the feature f\ni = 5\nl = [\"a\", \"b\\\"c\"]\ns = x\n", Files.readString(home.subfolder("config").resolve("org.catseye.new.cfg")));
        assertEquals("# from the feature f\ni=I\"5\"\nl=[\"a\",\"b\\\"c\"]\ns=\"x\"\n", Files.readString(home.subfolder("config").resolve("org.other.config")));
        assertEquals("mine = 1\n", Files.readString(home.subfolder("config").resolve("org.catseye.kept.cfg")));
    }

    @Test
    public void fullDiskIsNamedAsTheProblem() {
        java.nio.file.Path home = java.nio.file.Path.of("/h");
        StartRefusedException broken = new StartRefusedException("bundle x is broken; unpack the archive again", new IllegalStateException("cannot cache", new java.io.IOException("No space left on device")));
        assertTrue(broken.explainFullDisk(home).getMessage(), broken.explainFullDisk(home).getMessage().startsWith("the disk of home /h is full"));
        StartRefusedException other = new StartRefusedException("port 1 is taken", new java.net.BindException("Address already in use"));
        org.junit.Assert.assertSame(other, other.explainFullDisk(home));
    }
}
