package org.catseye.web.socket.websocket;

import static org.catseye.web.socket.ClientWire.wire;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.catseye.web.socket.ClientWire;
import org.junit.Test;

public class ClientFramesTest {

    /** What came out, one line each. */
    private final List<String> read = new ArrayList<>();
    private final ClientFrames frames = new ClientFrames(new Recorder(read));

    @Test
    public void theExampleOfTheRfcIsRead() {
        take(wire().raw(0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58));
        assertEquals(List.of("text Hello"), read);
    }

    @Test
    public void everyFormOfLengthIsRead() {
        for (int length : new int[] {0, 1, 125, 126, 127, 4095, 4096}) {
            take(wire().text("x".repeat(length)));
        }
        take(wire().raw(0x81, 0xff).raw(new byte[] {0, 0, 0, 0, 0, 0, 0, 2}).raw(0, 0, 0, 0, 'o', 'k'));
        List<Integer> lengths = read.stream().map(line -> line.length() - "text ".length()).toList();
        assertEquals(List.of(0, 1, 125, 126, 127, 4095, 4096, 2), lengths);
    }

    @Test
    public void longMessagesEndTheConnectionBeforeTheyAreKept() {
        for (long length : new long[] {4097, 65_535, 65_536, Integer.MAX_VALUE + 1L, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
            assertEquals(List.of("close 1009"), of(wire().longHead(0x81, length)));
        }
        assertEquals(List.of("close 1009"), of(wire().text("x".repeat(65_535))));
        byte[] half = new byte[2049];
        assertEquals(List.of("close 1009"), of(wire().frame(ClientWire.TEXT, false, half).frame(0, true, half)));
    }

    @Test(timeout = 10_000)
    public void controlFramesOfAnImpossibleLengthEndTheConnection() {
        for (int opcode : new int[] {ClientWire.CLOSE, ClientWire.PING, ClientWire.PONG}) {
            for (long length : new long[] {126, 65_536, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
                assertEquals(List.of("close 1002"), of(wire().longHead(0x80 | opcode, length).raw(1, 2, 3)));
            }
        }
    }

    @Test
    public void controlFramesMayComeBetweenFragments() {
        take(wire().frame(ClientWire.TEXT, false, "a".getBytes(StandardCharsets.US_ASCII)).ping("1")
                .frame(0, false, new byte[0]).frame(ClientWire.PONG, true, new byte[3])
                .frame(0, true, "b".getBytes(StandardCharsets.US_ASCII)).text("next"));
        assertEquals(List.of("ping 1", "text ab", "text next"), read);
    }

    @Test
    public void splitsMakeNoDifference() {
        byte[] all = wire().text("{\"type\":\"ack\",\"sequence\":7}").ping("p".repeat(125)).text("").text("ä€😀")
                .frame(ClientWire.TEXT, false, "é".getBytes(StandardCharsets.UTF_8)).ping("").frame(0, true, new byte[200])
                .text("x".repeat(4096)).close(4001, "bye").bytes();
        List<String> whole = split(all, new Random(0), all.length);
        assertEquals(8, whole.size());
        assertEquals("one byte at a time", whole, split(all, new Random(1), 1));
        for (int seed = 2; seed < 300; seed++) {
            assertEquals("seed " + seed, whole, split(all, new Random(seed), 1 + seed % 40));
        }
    }

    @Test
    public void offencesAreAnsweredWithTheirCode() {
        assertEquals("not masked", List.of("close 1002"), of(wire().raw(0x81, 0x00)));
        assertEquals("not masked, long", List.of("close 1002"), of(wire().raw(0x81, 126, 1, 0)));
        for (int bit : new int[] {0x40, 0x20, 0x10}) {
            assertEquals("reserved", List.of("close 1002"), of(wire().frame(bit | 1, true, new byte[1])));
        }
        for (int opcode : new int[] {3, 4, 5, 6, 7, 11, 12, 13, 14, 15}) {
            assertEquals("opcode " + opcode, List.of("close 1002"), of(wire().frame(opcode, true, new byte[1])));
        }
        assertEquals("ping in parts", List.of("close 1002"), of(wire().frame(ClientWire.PING, false, new byte[1])));
        assertEquals("nothing to continue", List.of("close 1002"), of(wire().frame(0, true, new byte[1])));
        assertEquals("two at once", List.of("close 1002"), of(wire().frame(1, false, new byte[1]).text("x")));
        assertEquals("binary", List.of("close 1003"), of(wire().frame(ClientWire.BINARY, true, new byte[1])));
    }

    @Test
    public void textMustBeUtf8() {
        for (String bad : new String[] {"c0af", "ff", "eda080", "f4908080", "e282"}) {
            byte[] bytes = java.util.HexFormat.of().parseHex(bad);
            assertEquals(bad, List.of("close 1007"), of(wire().frame(ClientWire.TEXT, true, bytes)));
        }
        byte[] euro = "€".getBytes(StandardCharsets.UTF_8);
        assertEquals("a character may be split", List.of("text €"),
                of(wire().frame(1, false, Arrays.copyOf(euro, 1)).frame(0, true, Arrays.copyOfRange(euro, 1, 3))));
    }

    @Test
    public void closeCodesAreChecked() {
        for (int good : new int[] {1000, 1001, 1003, 1007, 1011, 1014, 3000, 4999}) {
            assertEquals(List.of("close " + good), of(wire().close(good, "so it is")));
        }
        for (int bad : new int[] {0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 65_535}) {
            assertEquals("code " + bad, List.of("close 1002"), of(wire().close(bad, "")));
        }
        assertEquals("none", List.of("close 1000"), of(wire().frame(ClientWire.CLOSE, true, new byte[0])));
        assertEquals("half a code", List.of("close 1002"), of(wire().frame(ClientWire.CLOSE, true, new byte[1])));
        assertEquals("reason", List.of("close 1007"), of(wire().frame(ClientWire.CLOSE, true, new byte[] {3, (byte) 0xe8, -1})));
    }

    @Test
    public void afterTheCloseNothingCounts() {
        take(wire().close(1000, "").text("late").raw(0x00, 0x00));
        take(wire().text("later"));
        assertEquals(List.of("close 1000"), read);
        assertTrue(frames.isEnded());
    }

    @Test
    public void anOffenceTakesTheRestOfTheBuffer() {
        ByteBuffer in = ByteBuffer.wrap(wire().raw(0x81, 0x00, 1, 2, 3).bytes());
        assertFalse(frames.isEnded());
        frames.readBytes(in);
        assertFalse(in.hasRemaining());
    }

    private void take(ClientWire wire) {
        frames.readBytes(ByteBuffer.wrap(wire.bytes()));
    }

    /** Read by a parser of its own. */
    private static List<String> of(ClientWire wire) {
        List<String> lines = new ArrayList<>();
        new ClientFrames(new Recorder(lines)).readBytes(ByteBuffer.wrap(wire.bytes()));
        return lines;
    }

    private static List<String> split(byte[] all, Random random, int most) {
        List<String> lines = new ArrayList<>();
        ClientFrames parser = new ClientFrames(new Recorder(lines));
        for (int at = 0; at < all.length;) {
            int count = Math.min(all.length - at, 1 + random.nextInt(most));
            parser.readBytes(ByteBuffer.wrap(all, at, count).slice());
            at += count;
        }
        return lines;
    }

    /** Writes down what is read. */
    record Recorder(List<String> lines) implements ClientFrames.Handler {
        @Override
        public void onText(ByteBuffer message) {
            lines.add("text " + StandardCharsets.UTF_8.decode(message));
        }

        @Override
        public void onPing(ByteBuffer payload) {
            lines.add("ping " + StandardCharsets.UTF_8.decode(payload));
        }

        @Override
        public void onClose(int code, String reason) {
            lines.add("close " + code);
        }
    }
}
