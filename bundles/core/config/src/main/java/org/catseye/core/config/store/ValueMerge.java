package org.catseye.core.config.store;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.catseye.core.config.format.FileFormat;

/**
 * Merges two changes of one configuration: the values that a form saved, and the values that an editor wrote to the file since
 * ConfigurationAdmin last read it. For each key the side that changed it wins. If both changed it, the form wins, and the key is in
 * {@code overruled}.
 *
 * @param values the values to write to the file
 * @param overruled keys whose value from the file is lost
 */
record ValueMerge(Map<String, Object> values, Set<String> overruled) {

    static ValueMerge mergeChanges(FileFormat format, Map<String, Object> base, Map<String, Object> form, Map<String, Object> file) {
        Map<String, Object> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        values.putAll(form);
        Set<String> overruled = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        Set<String> keys = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        keys.addAll(base.keySet());
        keys.addAll(file.keySet());
        for (String key : keys) {
            String before = encodeOrNull(format, base.get(key));
            String inFile = encodeOrNull(format, file.get(key));
            String inForm = encodeOrNull(format, form.get(key));
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
        return new ValueMerge(values, overruled);
    }

    static boolean haveEqualValues(FileFormat format, Map<String, Object> one, Map<String, Object> other) {
        return findChangedKeys(format, one, other).isEmpty();
    }

    /** The keys whose values differ. */
    static Set<String> findChangedKeys(FileFormat format, Map<String, Object> one, Map<String, Object> other) {
        Set<String> keys = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        keys.addAll(one.keySet());
        keys.addAll(other.keySet());
        keys.removeIf(key -> Objects.equals(encodeOrNull(format, one.get(key)), encodeOrNull(format, other.get(key))));
        return keys;
    }

    private static String encodeOrNull(FileFormat format, Object value) {
        return value == null ? null : format.encodeValue(value);
    }
}
