package org.catseye.dist;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** packaging/install.sh with a real signature and package. The commands that change a system are replaced by ones that only record their call. */
public class InstallScriptTest {
    private static final String LIST = "catseye-1.0.tar.gz.sha256";
    private static final String PACKAGE = "catseye_1.0_all.deb";
    private static final List<String> RECORDED = List.of("apt-get", "systemctl", "sudo", "reboot");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();
    private final Path script = Path.of("../../packaging/install.sh");
    private Path system;
    private Path commands;
    private Path calls;
    private Path release;
    private String output;

    @Before
    public void aBoardAndARelease() throws Exception {
        system = folder.newFolder("system").toPath();
        for (String there : List.of("usr", "run/systemd/system", "proc/device-tree", "boot/firmware", "sys/class/udc", "etc/default")) {
            Files.createDirectories(system.resolve(there));
        }
        describeSystem("debian", "12");
        Files.writeString(system.resolve("proc/device-tree/model"), "Raspberry Pi 4 Model B Rev 1.4\0");
        Files.writeString(configTxt(), "arm_64bit=1\notg_mode=1\n[pi3]\ndtparam=audio=on\n");
        calls = folder.getRoot().toPath().resolve("calls");
        Files.createFile(calls);
        commands = folder.newFolder("commands").toPath();
        for (String name : RECORDED) {
            command(name, "echo " + name + " \"$@\" >>'" + calls + "'");
        }
        command("id", "echo 0");
        command("uname", "echo aarch64");
        command("dpkg-query", "exit 1");
        command("keytool", "printf 'Certificate fingerprints:\\n\\t SHA1: 00:11\\n\\t SHA256: AA:BB\\n'");
        command("journalctl", "echo 'Not claimed yet. Open https://kvm:8443/setup#token=secret to set the admin password (other names work)'");
        release = folder.newFolder("release").toPath();
        buildPackage();
    }

    private Path configTxt() {
        return system.resolve("boot/firmware/config.txt");
    }

    private void describeSystem(String id, String version) throws IOException {
        Files.writeString(system.resolve("etc/os-release"), "PRETTY_NAME=\"" + id + " " + version + "\"\nID=" + id + "\nVERSION_ID=\"" + version + "\"\n");
    }

    private void command(String name, String body) throws IOException {
        Path file = commands.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void buildPackage() throws Exception {
        Path content = folder.newFolder("package").toPath();
        Files.createDirectories(content.resolve("DEBIAN"));
        Files.writeString(content.resolve("DEBIAN/control"), "Package: catseye\nVersion: 1.0\nArchitecture: all\nMaintainer: nobody <nobody@catseye.invalid>\nDescription: nothing\n");
        assertEquals(0, start("dpkg-deb", "--build", content.toString(), release.resolve(PACKAGE).toString()));
        assertEquals(0, start("sh", "-c", "cd '" + release + "' && sha256sum " + PACKAGE + " >" + LIST));
    }

    private void sign(String key) throws Exception {
        assumeTrue("no minisign", start("sh", "-c", "command -v minisign") == 0);
        Path pair = folder.getRoot().toPath().resolve(key);
        assertEquals(0, start("minisign", "-G", "-W", "-s", pair.toString(), "-p", pair + ".pub"));
        assertEquals(0, start("minisign", "-S", "-s", pair.toString(), "-m", release.resolve(LIST).toString()));
    }

    private String key(String name) {
        return folder.getRoot().toPath().resolve(name + ".pub").toString();
    }

    private int start(String... command) throws Exception {
        Path said = folder.getRoot().toPath().resolve("output");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().put("CATSEYE_INSTALL_SYSTEM", system.toString());
        builder.environment().put("PATH", (commands == null ? "" : commands + ":") + System.getenv("PATH"));
        Process process = builder.start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        output = Files.readString(said);
        return process.exitValue();
    }

    private int install(String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of("sh", script.toString()));
        all.addAll(List.of(options));
        return start(all.toArray(String[]::new));
    }

    private String called() throws IOException {
        return Files.readString(calls);
    }

    private void assertRefused(String reason, String... options) throws Exception {
        assertNotEquals(output, 0, install(options));
        assertTrue(output, output.contains(reason));
        assertFalse(called(), called().contains("install"));
        assertFalse(Files.readString(configTxt()).contains("dwc2"));
    }

    @Test
    public void aSignedReleaseIsInstalledAndTheNextStepsAreShown() throws Exception {
        sign("publisher");
        assertEquals(output, 0, install("--from", release.toString(), "--key", key("publisher")));
        assertTrue(called(), called().matches("(?s).*apt-get install [^\n]*/" + PACKAGE + "\n.*"));
        assertTrue(output, output.contains("fingerprint AA:BB"));
        assertTrue(output, output.contains("https://kvm:8443/setup#token=secret"));
        assertTrue(output, output.contains("Restart the board"));
        String port = Files.readString(configTxt());
        assertTrue(port, port.endsWith("[all]\ndtoverlay=dwc2,dr_mode=peripheral\n# END Catseye: the USB-C port is a keyboard for another computer\n"));
        assertTrue(port, port.contains("\n# Catseye: otg_mode=1\n"));
        assertEquals(output, 0, install("--from", release.toString(), "--key", key("publisher")));
        assertEquals("a second run changes nothing there", port, Files.readString(configTxt()));
    }

    @Test
    public void aDryRunOnlyShowsWhatWouldBeDone() throws Exception {
        sign("publisher");
        assertEquals(output, 0, install("--dry-run", "--from", release.toString(), "--key", key("publisher")));
        assertTrue(output, output.contains("verify its signature and checksum") && output.contains("dtoverlay=dwc2,dr_mode=peripheral") && output.contains("8443"));
        assertEquals("", called());
        assertFalse(Files.readString(configTxt()).contains("dwc2"));
    }

    @Test
    public void whatIsNotThePublishersIsNotInstalled() throws Exception {
        sign("publisher");
        sign("other");
        String[] options = {"--from", release.toString(), "--key", key("publisher")};
        assertRefused("not the publisher's", options);
        assertRefused("contains no public key", "--from", release.toString());
        sign("publisher2");
        Files.write(release.resolve(PACKAGE), new byte[] {0});
        assertRefused("is not the file", "--from", release.toString(), "--key", key("publisher2"));
        assertRefused("is not the file", "--from", release.toString(), "--unsigned");
        Files.writeString(release.resolve(LIST), "0".repeat(64) + "  ../../" + PACKAGE + "\n");
        assertRefused("names no package", "--from", release.toString(), "--unsigned");
    }

    @Test
    public void aSystemThatCannotRunItIsToldWhy() throws Exception {
        String[] options = {"--from", release.toString(), "--unsigned"};
        describeSystem("debian", "11");
        assertRefused("too old", options);
        describeSystem("debian", "");
        assertEquals("testing has no number", 0, install("--dry-run", "--from", release.toString(), "--unsigned"));
        describeSystem("fedora", "43");
        assertRefused("for Debian", options);
        describeSystem("raspbian", "12");
        command("uname", "echo armv6l");
        assertRefused("ARMv6", options);
        command("uname", "echo armv7l");
        Files.createDirectories(system.resolve("opt/catseye"));
        assertRefused("by hand", options);
    }

    @Test
    public void anOlderVersionNeedsTheOption() throws Exception {
        command("dpkg-query", "echo 'install ok installed|1.1'");
        assertRefused("is older than 1.1", "--from", release.toString(), "--unsigned");
        assertEquals(output, 0, install("--from", release.toString(), "--unsigned", "--older"));
        assertTrue(called(), called().contains("install"));
    }

    @Test
    public void aCheckTellsWhetherTheLatestReleaseIsNewer() throws Exception {
        sign("publisher");
        for (String end : List.of("", ".minisig")) {
            Files.copy(release.resolve(LIST + end), release.resolve("catseye-latest.tar.gz.sha256" + end));
        }
        String[] options = {"--check", "--latest", "--from", release.toString(), "--key", key("publisher")};
        command("dpkg-query", "echo 'install ok installed|0.9'");
        assertEquals(output, 0, install(options));
        assertTrue(output, output.contains("1.0 is available; 0.9 is installed"));
        for (String installed : List.of("1.0", "1.1")) {
            command("dpkg-query", "echo 'install ok installed|" + installed + "'");
            assertEquals(output, 10, install(options));
            assertTrue(output, output.contains("nothing newer than " + installed));
        }
        Files.writeString(release.resolve("catseye-latest.tar.gz.sha256"), "0".repeat(64) + "  catseye_99_all.deb\n");
        assertRefused("not the publisher's", options);
        assertEquals("nothing was changed", "", called());
    }

    @Test
    public void uninstallingPutsThePortBack() throws Exception {
        String before = Files.readString(configTxt());
        assertEquals(output, 0, install("--from", release.toString(), "--unsigned"));
        command("dpkg-query", "echo 'install ok installed|1.0'");
        assertEquals(output, 0, install("--uninstall", "--dry-run"));
        assertFalse(called(), called().contains("remove"));
        assertEquals(output, 0, install("--uninstall"));
        assertTrue(called(), called().contains("apt-get remove") && !called().contains("purge"));
        assertEquals(before, Files.readString(configTxt()));
        assertEquals(output, 0, install("--uninstall", "--delete-data"));
        assertTrue(called(), called().contains("CATSEYE_PURGE_STATE=yes") || called().contains("apt-get purge"));
    }

    /** As in curl | sh, with a connection that breaks. */
    @Test
    public void aScriptThatIsCutOffDoesNothing() throws Exception {
        String whole = Files.readString(script);
        Random random = new Random(1);
        List<Integer> ends = new ArrayList<>();
        for (int end = whole.indexOf('\n'); end >= 0 && end < whole.lastIndexOf('}'); end = whole.indexOf('\n', end + 1)) {
            ends.add(end);
            ends.add(Math.min(whole.lastIndexOf('}'), end + random.nextInt(60)));
        }
        // A name that is cut off can be that of a program: of as_root, "as" is left, which is the assembler.
        for (int name = whole.indexOf("\nas_root"); name < whole.indexOf("\nas_root") + 12; name++) {
            ends.add(name);
        }
        Path here = folder.newFolder("here").toPath();
        Path before = configTxt();
        String port = Files.readString(before);
        for (int end : ends) {
            Path part = folder.getRoot().toPath().resolve("part");
            Files.write(part, whole.substring(0, end).getBytes(StandardCharsets.UTF_8));
            start("sh", "-c", "cd '" + here + "' && sh -s -- --from '" + release + "' --unsigned <'" + part + "'");
            assertEquals("cut after " + end + " characters", 0, here.toFile().list().length);
            assertEquals("cut after " + end + " characters", "", called());
        }
        assertEquals(port, Files.readString(before));
        assertTrue(ends.size() > 200);
        assertEquals(output, 0, start("sh", "-c", "sh -s -- --from '" + release + "' --unsigned <'" + script + "'"));
        assertTrue(called(), called().contains("install"));
    }
}
