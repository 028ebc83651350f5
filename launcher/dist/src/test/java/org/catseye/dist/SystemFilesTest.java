package org.catseye.dist;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Holds units, rules and the scripts of the distribution together. */
public class SystemFilesTest {
    private static final Pattern INSTALLED = Pattern.compile("/opt/catseye(/\\S+)");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();
    private final Path dist = Path.of(System.getProperty("catseye.dist"));

    /** Keys that stand once; those that may stand several times with their last value. */
    private Map<String, String> unit(String name) throws IOException {
        Map<String, String> values = new TreeMap<>();
        for (String line : Files.readAllLines(dist.resolve("system").resolve(name))) {
            if (line.contains("=") && !line.startsWith("#")) {
                values.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
            }
        }
        return values;
    }

    @Test
    public void systemdUnderstandsTheUnits() throws Exception {
        assumeTrue("systemd-analyze is not on this machine", Files.isExecutable(Path.of("/usr/bin/systemd-analyze")));
        for (String name : List.of("catseye.service", "catseye-gadget.service")) {
            // Where nothing is installed the programs are those of the distribution.
            Files.writeString(folder.getRoot().toPath().resolve(name), Files.readString(dist.resolve("system").resolve(name)).replace("/opt/catseye", dist.toString()));
        }
        Path said = folder.newFile("said").toPath();
        Process verify = new ProcessBuilder("systemd-analyze", "verify", "--man=no", folder.getRoot() + "/catseye.service", folder.getRoot() + "/catseye-gadget.service")
                .redirectErrorStream(true).redirectOutput(said.toFile()).start();
        assertTrue(verify.waitFor(60, TimeUnit.SECONDS));
        List<String> ours = Files.readAllLines(said).stream().filter(line -> line.contains("catseye")).toList();
        assertEquals(List.of(), ours);
        assertEquals(Files.readString(said), 0, verify.exitValue());
    }

    @Test
    public void whatTheUnitsCallIsInTheDistribution() throws IOException {
        int found = 0;
        for (String name : List.of("catseye.service", "catseye-gadget.service")) {
            Matcher path = INSTALLED.matcher(Files.readString(dist.resolve("system").resolve(name)));
            for (; path.find(); found++) {
                assertTrue(path.group(), Files.isExecutable(Path.of(dist + path.group(1))));
            }
        }
        assertEquals(4, found);
        Matcher features = Pattern.compile("(?m)^Environment=CATSEYE_FEATURES=(\\S+)$").matcher(Files.readString(dist.resolve("system/catseye.service")));
        assertTrue(features.find());
        for (String feature : features.group(1).split(",")) {
            assertTrue(feature, Files.isRegularFile(dist.resolve("features").resolve(feature + ".json")));
        }
    }

    @Test
    public void catseyeItselfHasNoRightsButItsGroups() throws IOException {
        Map<String, String> unit = unit("catseye.service");
        assertEquals("catseye", unit.get("User"));
        assertEquals("", unit.get("CapabilityBoundingSet"));
        assertEquals("strict", unit.get("ProtectSystem"));
        assertEquals("yes", unit.get("NoNewPrivileges"));
        assertEquals("@system-service", unit.get("SystemCallFilter"));
        // These would take away what it works with: devices, also those of a kind that comes later, and configfs below /sys.
        for (String taken : List.of("PrivateDevices", "DeviceAllow", "DevicePolicy", "ProtectKernelTunables", "ProtectClock", "MemoryDenyWriteExecute", "PrivateNetwork")) {
            assertFalse(taken, unit.containsKey(taken));
        }
    }

    @Test
    public void catseyeComesBackWhateverEndedIt() throws IOException {
        Map<String, String> unit = unit("catseye.service");
        assertEquals("the web console can stop the framework, with code 0", "always", unit.get("Restart"));
        assertEquals("143", unit.get("SuccessExitStatus"));
        assertTrue("out of memory", Files.readString(dist.resolve("bin/catseye")).contains("-XX:+ExitOnOutOfMemoryError"));
    }

    /** The launcher reports by children (systemd-notify), so systemd has to accept reports of the whole service. */
    @Test
    public void aCatseyeThatHangsIsRestarted() throws IOException {
        Map<String, String> unit = unit("catseye.service");
        assertEquals("notify", unit.get("Type"));
        assertEquals("all", unit.get("NotifyAccess"));
        assertEquals("60", unit.get("WatchdogSec"));
        assertTrue("an incomplete start is reported after five minutes", Integer.parseInt(unit.get("TimeoutStartSec")) > 300);
    }

    @Test
    public void theKeyboardComesBeforeCatseyeAndForTheSameGroup() throws IOException {
        assertTrue(unit("catseye.service").get("After").contains("catseye-gadget.service"));
        assertFalse("who has disabled the keyboard does not get it all the same", unit("catseye.service").containsKey("Wants"));
        assertEquals("a reload completes", unit("catseye-gadget.service").get("ExecStart"), unit("catseye-gadget.service").get("ExecReload"));
        assertTrue(unit("catseye-gadget.service").get("ExecStart").endsWith("--group " + unit("catseye.service").get("Group")));
        assertFalse("the root part runs as root", unit("catseye-gadget.service").containsKey("User"));
    }

    @Test
    public void noDeviceIsEverybodys() throws IOException {
        List<String> rules = Files.readAllLines(dist.resolve("system/70-catseye.rules")).stream().filter(line -> !line.startsWith("#")).toList();
        assertEquals(4, rules.size());
        for (String rule : rules) {
            assertTrue(rule, rule.matches("SUBSYSTEM==\"\\w+\"(, [A-Z]+(\\{\\w+\\})?==\"[^\"]+\")*, GROUP=\"(catseye|video)\", MODE=\"0660\""));
        }
    }
}
