package org.catseye.power.http;

import com.fasterxml.jackson.core.JsonPointer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.catseye.config.BadValueException;
import org.catseye.options.Options;
import org.catseye.power.PowerAction;
import org.catseye.power.http.exchange.Credentials;
import org.catseye.power.http.exchange.Endpoint;
import org.catseye.power.http.exchange.HttpExchange;
import org.catseye.power.http.exchange.HttpQuery;
import org.catseye.power.http.relay.Preset;
import org.catseye.power.http.relay.Relay;
import org.catseye.power.http.relay.StateQuery;
import org.catseye.secrets.SecretText;
import org.catseye.trust.DeviceTrust;

/**
 * A checked configuration.
 *
 * @param endpoint where the device is
 * @param credentials how to log in there
 * @param certificateFile the certificates to trust; empty for the authorities that Java trusts
 * @param relay the requests
 * @param actions those of the relay's actions that are used
 */
record HttpSettings(Endpoint endpoint, Credentials credentials, Optional<Path> certificateFile, Relay relay, Set<PowerAction> actions) {

    private static final String ALLOWED_ADDRESS = "an address such as http://192.168.1.20 or https://relay.example.org, without a user and a query";
    private static final String ALLOWED_SECRET = "entered again, because it has characters that cannot be sent";
    private static final String VISIBLE = "[!-~]*";

    /** @throws BadValueException with the configuration, key and value, and the values that are allowed */
    static HttpSettings parseSettings(Map<String, ?> properties) throws BadValueException {
        Options options = new Options(HttpConfig.PID, properties);
        options.readTargetId();
        String address = options.readText("address", "");
        Endpoint endpoint = Endpoint.parseAddress(address).orElseThrow(() -> options.badValue("address", address, ALLOWED_ADDRESS));
        String presetName = options.readText("preset", Preset.SHELLY.publicName());
        Optional<Preset> preset = Preset.findByPublicName(presetName);
        if (preset.isEmpty() && !presetName.equals(HttpConfig.TEMPLATE)) {
            throw options.badValue("preset", presetName, "shelly, shelly-gen1, tasmota or template");
        }
        OptionalInt channel = options.findNumber("channel");
        if (channel.isPresent()) {
            // Tasmota's number 0 stands for all of its relays.
            options.readNumber("channel", 0, preset.equals(Optional.of(Preset.TASMOTA)) ? 1 : 0, HttpConfig.MAX_CHANNEL);
        }
        Relay relay = preset.isPresent() ? preset.get().createRelay(channel) : parseTemplate(options);
        boolean digestOnly = preset.equals(Optional.of(Preset.SHELLY));
        return new HttpSettings(endpoint, parseCredentials(options, digestOnly), parseFile(options), relay, parseActions(options, relay));
    }

    HttpExchange createExchange() {
        return new HttpExchange(endpoint, credentials, new DeviceTrust(certificateFile));
    }

    private static Credentials parseCredentials(Options options, boolean digestOnly) throws BadValueException {
        String user = options.readMatchingText("user", "", "[^\\p{Cntrl}:\"\\\\]*", "a user name without colons and quotation marks, or empty");
        SecretText password = options.readSecret("password");
        SecretText token = options.readSecret("token");
        if (!token.reveal().matches(VISIBLE)) {
            throw options.badValue("token", token, ALLOWED_SECRET);
        }
        if (!token.isEmpty() && !user.isEmpty()) {
            throw options.badValue("user", user, "empty, because there is a token");
        }
        return new Credentials(user, password, token, digestOnly);
    }

    private static Optional<Path> parseFile(Options options) throws BadValueException {
        String file = options.readText("certificateFile", "");
        try {
            if (file.isEmpty() || Path.of(file).isAbsolute()) {
                return file.isEmpty() ? Optional.empty() : Optional.of(Path.of(file));
            }
        } catch (InvalidPathException e) {
            // Reported below, like a relative path.
        }
        throw options.badValue("certificateFile", file, "the full path of a PEM file, or empty");
    }

    private static Set<PowerAction> parseActions(Options options, Relay relay) throws BadValueException {
        Set<PowerAction> all = relay.commands().keySet();
        Set<PowerAction> actions = options.readChoices("actions", name -> PowerAction.findByPublicName(name).filter(all::contains),
            "empty, or some of " + PowerAction.formatNames(all));
        return actions.isEmpty() ? all : actions;
    }

    private static Relay parseTemplate(Options options) throws BadValueException {
        Map<PowerAction, HttpQuery> commands = new EnumMap<>(PowerAction.class);
        for (PowerAction action : PowerAction.values()) {
            parseRequest(options, action.publicName() + "Request").ifPresent(query -> commands.put(action, query));
        }
        Optional<HttpQuery> stateQuery = parseRequest(options, "stateRequest");
        if (commands.isEmpty() && stateQuery.isEmpty()) {
            throw options.badValue("onRequest", "", HttpQuery.TEMPLATE + "; the preset \"template\" has no request at all");
        }
        StateQuery state = new StateQuery(parsePointers(options), parsePattern(options, "stateOn", HttpConfig.DEFAULT_ON),
            parsePattern(options, "stateOff", HttpConfig.DEFAULT_OFF));
        return new Relay(commands, Optional.empty(), stateQuery, stateQuery.map(query -> state));
    }

    private static Optional<HttpQuery> parseRequest(Options options, String key) throws BadValueException {
        String text = options.readText(key, "");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(HttpQuery.parseTemplate(text).orElseThrow(() -> options.badValue(key, text, HttpQuery.TEMPLATE)));
    }

    private static List<JsonPointer> parsePointers(Options options) throws BadValueException {
        String pointer = options.readText("statePointer", "");
        try {
            return pointer.isEmpty() ? List.of() : List.of(JsonPointer.compile(pointer));
        } catch (IllegalArgumentException e) {
            throw options.badValue("statePointer", pointer, "a JSON pointer such as /relay/0/on, or empty");
        }
    }

    private static Pattern parsePattern(Options options, String key, String defaultValue) throws BadValueException {
        String pattern = options.readText(key, defaultValue);
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw options.badValue(key, pattern, "a regular expression");
        }
    }
}
