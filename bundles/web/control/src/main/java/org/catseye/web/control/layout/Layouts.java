package org.catseye.web.control.layout;

import java.lang.ref.SoftReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** All layouts. None is read before it is needed, and memory that runs short drops them. Thread-safe. */
public final class Layouts {

    /** The layout of a text for which none is named. */
    public static final String DEFAULT = "us";

    private static final Map<String, SoftReference<KeyboardLayout>> READ = new ConcurrentHashMap<>();
    private static volatile SoftReference<List<LayoutName>> names = new SoftReference<>(null);

    private Layouts() {
    }

    /** In the order of their ids. */
    public static List<LayoutName> listNames() {
        List<LayoutName> known = names.get();
        if (known == null) {
            known = LayoutFile.readNames();
            names = new SoftReference<>(known);
        }
        return known;
    }

    public static Optional<KeyboardLayout> findLayout(String id) {
        KeyboardLayout known = Optional.ofNullable(READ.get(id)).map(SoftReference::get).orElse(null);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<KeyboardLayout> read = listNames().stream().anyMatch(name -> name.id().equals(id)) ? LayoutFile.readLayout(id) : Optional.empty();
        read.ifPresent(layout -> READ.put(id, new SoftReference<>(layout)));
        return read;
    }
}
