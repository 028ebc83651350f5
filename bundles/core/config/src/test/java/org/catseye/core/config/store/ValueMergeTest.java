package org.catseye.core.config.store;

import static org.junit.Assert.assertEquals;

import java.util.Map;
import java.util.Set;
import org.catseye.core.config.format.ConfigurationPid;
import org.junit.Test;

public class ValueMergeTest {

    private static ValueMerge merge(Map<String, Object> base, Map<String, Object> form, Map<String, Object> file) {
        return ValueMerge.mergeChanges(ConfigurationPid.parsePid("org.catseye.demo").fileFormat(), base, form, file);
    }

    @Test
    public void eachSideKeepsWhatItAloneChanged() {
        ValueMerge merge = merge(Map.of("a", "1", "b", "1"), Map.of("a", "2", "b", "1"), Map.of("a", "1", "b", "3", "c", "4"));
        assertEquals(Map.of("a", "2", "b", "3", "c", "4"), merge.values());
        assertEquals(Set.of(), merge.overruled());
    }

    @Test
    public void whatTheFileDroppedStaysDropped() {
        assertEquals(Map.of("a", "2"), merge(Map.of("a", "1", "b", "1"), Map.of("a", "2", "b", "1"), Map.of("a", "1")).values());
    }

    @Test
    public void theFormWinsWhereBothChangedAndTheLossIsNamed() {
        ValueMerge merge = merge(Map.of("a", "1"), Map.of("a", "2"), Map.of("a", "3"));
        assertEquals(Map.of("a", "2"), merge.values());
        assertEquals(Set.of("a"), merge.overruled());
    }

    @Test
    public void theSameChangeOnBothSidesIsNoConflict() {
        ValueMerge merge = merge(Map.of("a", "1"), Map.of("a", 2), Map.of("a", "2"));
        assertEquals(Set.of(), merge.overruled());
        assertEquals(2, merge.values().get("a"));
    }
}
