package org.catseye.rfb.keys;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.Test;

public class KeysTest {

    @Test
    public void keysOfAPcKeyboardHaveTheirCodes() {
        Map<Integer, Integer> expected = Map.of(0x04, 0x1e, 0x28, 0x1c, 0x29, 0x01, 0x3a, 0x3b, 0x45, 0x58, 0x4c, 0xd3, 0x52, 0xc8, 0x58, 0x9c, 0xe4, 0x9d, 0xe6, 0xb8);
        expected.forEach((usage, code) -> assertEquals(Integer.toHexString(usage), OptionalInt.of(code), ScanCodes.findKeyCode(usage)));
    }

    @Test
    public void everyKeyOfA105KeyKeyboardHasACodeOfItsOwnAndASymbol() {
        Map<Integer, Integer> seen = new HashMap<>();
        for (int usage = 0x04; usage <= 0xe7; usage = usage == 0x65 ? 0xe0 : usage + 1) {
            int code = ScanCodes.findKeyCode(usage).orElseThrow();
            Integer other = seen.put(code, usage);
            // A keyboard has either the key \ or the key next to Enter that ISO keyboards have; both have one code.
            assertTrue(Integer.toHexString(usage), other == null || usage == 0x32);
            assertTrue(Integer.toHexString(usage), Keysyms.findKeysym(usage, false, -1).isPresent());
        }
    }

    @Test
    public void keysThatStartProgramsHaveTheirCodes() {
        Map<Integer, Integer> expected = Map.of(0x183, 0xed, 0x18a, 0xec, 0x192, 0xa1, 0x194, 0xeb);
        expected.forEach((usage, code) -> assertEquals(Integer.toHexString(usage), OptionalInt.of(code), ScanCodes.findConsumerCode(usage)));
    }

    @Test
    public void symbolsFollowShiftAndTheLocks() {
        assertEquals('a', Keysyms.findKeysym(0x04, false, 0).orElseThrow());
        assertEquals('A', Keysyms.findKeysym(0x04, true, 0).orElseThrow());
        assertEquals('A', Keysyms.findKeysym(0x04, false, Keysyms.CAPS_LOCK).orElseThrow());
        assertEquals('!', Keysyms.findKeysym(0x1e, true, 0).orElseThrow());
        assertEquals('1', Keysyms.findKeysym(0x1e, false, Keysyms.CAPS_LOCK).orElseThrow());
        assertEquals(0xff0d, Keysyms.findKeysym(0x28, false, 0).orElseThrow());
        assertEquals("keypad 1", 0xffb1, Keysyms.findKeysym(0x59, false, Keysyms.NUM_LOCK).orElseThrow());
        assertEquals("keypad End", 0xff9c, Keysyms.findKeysym(0x59, false, 0).orElseThrow());
        assertEquals("Left", 0xff51, Keysyms.findKeysym(0x50, false, 0).orElseThrow());
        assertEquals("Num Lock", 0xff7f, Keysyms.findKeysym(0x53, false, 0).orElseThrow());
    }

    @Test
    public void unknownUsagesHaveNothing() {
        assertTrue(ScanCodes.findKeyCode(3).isEmpty());
        assertTrue(ScanCodes.findKeyCode(0xe8).isEmpty());
        assertTrue(Keysyms.findKeysym(0xa4, false, 0).isEmpty());
        assertTrue(ScanCodes.findConsumerCode(1).isEmpty());
    }
}
