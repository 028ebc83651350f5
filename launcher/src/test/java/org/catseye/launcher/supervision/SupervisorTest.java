package org.catseye.launcher.supervision;

import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.catseye.launcher.home.HomeFolder;
import org.catseye.launcher.log.LogSetup;
import org.catseye.launcher.options.LaunchOptions;
import org.catseye.launcher.options.LaunchOptionsParser;
import org.catseye.launcher.refusal.StartRefusedException;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class SupervisorTest {
    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    @Test
    public void aStartWhoseConfigurationsCannotBeWrittenIsNotCountedAgainstTheFeatures() throws Exception {
        Path install = temporary.newFolder("install").toPath();
        Files.createDirectories(install.resolve("features"));
        Files.writeString(install.resolve("features/base.json"), "{\"bundles\": []}");
        Files.writeString(install.resolve("features/vnc.json"), "{\"bundles\": []}");
        Files.createDirectories(install.resolve("config"));
        Files.writeString(install.resolve("config/org.catseye.gate.cfg"), "");
        HomeFolder home = HomeFolder.openFolder(temporary.newFolder("home").toPath());
        Path features = Files.createDirectories(home.path().resolve("features"));
        Files.writeString(features.resolve("chosen"), "vnc\n");
        Files.delete(home.subfolder("config"));
        Files.writeString(home.subfolder("config"), "in the way");
        LaunchOptions options = LaunchOptionsParser.parseArguments(new String[0], Map.of("CATSEYE_HOME", home.path().toString()));
        LogSetup log = LogSetup.installHandlers(home.path().resolve("log/catseye.log"), home.path().resolve("levels"));
        Supervisor supervisor = new Supervisor(options, home, install, Instant.now(), log);
        String reason = assertThrows(StartRefusedException.class, supervisor::runUntilStopped).getMessage();
        assertTrue(reason, reason.contains("cannot be filled with the default configuration"));
        assertFalse(Files.exists(features.resolve("starts")));
    }
}
