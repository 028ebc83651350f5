package org.catseye.device;

import static org.junit.Assert.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

public class StandInTest {

    private final List<String> events = new ArrayList<>();
    private final StandIn standIn = new StandIn(() -> {
        events.add("there");
        return () -> events.add("gone");
    });

    @Test
    public void itIsThereExactlyWhileNoneIsConfigured() {
        standIn.start();
        standIn.add("a");
        standIn.add("b");
        standIn.remove("a");
        assertEquals(List.of("there", "gone"), events);
        standIn.remove("b");
        assertEquals(List.of("there", "gone", "there"), events);
        standIn.end();
        standIn.end();
        assertEquals(List.of("there", "gone", "there", "gone"), events);
    }

    @Test
    public void aConfiguredOneThatWasFirstKeepsItAway() {
        standIn.add("a");
        standIn.start();
        assertEquals(List.of(), events);
        standIn.end();
        standIn.remove("a");
        assertEquals("not after its end", List.of(), events);
    }
}
