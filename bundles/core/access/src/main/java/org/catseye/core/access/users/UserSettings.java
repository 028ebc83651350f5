package org.catseye.core.access.users;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where the users of this device and their claim are found.
 *
 * @param folder of {@code setup-token} and the recovery files
 * @param passwordFile its first line is the password of {@code admin} for an unattended claim
 * @param baseUrl the address for a browser; with {@code localhost} if only this machine can reach the device
 */
public record UserSettings(Path folder, Optional<Path> passwordFile, String baseUrl) {

    static final String HOME = "catseye.home";
    static final String PASSWORD_FILE = "catseye.admin.password.file";
    static final String URL = "catseye.url";
    static final String PORT = "org.osgi.service.http.port";

    /** @param framework gives the framework properties, null for what is not set */
    static UserSettings fromFramework(Function<String, String> framework) {
        String home = Optional.ofNullable(framework.apply(HOME)).orElse(".home");
        Optional<Path> passwordFile = Optional.ofNullable(framework.apply(PASSWORD_FILE)).filter(name -> !name.isBlank()).map(Path::of);
        // 0 lets the system choose a port; the ready line prints it.
        String port = Optional.ofNullable(framework.apply(PORT)).map(given -> given.equals("0") ? "PORT" : given).orElse("8080");
        String url = Optional.ofNullable(framework.apply(URL)).orElse("http://localhost:" + port);
        return new UserSettings(Path.of(home, "access"), passwordFile, url);
    }
}
