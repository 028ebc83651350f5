package org.catseye.core.access;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where things are and how long they last.
 *
 * @param folder of the state
 * @param passwordFile first line is the password of {@code admin} for an unattended claim
 * @param baseUrl where a browser finds the device; by {@code localhost} if nobody but this machine can reach it
 */
record Settings(Path folder, Optional<Path> passwordFile, String baseUrl, LiveSession.Limits limits) {

    static final String HOME = "catseye.home";
    static final String PASSWORD_FILE = "catseye.admin.password.file";
    static final String URL = "catseye.url";
    static final String PORT = "org.osgi.service.http.port";

    private static final Logger LOG = LoggerFactory.getLogger(Settings.class);

    /** @param framework gives the framework properties, null for what is not set */
    static Settings of(AccessConfig config, Function<String, String> framework) {
        String home = Optional.ofNullable(framework.apply(HOME)).orElse(".home");
        Optional<Path> passwordFile = Optional.ofNullable(framework.apply(PASSWORD_FILE)).filter(name -> !name.isBlank()).map(Path::of);
        // 0 lets the system choose; which one it chose is told by the line that says that Catseye is ready.
        String port = Optional.ofNullable(framework.apply(PORT)).map(given -> given.equals("0") ? "PORT" : given).orElse("8080");
        String url = Optional.ofNullable(framework.apply(URL)).orElse("http://localhost:" + port);
        Duration idle = Duration.ofHours(within("idleHours", config.idleHours(), 720, 12));
        Duration absolute = Duration.ofDays(within("absoluteDays", config.absoluteDays(), 365, 7));
        return new Settings(Path.of(home, "access"), passwordFile, url, new LiveSession.Limits(idle, absolute));
    }

    /** A bad value must not take access control away: nobody could get in to mend it. */
    private static int within(String key, int value, int most, int standard) {
        if (value >= 1 && value <= most) {
            return value;
        }
        LOG.error("Configuration {}: {}={} is outside 1 to {}; {} is used instead", AccessConfig.PID, key, value, most, standard);
        return standard;
    }
}
