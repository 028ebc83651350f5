package org.catseye.core.config.form;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;

import java.util.List;
import java.util.Map;
import org.junit.Test;

public class StoredVersionTest {

    @Test
    public void listsDifferFromTextsThatLookLikeThem() {
        assertNotEquals(version("a, b"), version(List.of("a", "b")));
        assertNotEquals(version("[a, b]"), version(new String[] {"a", "b"}));
        assertNotEquals(version(new String[] {"a, b", "c"}), version(new String[] {"a", "b, c"}));
        assertNotEquals(version(new String[] {"a1:b"}), version(new String[] {"a", "b"}));
        assertNotEquals(version(new String[0]), version(""));
        assertNotEquals(StoredVersion.compute(Map.of("a", "", "b", "c")), StoredVersion.compute(Map.of("a", List.of("", "b", "c"))));
    }

    @Test
    public void equalValuesHaveTheSameVersionWhateverTheirTypeIs() {
        assertEquals(version(new int[] {1, 2}), version(new int[] {1, 2}));
        assertEquals(version(new int[] {1, 2}), version(List.of("1", "2")));
        assertNotEquals(version(new int[] {1, 2}), version(new int[] {1, 3}));
        assertEquals(version(5), version("5"));
    }

    private static String version(Object value) {
        return StoredVersion.compute(Map.of("key", value));
    }
}
