package org.catseye.launcher.options;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.catseye.launcher.refusal.StartRefusedException;

/**
 * Reads the command line and the environment. A command line option has precedence over its environment variable, and that over the
 * default.
 */
public final class LaunchOptionsParser {
    private static final int MAX_PORT = 65_535;
    private static final int DEFAULT_HTTP_PORT = 8080;
    private static final int DEFAULT_HTTPS_PORT = 8443;
    private static final String DEFAULT_BIND_ADDRESS = "127.0.0.1";
    private static final String DEFAULT_HOME = "./.home";
    private static final String HTTPS_OFF = "off";
    private static final String SAFE_MODE = "--safe-mode";
    private static final String SAFE_MODE_VARIABLE = "CATSEYE_SAFE_MODE";
    private static final Map<String, String> VARIABLES = Map.of(
            "--port", "CATSEYE_PORT", "--https-port", "CATSEYE_HTTPS_PORT", "--bind", "CATSEYE_BIND", "--home", "CATSEYE_HOME",
            "--feature", "CATSEYE_FEATURES", "--admin-password-file", "CATSEYE_ADMIN_PASSWORD_FILE");

    private final Map<String, String> environment;
    private final Map<String, String> commandLine = new HashMap<>();
    private final List<String> features = new ArrayList<>();
    private boolean safeMode;

    private LaunchOptionsParser(Map<String, String> environment) {
        this.environment = environment;
    }

    /** @throws StartRefusedException naming the option or variable that is unknown or has an impossible value */
    public static LaunchOptions parseArguments(String[] arguments, Map<String, String> environment) throws StartRefusedException {
        LaunchOptionsParser parser = new LaunchOptionsParser(environment);
        parser.readCommandLine(arguments);
        return parser.buildOptions();
    }

    private void readCommandLine(String[] arguments) throws StartRefusedException {
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            if (argument.equals(SAFE_MODE)) {
                safeMode = true;
                continue;
            }
            if (!VARIABLES.containsKey(name)) {
                throw new StartRefusedException("unknown option '" + argument + "'; try --help");
            }
            if (equals < 0 && i + 1 == arguments.length) {
                throw new StartRefusedException("option " + name + " needs a value; try --help");
            }
            addOption(name, equals < 0 ? arguments[++i] : argument.substring(equals + 1));
        }
    }

    private void addOption(String name, String value) {
        if (name.equals("--feature")) {
            features.add(value);
        } else {
            commandLine.put(name, value);
        }
    }

    private LaunchOptions buildOptions() throws StartRefusedException {
        String bindAddress = findValue("--bind").orElse(DEFAULT_BIND_ADDRESS);
        return new LaunchOptions(parsePort("--port", DEFAULT_HTTP_PORT), parseHttpsPort(bindAddress), bindAddress,
                toAbsolutePath(findValue("--home").orElse(DEFAULT_HOME)), listFeatures(), parseSafeMode(),
                findValue("--admin-password-file").map(LaunchOptionsParser::toAbsolutePath));
    }

    private static Path toAbsolutePath(String path) {
        return Path.of(path).toAbsolutePath().normalize();
    }

    /** Where other machines can reach Catseye there is TLS, unless it is explicitly switched off. */
    private OptionalInt parseHttpsPort(String bindAddress) throws StartRefusedException {
        Optional<String> value = findValue("--https-port");
        boolean off = value.isEmpty() ? LaunchOptions.isLocalAddress(bindAddress) : value.get().equals(HTTPS_OFF);
        return off ? OptionalInt.empty() : OptionalInt.of(parsePort("--https-port", DEFAULT_HTTPS_PORT));
    }

    /** An empty value counts as not given, so that a service file may leave a variable blank. */
    private Optional<String> findValue(String name) {
        String value = commandLine.getOrDefault(name, environment.get(VARIABLES.get(name)));
        return Optional.ofNullable(value).map(String::trim).filter(text -> !text.isEmpty());
    }

    private int parsePort(String name, int defaultPort) throws StartRefusedException {
        Optional<String> value = findValue(name);
        if (value.isEmpty()) {
            return defaultPort;
        }
        String source = commandLine.containsKey(name) ? name : VARIABLES.get(name);
        try {
            int port = Integer.parseInt(value.get());
            if (port >= 0 && port <= MAX_PORT) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            // Refused below, with the same message as a number out of range.
        }
        throw new StartRefusedException(source + " is '" + value.get() + "'; it must be a port number from 0 to " + MAX_PORT);
    }

    private boolean parseSafeMode() throws StartRefusedException {
        String value = environment.getOrDefault(SAFE_MODE_VARIABLE, "").trim();
        return switch (value) {
            case "", "0", "off", "false" -> safeMode;
            case "1", "on", "true" -> true;
            default -> throw new StartRefusedException(SAFE_MODE_VARIABLE + " is '" + value + "'; it must be 1, or 0 for a normal start");
        };
    }

    private List<String> listFeatures() {
        List<String> given = features.isEmpty() ? List.of(environment.getOrDefault("CATSEYE_FEATURES", "").split(",")) : features;
        LinkedHashSet<String> names = new LinkedHashSet<>();
        given.stream().map(String::trim).filter(name -> !name.isEmpty()).forEach(names::add);
        return List.copyOf(names);
    }
}
