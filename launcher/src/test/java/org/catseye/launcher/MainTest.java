package org.catseye.launcher;

import static org.junit.Assert.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.catseye.launcher.recovery.RunningProcess;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class MainTest {
    private static final long TIMEOUT_SECONDS = 30;
    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    /** The recovery finds the process by the name of the main class. */
    @Test
    public void runningProcessIsFoundByItsHome() throws Exception {
        Path home = temporary.getRoot().toPath();
        Process process = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp", System.getProperty("java.class.path"),
                "-XX:+UnlockDiagnosticVMOptions", "-XX:+PauseAtStartup", "-XX:PauseAtStartupFile=" + home.resolve("pause"), Main.class.getName())
                .redirectErrorStream(true).redirectOutput(new File("/dev/null")).start();
        try {
            Files.writeString(home.resolve("lock"), process.pid() + "\n");
            Optional<RunningProcess> found = RunningProcess.findByHome(home);
            assertTrue(found.isPresent());
            found.get().killForcibly();
            assertTrue(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS));
        } finally {
            process.destroyForcibly();
        }
    }
}
