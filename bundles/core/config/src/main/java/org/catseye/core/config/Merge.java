package org.catseye.core.config;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Brings two changes of one configuration together: what a form saved, and what an editor wrote to the file since ConfigurationAdmin last
 * saw it. Key by key, the side that changed it wins; where both did, the form, and the key is in {@code overruled}.
 *
 * @param values what the file is to say
 * @param overruled keys whose value from the file is lost
 */
record Merge(Map<String, Object> values, Set<String> overruled) {

    static Merge of(Format format, Map<String, Object> base, Map<String, Object> form, Map<String, Object> file) {
        Map<String, Object> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        values.putAll(form);
        Set<String> overruled = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        Set<String> keys = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        keys.addAll(base.keySet());
        keys.addAll(file.keySet());
        for (String key : keys) {
            String before = text(format, base.get(key));
            String inFile = text(format, file.get(key));
            String inForm = text(format, form.get(key));
            if (Objects.equals(inFile, before) || Objects.equals(inFile, inForm)) {
                continue;
            }
            if (!Objects.equals(inForm, before)) {
                overruled.add(key);
            } else if (inFile == null) {
                values.remove(key);
            } else {
                values.put(key, file.get(key));
            }
        }
        return new Merge(values, overruled);
    }

    static boolean same(Format format, Map<String, Object> one, Map<String, Object> other) {
        return changed(format, one, other).isEmpty();
    }

    /** The keys whose values differ. */
    static Set<String> changed(Format format, Map<String, Object> one, Map<String, Object> other) {
        Set<String> keys = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        keys.addAll(one.keySet());
        keys.addAll(other.keySet());
        keys.removeIf(key -> Objects.equals(text(format, one.get(key)), text(format, other.get(key))));
        return keys;
    }

    private static String text(Format format, Object value) {
        return value == null ? null : format.encode(value);
    }
}
