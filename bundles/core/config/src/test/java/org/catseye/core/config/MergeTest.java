package org.catseye.core.config;

import static org.junit.Assert.assertEquals;

import java.util.Map;
import java.util.Set;
import org.junit.Test;

public class MergeTest {

    private static Merge merge(Map<String, Object> base, Map<String, Object> form, Map<String, Object> file) {
        return Merge.of(new CfgFormat(), base, form, file);
    }

    @Test
    public void eachSideKeepsWhatItAloneChanged() {
        Merge merge = merge(Map.of("a", "1", "b", "1"), Map.of("a", "2", "b", "1"), Map.of("a", "1", "b", "3", "c", "4"));
        assertEquals(Map.of("a", "2", "b", "3", "c", "4"), merge.values());
        assertEquals(Set.of(), merge.overruled());
    }

    @Test
    public void whatTheFileDroppedStaysDropped() {
        assertEquals(Map.of("a", "2"), merge(Map.of("a", "1", "b", "1"), Map.of("a", "2", "b", "1"), Map.of("a", "1")).values());
    }

    @Test
    public void theFormWinsWhereBothChangedAndTheLossIsNamed() {
        Merge merge = merge(Map.of("a", "1"), Map.of("a", "2"), Map.of("a", "3"));
        assertEquals(Map.of("a", "2"), merge.values());
        assertEquals(Set.of("a"), merge.overruled());
    }

    @Test
    public void theSameChangeOnBothSidesIsNoConflict() {
        Merge merge = merge(Map.of("a", "1"), Map.of("a", 2), Map.of("a", "2"));
        assertEquals(Set.of(), merge.overruled());
        assertEquals(2, merge.values().get("a"));
    }
}
