package org.catseye.dist;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The ways of installing that the documentation and the Ansible role offer. */
public class InstallingTest {
    private static final Pattern BLOCK = Pattern.compile("(?s)## By hand.*?```sh\n(.*?)```");
    private static final List<String> FRESH = List.of("opt", "etc/systemd/system", "etc/udev/rules.d", "work");
    private static final List<String> INSTALLED = List.of("etc/systemd/system/catseye.service", "etc/systemd/system/catseye-gadget.service",
            "etc/udev/rules.d/70-catseye.rules", "etc/sysusers.d/catseye.conf", "etc/sysctl.d/60-catseye.conf");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();
    private final Path sources = Path.of("../..");
    private final Path dist = Path.of(System.getProperty("catseye.dist"));
    private Path root;

    /** The folders that Debian 12 has; /etc/sysusers.d is not among them. */
    @Before
    public void aFreshDebian() throws IOException {
        root = folder.getRoot().toPath();
        for (String there : FRESH) {
            Files.createDirectories(root.resolve(there));
        }
    }

    /** Runs the lines below that root; what changes a whole system is only named. */
    private void run(String commands, Path where) throws Exception {
        String named = "for each in apt-get systemctl systemd-sysusers sysctl udevadm journalctl; do eval \"$each() { echo $each; }\"; done 2>/dev/null; ";
        // Plain sh has no functions with a dash: such commands become others.
        String script = "set -e\n" + commands.replace("apt-get", "apt_get").replace("systemd-sysusers", "systemd_sysusers").replaceAll("(?<=[ \"])/(opt|etc)/", root + "/$1/");
        Path said = folder.newFile().toPath();
        Process shell = new ProcessBuilder("sh", "-c", named.replace("apt-get", "apt_get").replace("systemd-sysusers", "systemd_sysusers") + script)
                .directory(where.toFile()).redirectErrorStream(true).redirectOutput(said.toFile()).start();
        assertTrue(shell.waitFor(60, TimeUnit.SECONDS));
        assertEquals(Files.readString(said), 0, shell.exitValue());
    }

    private void assertInstalled() throws IOException {
        for (String file : INSTALLED) {
            assertEquals(file, "rw-r--r--", java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(file))));
        }
    }

    @Test
    public void whatTheDocumentationSaysWorksOnAFreshDebian() throws Exception {
        Matcher block = BLOCK.matcher(Files.readString(sources.resolve("docs/install.md")));
        assertTrue(block.find());
        // An archive of what the installing needs, made like the real one: with one folder on top.
        Process tar = new ProcessBuilder("tar", "czf", root.resolve("work/catseye-1.tar.gz").toString(), "-C", dist.getParent().toString(), dist.getFileName() + "/system",
                dist.getFileName() + "/bin").start();
        assertEquals(0, tar.waitFor());
        run(block.group(1), root.resolve("work"));
        assertTrue(Files.isExecutable(root.resolve("opt/catseye/bin/catseye")));
        assertInstalled();
    }

    @Test
    public void whatTheArchivesReadmeSaysWorksOnAFreshDebian() throws Exception {
        String readme = Files.readString(dist.resolve("README.txt"));
        String commands = readme.substring(readme.indexOf("    install "), readme.indexOf("Drop a bundle's jar"));
        run(commands, dist);
        assertInstalled();
    }

    @Test
    public void theRoleStartsWithWhatTheUnitSays() throws IOException {
        String unit = Files.readString(dist.resolve("system/catseye.service"));
        String defaults = Files.readString(sources.resolve("ansible/roles/catseye/defaults/main.yml"));
        String features = value(defaults, "(?s)catseye_features:\\s+(.*?)\\n\\n").replace("- ", "").replaceAll("\\s+", ",");
        assertEquals(value(unit, "CATSEYE_FEATURES=(.*)"), features);
        assertEquals(value(unit, "CATSEYE_BIND=(.*)"), value(defaults, "catseye_bind: (.*)"));
        assertEquals(value(unit, "CATSEYE_PORT=(.*)"), value(defaults, "catseye_http_port: (.*)"));
        assertEquals(value(unit, "CATSEYE_HTTPS_PORT=(.*)"), value(defaults, "catseye_https_port: (.*)"));
        String places = Files.readString(sources.resolve("ansible/roles/catseye/vars/main.yml"));
        assertEquals(value(unit, "CATSEYE_HOME=(.*)"), value(places, "catseye_home: (.*)"));
    }

    @Test
    public void theRoleUsesAnsiblesOwnModulesOnly() throws IOException {
        Pattern module = Pattern.compile("(?m)^ +([a-z_]+\\.[a-z_]+\\.[a-z_]+):");
        int found = 0;
        for (String part : List.of("tasks", "handlers")) {
            try (var files = Files.list(sources.resolve("ansible/roles/catseye").resolve(part))) {
                for (Path file : files.toList()) {
                    for (Matcher used = module.matcher(Files.readString(file)); used.find(); found++) {
                        assertTrue(file + ": " + used.group(1), used.group(1).startsWith("ansible.builtin."));
                    }
                }
            }
        }
        assertTrue(found + " tasks", found > 20);
    }

    private static String value(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertTrue(pattern, matcher.find());
        return matcher.group(1);
    }
}
