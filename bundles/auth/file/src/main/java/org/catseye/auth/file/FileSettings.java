package org.catseye.auth.file;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where things are.
 *
 * @param folder of the state
 * @param passwordFile first line is the password of {@code admin} for an unattended claim
 * @param baseUrl where a browser finds the device; by {@code localhost} if nobody but this machine can reach it
 */
public record FileSettings(Path folder, Optional<Path> passwordFile, String baseUrl) {

    static final String HOME = "catseye.home";
    static final String PASSWORD_FILE = "catseye.admin.password.file";
    static final String URL = "catseye.url";
    static final String PORT = "org.osgi.service.http.port";

    /** @param framework gives the framework properties, null for what is not set */
    static FileSettings of(Function<String, String> framework) {
        String home = Optional.ofNullable(framework.apply(HOME)).orElse(".home");
        Optional<Path> passwordFile = Optional.ofNullable(framework.apply(PASSWORD_FILE)).filter(name -> !name.isBlank()).map(Path::of);
        // 0 lets the system choose; which one it chose is told by the line that says that Catseye is ready.
        String port = Optional.ofNullable(framework.apply(PORT)).map(given -> given.equals("0") ? "PORT" : given).orElse("8080");
        String url = Optional.ofNullable(framework.apply(URL)).orElse("http://localhost:" + port);
        return new FileSettings(Path.of(home, "access"), passwordFile, url);
    }
}
