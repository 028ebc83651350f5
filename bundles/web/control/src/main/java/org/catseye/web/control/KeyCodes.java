package org.catseye.web.control;

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
final class KeyCodes {

    /**
     * One key.
     *
     * @param usages one, or two of which the second is for devices that cannot do the page of the first
     */
    record Key(String code, List<Usage> usages) {

        /** The usage to press on a device of these features. All of {@link #usages} are to be lifted: features may have changed. */
        Usage usage(Set<Feature> features) {
            boolean first = usages.size() == 1 || features.contains(feature(usages.get(0)));
            return usages.get(first ? 0 : 1);
        }

        private static Feature feature(Usage usage) {
            return switch (usage.page()) {
                case Usage.CONSUMER_PAGE -> Feature.CONSUMER;
                case Usage.DESKTOP_PAGE -> Feature.SYSTEM;
                default -> Feature.KEYBOARD;
            };
        }
    }

    private static final String TABLE = "key-codes.txt";
    private static final Map<String, Key> KEYS = read();

    private KeyCodes() {
    }

    static Optional<Key> find(String code) {
        return Optional.ofNullable(KEYS.get(code));
    }

    /** All codes. */
    static Set<String> codes() {
        return KEYS.keySet();
    }

    private static Map<String, Key> read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
            Objects.requireNonNull(KeyCodes.class.getResourceAsStream(TABLE), TABLE), StandardCharsets.US_ASCII))) {
            return lines.lines().filter(line -> !line.startsWith("#")).map(KeyCodes::key)
                .collect(Collectors.toUnmodifiableMap(Key::code, Function.identity()));
        } catch (IOException e) {
            throw new UncheckedIOException(TABLE, e);
        }
    }

    private static Key key(String line) {
        String[] words = line.split(" ");
        List<Usage> usages = new ArrayList<>();
        for (int i = 1; i < words.length; i++) {
            String[] numbers = words[i].split(":");
            usages.add(new Usage(Integer.parseInt(numbers[0], 16), Integer.parseInt(numbers[1], 16)));
        }
        return new Key(words[0], List.copyOf(usages));
    }
}
