package org.catseye.options;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.catseye.config.BadValueException;
import org.catseye.secrets.SecretSettings;
import org.catseye.secrets.SecretText;
import org.catseye.targets.Target;

/**
 * Reads a configuration whose values may have any type: the web console and configuration files check neither type nor range. Each
 * mistake becomes a message with PID, key, value and the values that are allowed. Immutable.
 */
public final class Options {

    private static final int ADDRESS_BYTES = 4;
    private static final int MAX_BYTE = 255;

    private final String pid;
    private final Map<String, ?> properties;

    /** @param pid the name to use if the properties have no {@code service.pid} */
    public Options(String pid, Map<String, ?> properties) {
        this.properties = Map.copyOf(properties);
        Object own = properties.get("service.pid");
        this.pid = own instanceof String text && !text.isBlank() ? text : pid;
    }

    /** The configuration's PID. */
    public String pid() {
        return pid;
    }

    /** The value as text without leading and trailing blanks; empty for an empty list. */
    public String readText(String key, String defaultValue) {
        return readExactText(key, defaultValue).trim();
    }

    /**
     * A password or other secret, which prints as dots; empty if there is none. Blanks are part of it. ConfigurationAdmin has a reference
     * in its place, which this method resolves ({@link SecretSettings}).
     */
    public SecretText readSecret(String key) throws BadValueException {
        Object value = properties.get(key);
        if (!SecretSettings.isReference(value)) {
            return new SecretText(readExactText(key, ""));
        }
        return SecretSettings.findValue(pid, key, value).map(found -> new SecretText(found.toString()))
                .orElseThrow(() -> badValue(key, value, "entered again, because these dots stand for no known value of this setting"));
    }

    /** As {@link #readText}, with the blanks. */
    public String readExactText(String key, String defaultValue) {
        Object value = properties.get(key);
        if (value == null) {
            return defaultValue;
        }
        Object plain = value instanceof Object[] several ? List.of(several) : value;
        return plain instanceof Collection<?> list && list.isEmpty() ? "" : plain.toString();
    }

    /** The texts of a list, without leading and trailing blanks. Empty texts are left out; a single value is a list of one. */
    public List<String> readTexts(String key) {
        Object value = properties.get(key);
        Collection<?> all = value instanceof Object[] several ? List.of(several) : value instanceof Collection<?> list ? list
                : value == null ? List.of() : List.of(value);
        return all.stream().map(each -> each.toString().trim()).filter(text -> !text.isEmpty()).toList();
    }

    /**
     * A list of names, each of which stands for something.
     *
     * @param finder what a name stands for; empty if it is not allowed
     * @param allowed describes the allowed names; completes the sentence "it has to be"
     * @return unmodifiable; empty if the list is
     */
    public <T> Set<T> readChoices(String key, Function<String, Optional<T>> finder, String allowed) throws BadValueException {
        Set<T> choices = new HashSet<>();
        for (String name : readTexts(key)) {
            choices.add(finder.apply(name).orElseThrow(() -> badValue(key, name, allowed)));
        }
        return Set.copyOf(choices);
    }

    /**
     * Text that matches a pattern.
     *
     * @param allowed describes the allowed values; completes the sentence "it has to be"
     */
    public String readMatchingText(String key, String defaultValue, String pattern, String allowed) throws BadValueException {
        String value = readText(key, defaultValue);
        if (!value.matches(pattern)) {
            throw badValue(key, value, allowed);
        }
        return value;
    }

    /** The target's id. Blanks around it are not removed, because other bundles compare the id as it is. */
    public String readTargetId() throws BadValueException {
        String id = properties.get(Target.ID) instanceof String exact ? exact : readText(Target.ID, Target.DEFAULT);
        if (!id.matches(Target.ID_PATTERN)) {
            throw Target.invalidId(pid, id);
        }
        return id;
    }

    /** True or false, in upper or lower case. */
    public boolean readFlag(String key, boolean defaultValue) throws BadValueException {
        String value = readText(key, Boolean.toString(defaultValue));
        if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
            throw badValue(key, value, "true or false");
        }
        return Boolean.parseBoolean(value);
    }

    /** As {@link #readFlag(String, boolean)}, for a component that must work with a bad value too: reports it and uses the default. */
    public boolean readFlagOrDefault(String key, boolean defaultValue, Consumer<String> report) {
        try {
            return readFlag(key, defaultValue);
        } catch (BadValueException e) {
            report.accept(e.getMessage() + "; " + defaultValue + " is used instead");
            return defaultValue;
        }
    }

    /** A whole number within limits; the default if the field is empty. */
    public int readNumber(String key, int defaultValue, int min, int max) throws BadValueException {
        String value = readText(key, "");
        if (value.isEmpty()) {
            return defaultValue;
        }
        String allowed = "a whole number from " + min + " to " + max;
        int number = parseNumber(key, value, allowed);
        if (number < min || number > max) {
            throw badValue(key, value, allowed);
        }
        return number;
    }

    /**
     * As {@link #readNumber}, for a component that must work with a bad value too, because without it no user could log in, or see or
     * control anything.
     *
     * @param report gets one line with what is wrong, what is allowed and what is used instead
     */
    public int readNumberOrDefault(String key, int defaultValue, int min, int max, Consumer<String> report) {
        try {
            return readNumber(key, defaultValue, min, max);
        } catch (BadValueException e) {
            report.accept(e.getMessage() + "; " + defaultValue + " is used instead");
            return defaultValue;
        }
    }

    /** A number; empty if the field is. */
    public OptionalInt findNumber(String key) throws BadValueException {
        String value = readText(key, "");
        return value.isEmpty() ? OptionalInt.empty() : OptionalInt.of(parseNumber(key, value, "a whole number, or empty"));
    }

    /** An IPv4 address as four numbers; empty if the field is. No name is resolved. */
    public Optional<Inet4Address> findAddress(String key, String defaultValue, String allowed) throws BadValueException {
        String value = readText(key, defaultValue);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = value.split("\\.", -1);
        byte[] bytes = new byte[ADDRESS_BYTES];
        for (int i = 0; i < bytes.length; i++) {
            if (parts.length != bytes.length || !parts[i].matches("\\d{1,3}") || Integer.parseInt(parts[i]) > MAX_BYTE) {
                throw badValue(key, value, allowed);
            }
            bytes[i] = (byte) Integer.parseInt(parts[i]);
        }
        return Optional.of(newAddress(bytes));
    }

    private static Inet4Address newAddress(byte[] bytes) {
        try {
            return (Inet4Address) InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    /**
     * An exception for a value that only the caller can check; to be thrown.
     *
     * @param allowed describes the allowed values; completes the sentence "it has to be"
     */
    public BadValueException badValue(String key, Object value, String allowed) {
        return new BadValueException(pid, key, value, allowed);
    }

    private int parseNumber(String key, String value, String allowed) throws BadValueException {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw badValue(key, value, allowed);
        }
    }
}
