package org.catseye.power.relay.board;

import static org.junit.Assert.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.Test;

public class LcusAnswerTest {

    private static Optional<Boolean> findState(String answer, int channel) {
        return LcusBoard.findState(answer.getBytes(StandardCharsets.ISO_8859_1), channel);
    }

    @Test
    public void linesAreUnderstoodInEachKnownSpelling() {
        assertEquals(Optional.of(true), findState("CH1:ON\r\n", 1));
        assertEquals(Optional.of(false), findState("CH1:OFF\r\n", 1));
        assertEquals(Optional.of(true), findState("CH1:OFF \r\nCH2:ON \r\n", 2));
        assertEquals(Optional.of(false), findState("CH1: ON\r\nCH2: OFF\r\n", 2));
        assertEquals("no line for it", Optional.empty(), findState("CH1:ON\r\n", 2));
        assertEquals("not that of relay 11", Optional.empty(), findState("CH11:ON\r\n", 1));
    }

    @Test
    public void aBytePerRelayIsUnderstood() {
        assertEquals(Optional.of(true), findState("\1\0\1\1", 3));
        assertEquals(Optional.of(false), findState("\1\0\1\1", 2));
        assertEquals(Optional.empty(), findState("\1\0", 3));
    }

    @Test
    public void otherAnswersTellNothing() {
        assertEquals(Optional.empty(), findState("", 1));
        assertEquals(Optional.empty(), findState("OK\r\n", 1));
        assertEquals(Optional.empty(), findState("\u00ff", 1));
        assertEquals(Optional.empty(), findState("\0".repeat(9), 1));
        assertEquals(Optional.empty(), findState("CH1:ONE\r\n", 1));
        assertEquals(Optional.empty(), findState("CH99999:ON", 1));
    }
}
