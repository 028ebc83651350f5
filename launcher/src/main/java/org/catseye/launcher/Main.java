package org.catseye.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;

/**
 * Starts Catseye from the folder the distribution was unpacked to (system property {@code catseye.install}) and waits for its end.
 * Ends with code 0 after a normal stop, 2 when it was asked for something impossible (one line on stderr says what), 1 when the
 * framework itself fails.
 */
public final class Main {
    private static final int REFUSED = 2;

    private Main() {
    }

    /** Entry point; see {@link Options#USAGE} for the arguments. */
    public static void main(String[] arguments) {
        Instant started = started();
        if (List.of(arguments).contains("--help")) {
            System.out.println(Options.USAGE);
            return;
        }
        int code;
        try {
            Options options = Options.parse(arguments, System.getenv());
            code = run(options, Path.of(System.getProperty("catseye.install", ".")).toAbsolutePath().normalize(), started);
        } catch (Refusal refusal) {
            System.err.println("catseye: " + refusal.getMessage());
            code = REFUSED;
        }
        // The runtime may have left threads behind; a stopped Catseye has to end all the same. No effect when a signal ended it.
        System.exit(code);
    }

    /** When the start script began; the process itself may be older, if it built Catseye first. */
    private static Instant started() {
        String millis = System.getProperty("catseye.started", "");
        return millis.matches("\\d{13}") ? Instant.ofEpochMilli(Long.parseLong(millis))
                : ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
    }

    private static int run(Options options, Path install, Instant started) throws Refusal {
        List<Feature> features = features(options, install.resolve("features"));
        checkPasswordFile(options);
        try {
            return run(options, features, install, started);
        } catch (Refusal refusal) {
            throw refusal.orFullDisk(options.home());
        }
    }

    private static int run(Options given, List<Feature> features, Path install, Instant started) throws Refusal {
        Home home = Home.open(given.home());
        Options options = Listening.check(given);
        LogSetup log = LogSetup.install(home.folder("log").resolve("catseye.log"), home.folder("config").resolve("logging.properties"));
        if (!options.local() && options.httpsPort().isEmpty()) {
            Logger.getLogger("catseye.launcher").warning("others can reach " + options.bind() + ", and --https-port is off: whoever is on the way reads passwords "
                    + "and keys, unless a proxy in front of this does TLS");
        }
        try {
            return new Supervisor(options, home, features, install, started, log).run();
        } finally {
            log.end();
        }
    }

    private static List<Feature> features(Options options, Path folder) throws Refusal {
        FeatureReader reader = new FeatureReader(folder);
        List<Feature> all = new ArrayList<>();
        all.add(reader.read("base"));
        for (String name : options.features()) {
            if (!name.equals("base")) {
                all.add(reader.read(name));
            }
        }
        return all;
    }

    private static void checkPasswordFile(Options options) throws Refusal {
        Path file = options.adminPasswordFile().orElse(null);
        if (file != null && (!Files.isRegularFile(file) || !Files.isReadable(file))) {
            throw new Refusal("admin password file " + file + (Files.exists(file) ? " cannot be read" : " does not exist")
                    + "; give a file that holds the password and nothing else");
        }
    }
}
