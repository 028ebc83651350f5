package org.catseye.power.relay.board;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.Test;

/** With a node that is not the kernel's; the rig has the kernel's. */
public class HidBoardTest {

    private final List<byte[]> sent = new ArrayList<>();
    private int state;
    private boolean stuck;
    private int answerBytes = 9;

    private final HidBoard board = new HidBoard(new HidBoard.FeatureReports() {
        @Override
        public void sendFeature(ByteBuffer report) {
            byte[] bytes = new byte[report.capacity()];
            report.get(0, bytes);
            sent.add(bytes);
            if (!stuck) {
                int bit = 1 << bytes[2] - 1;
                state = (bytes[1] & 0xff) == 0xff ? state | bit : state & ~bit;
            }
        }

        @Override
        public int fetchFeature(ByteBuffer report) {
            assertEquals("the id of the report", 0, report.get(0));
            report.put(1, "BITFT".getBytes(StandardCharsets.US_ASCII)).put(8, (byte) state);
            return answerBytes;
        }

        @Override
        public void close() {
            sent.add(new byte[0]);
        }
    }, 8);

    @Test
    public void aCommandHasNineBytes() throws Exception {
        board.setClosed(1, true);
        board.setClosed(8, true);
        assertEquals(0x81, state);
        board.setClosed(1, false);
        assertEquals(3, sent.size());
        assertArrayEquals(new byte[] {0, (byte) 0xff, 1, 0, 0, 0, 0, 0, 0}, sent.get(0));
        assertArrayEquals(new byte[] {0, (byte) 0xff, 8, 0, 0, 0, 0, 0, 0}, sent.get(1));
        assertArrayEquals(new byte[] {0, (byte) 0xfd, 1, 0, 0, 0, 0, 0, 0}, sent.get(2));
        assertEquals(Optional.of(false), board.readClosed(1));
        assertEquals(Optional.of(false), board.readClosed(7));
        assertEquals(Optional.of(true), board.readClosed(8));
        assertEquals("BITFT", board.readSerial());
    }

    @Test
    public void aRelayThatDoesNotSwitchIsReported() {
        stuck = true;
        assertEquals("The relay board has not switched relay 2; it is still open.", assertThrows(IOException.class, () -> board.setClosed(2, true)).getMessage());
        state = 2;
        assertEquals("The relay board has not switched relay 2; it is still closed.", assertThrows(IOException.class, () -> board.setClosed(2, false)).getMessage());
    }

    @Test
    public void aRelayThatTheBoardLacksIsReported() {
        HidBoard small = new HidBoard(null, 2);
        assertEquals("The relay board has no relay 3: it has 2.", assertThrows(IOException.class, () -> small.setClosed(3, true)).getMessage());
        assertThrows(IOException.class, () -> small.readClosed(3));
    }

    @Test
    public void aShortAnswerIsReported() {
        answerBytes = 8;
        assertTrue(assertThrows(IOException.class, () -> board.readClosed(1)).getMessage().contains("8 bytes instead of 9"));
    }
}
