package org.catseye.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.logging.Logger;
import org.catseye.launcher.feature.FeatureReader;
import org.catseye.launcher.home.HomeFolder;
import org.catseye.launcher.log.LogSetup;
import org.catseye.launcher.options.LaunchOptions;
import org.catseye.launcher.options.LaunchOptionsParser;
import org.catseye.launcher.options.PortCheck;
import org.catseye.launcher.refusal.StartRefusedException;
import org.catseye.launcher.supervision.Supervisor;

/**
 * Starts Catseye from the folder of the unpacked distribution (system property {@code catseye.install}) and waits until it ends. The exit
 * code is 0 after a normal stop, 2 if the options or files make a start impossible (one line on stderr gives the reason), and 1 if the
 * framework itself fails.
 */
public final class Main {
    private static final int EXIT_REFUSED = 2;

    private Main() {
    }

    /** Entry point; see {@link LaunchOptions#USAGE} for the arguments. */
    public static void main(String[] arguments) {
        Instant started = findStartTime();
        if (List.of(arguments).contains("--help")) {
            System.out.println(LaunchOptions.USAGE);
            return;
        }
        int code;
        try {
            LaunchOptions options = LaunchOptionsParser.parseArguments(arguments, System.getenv());
            code = launchFrom(Path.of(System.getProperty("catseye.install", ".")).toAbsolutePath().normalize(), options, started);
        } catch (StartRefusedException refusal) {
            System.err.println("catseye: " + refusal.getMessage());
            code = EXIT_REFUSED;
        }
        // Bundles may have left threads behind; a stopped Catseye has to end all the same. No effect if a signal ended it.
        System.exit(code);
    }

    /** When the start script began; the process itself may be older, if it built Catseye first. */
    private static Instant findStartTime() {
        String millis = System.getProperty("catseye.started", "");
        return millis.matches("\\d{13}") ? Instant.ofEpochMilli(Long.parseLong(millis))
                : ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
    }

    private static int launchFrom(Path install, LaunchOptions options, Instant started) throws StartRefusedException {
        // Before the home is opened: a mistake on the command line changes nothing.
        new FeatureReader(install.resolve("features")).readWithBase(options.featureNames());
        checkPasswordFile(options);
        try {
            return runSupervisor(install, options, started);
        } catch (StartRefusedException refusal) {
            throw refusal.explainFullDisk(options.homeFolder());
        }
    }

    private static int runSupervisor(Path install, LaunchOptions given, Instant started)
            throws StartRefusedException {
        HomeFolder home = HomeFolder.openFolder(given.homeFolder());
        LaunchOptions options = PortCheck.resolvePorts(given);
        LogSetup log = LogSetup.installHandlers(home.subfolder("log").resolve("catseye.log"),
                home.subfolder("config").resolve("logging.properties"));
        if (!options.isLocal() && options.httpsPort().isEmpty()) {
            Logger.getLogger("catseye.launcher").warning("other machines can reach " + options.bindAddress()
                    + ", and --https-port is off: passwords and "
                    + "keys can be read on the way, unless a proxy in front of Catseye provides TLS");
        }
        try {
            return new Supervisor(options, home, install, started, log).runUntilStopped();
        } finally {
            log.reportSuppressedMessages();
        }
    }

    private static void checkPasswordFile(LaunchOptions options) throws StartRefusedException {
        Path file = options.adminPasswordFile().orElse(null);
        if (file != null && (!Files.isRegularFile(file) || !Files.isReadable(file))) {
            throw new StartRefusedException("admin password file " + file + (Files.exists(file) ? " cannot be read" : " does not exist")
                    + "; give a file that holds the password and nothing else");
        }
    }
}
