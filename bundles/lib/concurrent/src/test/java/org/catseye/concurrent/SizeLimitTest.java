package org.catseye.concurrent;

import static org.junit.Assert.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.Test;

public class SizeLimitTest {

    @Test
    public void theOldestEntriesAreRemovedUntilTheSizeFits() {
        Map<String, Integer> entries = new LinkedHashMap<>(Map.of("a", 1));
        entries.put("b", 2);
        entries.put("c", 3);
        SizeLimit.removeOldest(entries.keySet(), 3);
        assertEquals("nothing to remove", 3, entries.size());
        SizeLimit.removeOldest(entries.keySet(), 1);
        assertEquals(Map.of("c", 3), entries);
        SizeLimit.removeOldest(entries.values(), 0);
        assertEquals(List.of(), List.copyOf(entries.keySet()));
    }
}
