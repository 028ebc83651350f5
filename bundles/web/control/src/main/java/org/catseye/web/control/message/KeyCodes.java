package org.catseye.web.control.message;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.catseye.hid.HidState.Feature;
import org.catseye.hid.Usage;

/** The keys of a browser's {@code KeyboardEvent.code}, as HID usages: the table in {@code key-codes.txt}. */
public final class KeyCodes {

    /**
     * One key.
     *
     * @param usages one, or two; the second is for devices that don't support the usage page of the first
     */
    public record Key(String code, List<Usage> usages) {

        /** The usage to press on a device with these features. Release all {@link #usages}, because the features may have changed since. */
        Usage selectUsage(Set<Feature> features) {
            boolean first = usages.size() == 1 || features.contains(requiredFeature(usages.get(0)));
            return usages.get(first ? 0 : 1);
        }

        private static Feature requiredFeature(Usage usage) {
            return switch (usage.page()) {
                case Usage.CONSUMER_PAGE -> Feature.CONSUMER;
                case Usage.DESKTOP_PAGE -> Feature.SYSTEM;
                default -> Feature.KEYBOARD;
            };
        }
    }

    private static final String TABLE = "/org/catseye/web/control/key-codes.txt";
    private static final Map<String, Key> KEYS = readTable();

    private KeyCodes() {
    }

    static Optional<Key> findKey(String code) {
        return Optional.ofNullable(KEYS.get(code));
    }

    /** The usage of a key of the Keyboard page. */
    public static Usage usageOf(String code) {
        return KEYS.get(code).usages().get(0);
    }

    static Set<String> listCodes() {
        return KEYS.keySet();
    }

    private static Map<String, Key> readTable() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
            Objects.requireNonNull(KeyCodes.class.getResourceAsStream(TABLE), TABLE), StandardCharsets.US_ASCII))) {
            return lines.lines().filter(line -> !line.startsWith("#")).map(KeyCodes::parseLine)
                .collect(Collectors.toUnmodifiableMap(Key::code, Function.identity()));
        } catch (IOException e) {
            throw new UncheckedIOException(TABLE, e);
        }
    }

    /** A line is the code, then each usage as page and id in hexadecimal: {@code KeyA 07:04}. */
    private static Key parseLine(String line) {
        String[] parts = line.split(" ");
        List<Usage> usages = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            String[] numbers = parts[i].split(":");
            usages.add(new Usage(Integer.parseInt(numbers[0], 16), Integer.parseInt(numbers[1], 16)));
        }
        return new Key(parts[0], List.copyOf(usages));
    }
}
