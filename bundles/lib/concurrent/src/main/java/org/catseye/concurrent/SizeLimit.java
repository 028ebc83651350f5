package org.catseye.concurrent;

import java.util.Collection;
import java.util.Iterator;

/** Bounds the size of collections that keep an order. The caller holds the collection's lock. */
public final class SizeLimit {

    private SizeLimit() {
    }

    /**
     * Removes entries until {@code maxSize} remain.
     *
     * @param entries in the order in which they are removed; a map's key set or values, for example
     */
    public static void removeOldest(Collection<?> entries, int maxSize) {
        Iterator<?> oldest = entries.iterator();
        while (entries.size() > maxSize) {
            oldest.next();
            oldest.remove();
        }
    }
}
