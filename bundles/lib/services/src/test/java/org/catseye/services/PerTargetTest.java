package org.catseye.services;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotSame;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.Test;

public class PerTargetTest {

    private final List<StringBuilder> released = new ArrayList<>();
    private final Set<StringBuilder> busy = new HashSet<>();
    private final PerTarget<StringBuilder> hubs = new PerTarget<>(StringBuilder::new, busy::contains, released::add);

    @Test
    public void anObjectIsMadeOnceAndReleasedWithItsLastReason() {
        StringBuilder hub = hubs.keep("bay1", 1L).get();
        assertSame(hub, hubs.keep("bay1", 2L).get());
        assertSame(hub, hubs.keep("bay1", 2L).get());
        hubs.withdraw(1L);
        assertEquals(Optional.of(hub), hubs.find("bay1"));
        hubs.withdraw(2L);
        assertEquals(List.of(hub), released);
        assertEquals(Optional.empty(), hubs.find("bay1"));
        hubs.withdraw(2L);
        assertEquals("once", 1, released.size());
    }

    @Test
    public void aReplacementKeepsTheObjectBeforeTheOldReasonIsWithdrawn() {
        StringBuilder hub = hubs.keep("bay1", "old").get();
        hubs.keep("bay1", "new");
        hubs.withdraw("old");
        assertEquals(Optional.of(hub), hubs.find("bay1"));
        assertEquals(List.of(), released);
    }

    @Test
    public void aReasonThatNamesAnotherTargetReleasesTheFirst() {
        StringBuilder first = hubs.keep("bay1", 1L).get();
        StringBuilder second = hubs.keep("bay2", 1L).get();
        assertNotSame(first, second);
        assertEquals(List.of(first), released);
        assertTrue(hubs.isKept("bay2", 1L));
        assertFalse(hubs.isKept("bay1", 1L));
    }

    @Test
    public void anObjectInUseStaysUntilItIsNot() {
        StringBuilder hub = hubs.keep("bay1", 1L).get();
        busy.add(hub);
        hubs.withdraw(1L);
        assertEquals(List.of(), released);
        assertSame("whoever comes back finds it", hub, hubs.keep("bay1", 2L).get());
        hubs.withdraw(2L);
        busy.clear();
        hubs.releaseUnused();
        assertEquals(List.of(hub), released);
    }

    @Test
    public void closingReleasesEverythingAndKeepsNothingMore() {
        StringBuilder one = hubs.keep("bay1", 1L).get();
        StringBuilder two = hubs.keep("bay2", 2L).get();
        busy.add(two);
        assertEquals(List.of(one, two), hubs.listAll());
        hubs.close();
        assertEquals(List.of(one, two), released);
        assertEquals(Optional.empty(), hubs.keep("bay3", 3L));
        hubs.withdraw(1L);
        hubs.close();
        assertEquals(2, released.size());
    }
}
