package org.catseye.device;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.catseye.config.BadValueException;
import org.catseye.targets.Target;

/**
 * Reads a configuration that may hold anything: the web console and configuration files check neither type nor range. Each
 * mistake becomes a message with configuration, key, value and what would be right. Immutable.
 */
public final class Options {

    private final String pid;
    private final Map<String, ?> properties;

    /** @param pid the name to use if the properties have no {@code service.pid} */
    public Options(String pid, Map<String, ?> properties) {
        this.properties = Map.copyOf(properties);
        Object own = properties.get("service.pid");
        this.pid = own instanceof String text && !text.isBlank() ? text : pid;
    }

    /** The configuration's name. */
    public String pid() {
        return pid;
    }

    /** The value as text without blanks around it. */
    public String text(String key, String otherwise) {
        Object value = properties.get(key);
        return value == null ? otherwise : (value instanceof Object[] several ? List.of(several) : value).toString().trim();
    }

    /**
     * Text of a certain form.
     *
     * @param right what would be right, for words behind "it has to be"
     */
    public String matching(String key, String otherwise, String pattern, String right) throws BadValueException {
        String value = text(key, otherwise);
        if (!value.matches(pattern)) {
            throw bad(key, value, right);
        }
        return value;
    }

    /** The id of the target that the device serves, exactly as it stands: others compare it so, with blanks around it as well. */
    public String target() throws BadValueException {
        String id = properties.get(Target.ID) instanceof String exact ? exact : text(Target.ID, Target.DEFAULT);
        if (!id.matches(Target.ID_PATTERN)) {
            throw Target.invalidId(pid, id);
        }
        return id;
    }

    /** True or false, in any case of letters. */
    public boolean flag(String key, boolean otherwise) throws BadValueException {
        String value = text(key, Boolean.toString(otherwise));
        if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
            throw bad(key, value, "true or false");
        }
        return Boolean.parseBoolean(value);
    }

    /** A whole number; {@code otherwise} if the field was left empty. */
    public int number(String key, int otherwise, int min, int max) throws BadValueException {
        String value = text(key, "");
        if (value.isEmpty()) {
            return otherwise;
        }
        String right = "a whole number from " + min + " to " + max;
        int number = parse(key, value, right);
        if (number < min || number > max) {
            throw bad(key, value, right);
        }
        return number;
    }

    /** A number, or empty if the field was left empty. */
    public OptionalInt optionalNumber(String key) throws BadValueException {
        String value = text(key, "");
        return value.isEmpty() ? OptionalInt.empty() : OptionalInt.of(parse(key, value, "a whole number, or empty"));
    }

    /** An IPv4 address in four numbers, or empty if the field is. No name is looked up. */
    public Optional<Inet4Address> address(String key, String otherwise, String right) throws BadValueException {
        String value = text(key, otherwise);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = value.split("\\.", -1);
        byte[] bytes = new byte[4];
        for (int i = 0; i < bytes.length; i++) {
            if (parts.length != bytes.length || !parts[i].matches("\\d{1,3}") || Integer.parseInt(parts[i]) > 255) {
                throw bad(key, value, right);
            }
            bytes[i] = (byte) Integer.parseInt(parts[i]);
        }
        return Optional.of(address(bytes));
    }

    private static Inet4Address address(byte[] four) {
        try {
            return (Inet4Address) InetAddress.getByAddress(four);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    /** The message for a value that is not right; to be thrown. */
    public BadValueException bad(String key, Object value, String right) {
        return new BadValueException(pid, key, value, right);
    }

    private int parse(String key, String value, String right) throws BadValueException {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw bad(key, value, right);
        }
    }
}
