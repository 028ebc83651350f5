package org.catseye.secrets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The secret settings of this process. ConfigurationAdmin has a reference in the place of each one: dots and a random number. So
 * component properties, the pages and archives of the web console, and logs contain references only. The configuration store makes the
 * references, and the component that needs a secret resolves its own. A reference is valid until the process ends or the setting has
 * changed a few times. Thread-safe.
 */
public final class SecretSettings {

    /** Dots alone: the value of a secret that no component can resolve. */
    public static final String UNKNOWN = SecretText.DOTS;

    private static final String START = SecretText.DOTS + "#";
    private static final int RANDOM_BYTES = 9;
    /** Older values of the same setting. A form that was opened before a change still sends the old reference. */
    private static final int MAX_VALUES_OF_A_SETTING = 4;

    private record Setting(String pid, String key, Object value) {

        boolean isOf(String otherPid, String otherKey) {
            return pid.equals(otherPid) && key.equalsIgnoreCase(otherKey);
        }
    }

    /** Guarded by itself: settings by reference, the oldest first. */
    private static final Map<String, Setting> SETTINGS = new LinkedHashMap<>();

    private SecretSettings() {
    }

    /** The reference to this value of a setting. The same value has the same reference. */
    public static String hideValue(String pid, String key, Object value) {
        synchronized (SETTINGS) {
            List<String> known = new ArrayList<>();
            for (Map.Entry<String, Setting> entry : SETTINGS.entrySet()) {
                if (entry.getValue().isOf(pid, key)) {
                    if (Objects.deepEquals(entry.getValue().value(), value)) {
                        return entry.getKey();
                    }
                    known.add(entry.getKey());
                }
            }
            if (known.size() >= MAX_VALUES_OF_A_SETTING) {
                SETTINGS.remove(known.get(0));
            }
            String reference = START + Base64.getUrlEncoder().encodeToString(Secrets.random(RANDOM_BYTES));
            SETTINGS.put(reference, new Setting(pid, key, value));
            return reference;
        }
    }

    /** Whether this contains a reference, or just its dots, or is a list with one. The setting may no longer exist. */
    public static boolean isReference(Object value) {
        return listElements(value).stream().anyMatch(element -> element instanceof String text && text.contains(UNKNOWN));
    }

    /**
     * The value behind a reference; empty if it is unknown, or belongs to another setting. Otherwise a reference that is copied into
     * another setting, such as a name, would show the secret there.
     *
     * @param reference a text, or a list with this text only, as a form sends it for a setting with several values
     */
    public static Optional<Object> findValue(String pid, String key, Object reference) {
        Collection<?> elements = listElements(reference);
        synchronized (SETTINGS) {
            return elements.size() != 1 ? Optional.empty()
                    : Optional.ofNullable(SETTINGS.get(elements.iterator().next())).filter(setting -> setting.isOf(pid, key)).map(Setting::value);
        }
    }

    private static Collection<?> listElements(Object value) {
        if (value instanceof Object[] array) {
            return Arrays.asList(array);
        }
        return value instanceof Collection<?> several ? several : Collections.singleton(value);
    }
}
