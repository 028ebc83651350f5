package org.catseye.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the person who starts Catseye asked for. A command line option wins over its environment twin, which wins over the default.
 *
 * @param port TCP port for HTTP; 0 takes any free one
 * @param httpsPort TCP port for HTTPS, 0 takes any free one; empty: no HTTPS
 * @param bind the address HTTP and HTTPS listen on
 * @param home the folder that holds all state
 * @param features names of the feature files to start on top of the base
 * @param safeMode only the product's own bundles, and no configuration that could keep people out
 * @param adminPasswordFile holds the password with which a new device is claimed unattended
 */
record Options(int port, OptionalInt httpsPort, String bind, Path home, List<String> features, boolean safeMode,
        Optional<Path> adminPasswordFile) {

    static final String USAGE = """
            usage: catseye [options]
                   catseye recover [--home DIR]     the way back in: a new password for the user admin (recover --help)
              --port N                   HTTP port, 0 takes a free one      (CATSEYE_PORT, default 8080)
              --https-port N             HTTPS port, or off                 (CATSEYE_HTTPS_PORT, default 8443 where others can reach
                                                                             it, off on the loopback address)
              --bind ADDRESS             address to listen on               (CATSEYE_BIND, default 127.0.0.1; 0.0.0.0 for all)
              --home DIR                 folder that holds all state        (CATSEYE_HOME, default ./.home)
              --feature NAME             may be given several times         (CATSEYE_FEATURES=a,b, default virtual-target)
              --admin-password-file F    claims a new device, user `admin`  (CATSEYE_ADMIN_PASSWORD_FILE)
              --safe-mode                leaves out added bundles, and      (CATSEYE_SAFE_MODE=1)
                                         settings that may keep you out
              --help                     this text""";

    private static final int USUAL_HTTPS_PORT = 8443;
    private static final String OFF = "off";
    private static final String SAFE_MODE = "--safe-mode";
    private static final String SAFE_MODE_VARIABLE = "CATSEYE_SAFE_MODE";

    private static final Map<String, String> TWINS = Map.of(
            "--port", "CATSEYE_PORT", "--https-port", "CATSEYE_HTTPS_PORT", "--bind", "CATSEYE_BIND", "--home", "CATSEYE_HOME",
            "--feature", "CATSEYE_FEATURES", "--admin-password-file", "CATSEYE_ADMIN_PASSWORD_FILE");

    static Options parse(String[] arguments, Map<String, String> environment) throws Refusal {
        Given given = new Given(environment);
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            if (argument.equals(SAFE_MODE)) {
                given.safeMode = true;
                continue;
            }
            if (!TWINS.containsKey(name)) {
                throw new Refusal("unknown option '" + argument + "'; try --help");
            }
            if (equals < 0 && i + 1 == arguments.length) {
                throw new Refusal("option " + name + " needs a value; try --help");
            }
            given.option(name, equals < 0 ? arguments[++i] : argument.substring(equals + 1));
        }
        return given.options();
    }

    /** The same with the ports that were found for 0. */
    Options withPorts(int found, OptionalInt httpsFound) {
        return new Options(found, httpsFound, bind, home, features, safeMode, adminPasswordFile);
    }

    /** Whether only this machine can reach it. Whatever is not surely the loopback address counts as open to others. */
    boolean local() {
        return local(bind);
    }

    private static boolean local(String bind) {
        return bind.equals("localhost") || bind.equals("::1") || bind.matches("127(\\.[0-9]{1,3}){3}");
    }

    /** Values by option name, the command line before the environment, and where each came from for the error message. */
    private static final class Given {
        private final Map<String, String> environment;
        private final Map<String, String> commandLine = new java.util.HashMap<>();
        private final List<String> features = new ArrayList<>();
        private boolean safeMode;

        Given(Map<String, String> environment) {
            this.environment = environment;
        }

        void option(String name, String value) {
            if (name.equals("--feature")) {
                features.add(value);
            } else {
                commandLine.put(name, value);
            }
        }

        Options options() throws Refusal {
            String bind = value("--bind").orElse("127.0.0.1");
            return new Options(port("--port", 8080), https(bind), bind,
                    Path.of(value("--home").orElse("./.home")).toAbsolutePath().normalize(), features(), safeMode(),
                    value("--admin-password-file").map(file -> Path.of(file).toAbsolutePath().normalize()));
        }

        /** Where others can reach it there is TLS, unless somebody says in so many words that there shall be none. */
        private OptionalInt https(String bind) throws Refusal {
            Optional<String> value = value("--https-port");
            boolean off = value.isEmpty() ? local(bind) : value.get().equals(OFF);
            return off ? OptionalInt.empty() : OptionalInt.of(port("--https-port", USUAL_HTTPS_PORT));
        }

        /** An empty value counts as not given, so that a service file may leave a variable blank. */
        private Optional<String> value(String name) {
            String value = commandLine.getOrDefault(name, environment.get(TWINS.get(name)));
            return Optional.ofNullable(value).map(String::trim).filter(text -> !text.isEmpty());
        }

        private int port(String name, int otherwise) throws Refusal {
            Optional<String> value = value(name);
            if (value.isEmpty()) {
                return otherwise;
            }
            String source = commandLine.containsKey(name) ? name : TWINS.get(name);
            try {
                int port = Integer.parseInt(value.get());
                if (port >= 0 && port <= 65535) {
                    return port;
                }
            } catch (NumberFormatException notANumber) {
                // told below, with the same words as a number out of range
            }
            throw new Refusal(source + " is '" + value.get() + "'; it must be a port number from 0 to 65535");
        }

        private boolean safeMode() throws Refusal {
            String value = environment.getOrDefault(SAFE_MODE_VARIABLE, "").trim();
            return switch (value) {
                case "", "0", "off", "false" -> safeMode;
                case "1", "on", "true" -> true;
                default -> throw new Refusal(SAFE_MODE_VARIABLE + " is '" + value + "'; it must be 1, or 0 for a normal start");
            };
        }

        private List<String> features() {
            List<String> asked = features.isEmpty() ? List.of(environment.getOrDefault("CATSEYE_FEATURES", "").split(",")) : features;
            LinkedHashSet<String> names = new LinkedHashSet<>();
            asked.stream().map(String::trim).filter(name -> !name.isEmpty()).forEach(names::add);
            return names.isEmpty() ? List.of("virtual-target") : List.copyOf(names);
        }
    }
}
