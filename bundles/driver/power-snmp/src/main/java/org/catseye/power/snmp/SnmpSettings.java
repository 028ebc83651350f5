package org.catseye.power.snmp;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.catseye.config.BadValueException;
import org.catseye.options.Options;
import org.catseye.power.PowerAction;
import org.catseye.secrets.SecretText;

/**
 * A checked configuration.
 *
 * @param agent where the PDU is
 * @param outlet its objects
 * @param actions those of the outlet's actions that are used
 */
record SnmpSettings(Agent agent, Outlet outlet, Set<PowerAction> actions) {

    private static final String OID = "[0-2](\\.\\d{1,9}){2,60}";
    private static final String ALLOWED_OID = "an OID such as 1.3.6.1.4.1.99999.1.4.7";
    private static final String ALLOWED_PASSWORD = "a password of at least " + SnmpConfig.MIN_PASSWORD_CHARS + " characters";

    /** @throws BadValueException with the configuration, key and value, and the values that are allowed */
    static SnmpSettings parseSettings(Map<String, ?> properties) throws BadValueException {
        Options options = new Options(SnmpConfig.PID, properties);
        options.readTargetId();
        boolean apc = options.readMatchingText("preset", "apc", "apc|generic", "apc or generic").equals("apc");
        Outlet outlet = apc ? Outlet.ofApc(options.readNumber("outlet", 1, 1, SnmpConfig.MAX_OUTLET)) : parseGeneric(options);
        return new SnmpSettings(parseAgent(options), outlet, parseActions(options, outlet));
    }

    private static Agent parseAgent(Options options) throws BadValueException {
        String address = options.readMatchingText("address", "", "[A-Za-z0-9][A-Za-z0-9.:_-]{0,252}", "the name or IP address of the PDU");
        int port = options.readNumber("port", SnmpConfig.PORT, 1, SnmpConfig.MAX_PORT);
        SecretText community = options.readSecret("community");
        if (options.readMatchingText("version", "3", "2c|3", "2c or 3").equals("3")) {
            return new Agent(address, port, community, Optional.of(parseUser(options)));
        }
        if (community.isEmpty()) {
            throw options.badValue("community", "", "the community that may write");
        }
        return new Agent(address, port, community, Optional.empty());
    }

    private static Agent.User parseUser(Options options) throws BadValueException {
        return new Agent.User(options.readMatchingText("user", "", "\\S{1,32}", "the name of a user, at most 32 characters without blanks"),
            options.readMatchingText("authentication", "sha", "sha|sha-256|md5", "sha, sha-256 or md5"), parsePassword(options, "authenticationPassword"),
            options.readMatchingText("privacy", "aes", "aes|des", "aes or des"), parsePassword(options, "privacyPassword"));
    }

    private static SecretText parsePassword(Options options, String key) throws BadValueException {
        SecretText password = options.readSecret(key);
        if (password.reveal().length() < SnmpConfig.MIN_PASSWORD_CHARS) {
            throw options.badValue(key, password, ALLOWED_PASSWORD);
        }
        return password;
    }

    private static Outlet parseGeneric(Options options) throws BadValueException {
        Map<PowerAction, Integer> commands = new EnumMap<>(PowerAction.class);
        for (PowerAction action : new PowerAction[] {PowerAction.ON, PowerAction.OFF, PowerAction.CYCLE}) {
            options.findNumber(action.publicName() + "Value").ifPresent(value -> commands.put(action, value));
        }
        String commandOid = commands.isEmpty() ? "" : options.readMatchingText("commandOid", "", OID, ALLOWED_OID);
        String stateOid = options.readMatchingText("stateOid", "", "|" + OID, ALLOWED_OID + ", or empty");
        if (commands.isEmpty() && stateOid.isEmpty()) {
            throw options.badValue("onValue", "", "the integer that switches on; the preset \"generic\" has neither values nor a state");
        }
        return new Outlet(commandOid, commands, stateOid.isEmpty() ? Optional.empty()
            : Optional.of(new Outlet.State(stateOid, requireNumber(options, "stateOn"), requireNumber(options, "stateOff"))));
    }

    private static int requireNumber(Options options, String key) throws BadValueException {
        OptionalInt number = options.findNumber(key);
        if (number.isEmpty()) {
            throw options.badValue(key, "", "a whole number");
        }
        return number.getAsInt();
    }

    private static Set<PowerAction> parseActions(Options options, Outlet outlet) throws BadValueException {
        Set<PowerAction> all = outlet.commands().keySet();
        Set<PowerAction> actions = options.readChoices("actions", name -> PowerAction.findByPublicName(name).filter(all::contains),
            "empty, or some of " + PowerAction.formatNames(all));
        return actions.isEmpty() ? all : actions;
    }
}
