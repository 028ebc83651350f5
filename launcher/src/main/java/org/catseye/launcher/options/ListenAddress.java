package org.catseye.launcher.options;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The address at which a browser reaches Catseye. */
public final class ListenAddress {
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
    private static final int DEFAULT_HTTPS_PORT = 443;

    private ListenAddress() {
    }

    /** The URL without a slash at the end. It is an HTTPS one where other machines can reach Catseye. */
    public static String formatUrl(LaunchOptions options) {
        if (options.isLocal() || options.httpsPort().isEmpty()) {
            return "http://" + formatHost(options.bindAddress(), "localhost") + ":" + options.httpPort();
        }
        int port = options.httpsPort().getAsInt();
        return "https://" + formatHost(options.bindAddress(), readHostName()) + (port == DEFAULT_HTTPS_PORT ? "" : ":" + port);
    }

    private static String formatHost(String bindAddress, String ownName) {
        return switch (bindAddress) {
            case "127.0.0.1", "0.0.0.0", "::", "::1", "localhost" -> ownName.isEmpty() ? "localhost" : ownName;
            default -> bindAddress.indexOf(':') >= 0 ? "[" + bindAddress + "]" : bindAddress;
        };
    }

    private static String readHostName() {
        try {
            return Files.readString(HOST_NAME).strip();
        } catch (IOException notAvailable) {
            return "";
        }
    }
}
