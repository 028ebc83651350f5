package org.catseye.virtual.input;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.virtual.input.KeyboardDecoder.Change;
import org.junit.Test;

public class KeyboardDecoderTest {

    private final KeyboardDecoder decoder = new KeyboardDecoder();

    private List<Change> report(int modifiers, Integer... keys) {
        return decoder.acceptReport(new KeyboardReport(modifiers, List.of(keys)).toBootReport());
    }

    @Test
    public void modifiersComeBeforeReleasesAndReleasesBeforePresses() {
        report(0, 4, 5);
        assertEquals(List.of(new Change(0xe1, true), new Change(4, false), new Change(6, true)), report(2, 5, 6));
    }

    @Test
    public void theOrderOfPlacesDoesNotMatter() {
        report(0, 4, 5);
        assertEquals(List.of(), report(0, 5, 4));
    }

    @Test
    public void errorRollOverKeepsTheKeysButNotTheModifiers() {
        report(0, 4, 5, 6, 7, 8, 9);
        assertEquals(List.of(new Change(0xe0, true)), report(1, 4, 5, 6, 7, 8, 9, 10));
        assertEquals(List.of(4, 5, 6, 7, 8, 9), decoder.heldKeys());
        List<Change> after = report(1, 10);
        assertEquals("the six go up, the seventh is seen now", 7, after.size());
        assertEquals(List.of(10), decoder.heldKeys());
    }

    @Test
    public void allModifiersAreKnown() {
        List<Integer> seen = new ArrayList<>();
        report(0xff).forEach(change -> seen.add(change.usage()));
        assertEquals(List.of(0xe0, 0xe1, 0xe2, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7), seen);
    }

    @Test
    public void aReportOfAnotherLengthIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> decoder.acceptReport(new byte[9]));
    }
}
