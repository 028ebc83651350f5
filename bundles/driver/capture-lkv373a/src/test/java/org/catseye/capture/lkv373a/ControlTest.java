package org.catseye.capture.lkv373a;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.catseye.testkit.FakeCaptureContext;
import org.junit.Test;

public class ControlTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    public void theQuestionForTheLockIsAsItWasCaptured() throws Exception {
        Inet4Address callback = (Inet4Address) InetAddress.getByAddress(new byte[] {10, 10, 10, 0x49});
        ByteBuffer frame = IptvCommand.lock().frame(callback, 0x2329);
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        assertEquals("495054565f434d440a0a0a4923297400110002130000", HexFormat.of().formatHex(bytes));
    }

    @Test
    public void theAnswerToItIsReadAsItWasCaptured() {
        assertEquals(Optional.of(true), parse("495054565f434d440a0a0a49232974001200031500 0101").flatMap(IptvCommand::locked));
        assertEquals(Optional.of(false), parse("495054565f434d440a0a0a492329740012000315000000").flatMap(IptvCommand::locked));
    }

    @Test
    public void damagedAnswersAreNone() {
        assertEquals(Optional.empty(), parse("495054565f434d440a0a0a492329740012000316000101"));
        assertEquals("its own checksum", Optional.empty(), parse("495054565f434d440a0a0a492329740012000315000102"));
        assertEquals("a length that lies", Optional.empty(), parse("495054565f434d440a0a0a4923297400120fff2000"));
        assertEquals(Optional.empty(), parse("00"));
        assertEquals(Optional.empty(), IptvCommand.parse(ByteBuffer.allocate(0)));
    }

    @Test
    public void aBoxThatAdvertisesItselfIsFound() throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex("0100c0a801ee581b591b5b1b"));
        assertEquals("192.168.1.238", IptvCommand.advertisement(bytes).orElseThrow().address().getHostAddress());
        assertEquals(Optional.empty(), IptvCommand.advertisement(ByteBuffer.allocate(12)));
    }

    @Test
    public void boxesThatAnswerAreNamedUntilTheyAreGone() throws Exception {
        Boxes boxes = new Boxes(Optional.empty(), 0);
        boxes.answer(answer("TX_003B4FA51720", new byte[] {10, 0, 0, 7}), SECOND);
        assertEquals(Optional.of("TX_003B4FA51720 at 10.0.0.7"), boxes.words(2 * SECOND));
        assertEquals("10.0.0.7", boxes.single(2 * SECOND).orElseThrow().getHostAddress());
        boxes.answer(answer("TX_2", new byte[] {10, 0, 0, 8}), SECOND);
        assertEquals("two cannot be told apart", Optional.empty(), boxes.single(2 * SECOND));
        assertEquals(Optional.empty(), boxes.words(40 * SECOND));
    }

    @Test
    public void aBoxThatSendsElsewhereIsToldToSendHere() throws Exception {
        try (ServerSocket page = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()); Net net = new Net("lo")) {
            CompletableFuture<String> asked = CompletableFuture.supplyAsync(() -> serve(page, "HTTP/1.0 200 OK\r\n\r\nok"));
            Steering steering = new Steering(Settings.of(Map.of("sendTo", "unicast", "port", 5004)), page.getLocalPort());
            Inet4Address box = (Inet4Address) InetAddress.getLoopbackAddress();
            for (long i = 0; steering.outcome().isEmpty() && i < 200; i++) {
                steering.tick(net, Optional.of(box), i * SECOND / 100);
                net.await(50);
            }
            assertEquals("GET /dev/info.cgi?action=streaminfo&udp=n&rtp=y&multicast=n&unicast=y&mcastaddr=127.0.0.1&port=5004 HTTP/1.0",
                asked.get(10, TimeUnit.SECONDS));
            assertTrue(steering.outcome(), steering.outcome().contains("was told to send its pictures here"));
        }
    }

    @Test
    public void aBoxThatRefusesOrIsSilentIsSaid() throws Exception {
        try (ServerSocket page = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()); Net net = new Net("lo")) {
            CompletableFuture<String> asked = CompletableFuture.supplyAsync(() -> serve(page, "HTTP/1.0 403 Forbidden\r\n\r\n"));
            Steering steering = new Steering(Settings.of(Map.of("sendTo", "multicast")), page.getLocalPort());
            Inet4Address box = (Inet4Address) InetAddress.getLoopbackAddress();
            for (long i = 0; steering.outcome().isEmpty() && i < 200; i++) {
                steering.tick(net, Optional.of(box), i * SECOND / 100);
                net.await(50);
            }
            assertTrue(asked.get(10, TimeUnit.SECONDS).contains("multicast=y&unicast=n&mcastaddr=239.255.42.42"));
            assertTrue(steering.outcome(), steering.outcome().contains("refuses (HTTP/1.0 403 Forbidden)"));
            Steering silent = new Steering(Settings.of(Map.of("sendTo", "multicast")), page.getLocalPort());
            silent.tick(net, Optional.of(box), 0);
            silent.tick(net, Optional.of(box), 5 * SECOND);
            assertTrue(silent.outcome(), silent.outcome().contains("does not answer"));
            silent.close();
        }
    }

    @Test
    public void aBoxIsLeftAloneUnlessTheConfigurationWantsOtherwise() throws Exception {
        try (Net net = new Net("lo")) {
            Steering steering = new Steering(Settings.of(Map.of()), 1);
            steering.tick(net, Optional.of((Inet4Address) InetAddress.getLoopbackAddress()), 0);
            net.await(100);
            steering.tick(net, Optional.of((Inet4Address) InetAddress.getLoopbackAddress()), 10 * SECOND);
            assertEquals("", steering.outcome());
        }
    }

    @Test
    public void aBoxAnswersByAConnectionOfItsOwnWhetherItHasAnInput() throws Exception {
        for (boolean locked : new boolean[] {true, false}) {
            try (ServerSocket box = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()); Net net = new Net("lo"); LockQuery query = new LockQuery(box.getLocalPort())) {
                CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> answerLock(box, locked));
                query.ask(net.selector(), (Inet4Address) InetAddress.getLoopbackAddress(), SECOND);
                for (int i = 0; query.locked(2 * SECOND).isEmpty() && i < 200; i++) {
                    net.await(50);
                }
                answered.get(10, TimeUnit.SECONDS);
                assertEquals(Optional.of(locked), query.locked(2 * SECOND));
                assertEquals("old answers do not count", Optional.empty(), query.locked(30 * SECOND));
            }
        }
    }

    @Test
    public void aBoxThatDoesNotAnswerIsNoTrouble() throws Exception {
        try (Net net = new Net("lo"); LockQuery query = new LockQuery(1)) {
            query.ask(net.selector(), (Inet4Address) InetAddress.getLoopbackAddress(), SECOND);
            for (int i = 0; i < 4; i++) {
                net.await(20);
            }
            assertEquals(Optional.empty(), query.locked(2 * SECOND));
        }
    }

    @Test
    public void theWordsSuggestABoxThatIsThere() throws Exception {
        try (DatagramSocket box = new DatagramSocket(new InetSocketAddress("127.0.0.1", 9002)); Net net = new Net("lo")) {
            box.setSoTimeout(10_000);
            Lkv373aSource source = new Lkv373aSource(Settings.of(Map.of("interface", "lo", "port", 45_321)), new FakeCaptureContext(), () -> 0);
            source.open(net);
            source.tick(3 * SECOND);
            DatagramPacket question = new DatagramPacket(new byte[64], 64);
            box.receive(question);
            assertEquals(IptvCommand.DISCOVER, IptvCommand.parse(ByteBuffer.wrap(question.getData(), 0, question.getLength())).orElseThrow().command());
            assertArrayEquals("where the answer goes", InetAddress.getByName("127.0.0.1").getAddress(), java.util.Arrays.copyOfRange(question.getData(), 8, 12));
            int port = ByteBuffer.wrap(question.getData()).getShort(12) & 0xffff;
            ByteBuffer answer = answer("TX_BOX", new byte[] {10, 0, 0, 9});
            box.send(new DatagramPacket(answer.array(), answer.limit(), InetAddress.getLoopbackAddress(), port));
            String words = "";
            for (int i = 0; i < 100 && !words.contains("TX_BOX"); i++) {
                net.await(50);
                words = source.say(System.nanoTime()).map(Say::words).orElse("");
            }
            assertTrue(words, words.startsWith("A box is on the network, TX_BOX at 10.0.0.9, but no picture of it comes to 239.255.42.42:45321."));
            source.close();
        }
    }

    private static ByteBuffer answer(String name, byte[] address) throws IOException {
        byte[] payload = ByteBuffer.allocate(44).put(name.getBytes(StandardCharsets.US_ASCII)).position(32).put(address).array();
        return new IptvCommand(IptvCommand.DISCOVER + 1, payload).frame((Inet4Address) InetAddress.getLoopbackAddress(), 1);
    }

    private static Optional<IptvCommand> parse(String hex) {
        return IptvCommand.parse(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))));
    }

    private static void answerLock(ServerSocket box, boolean locked) {
        try (Socket asked = box.accept()) {
            byte[] question = asked.getInputStream().readNBytes(22);
            int port = ByteBuffer.wrap(question).getShort(12) & 0xffff;
            try (Socket answer = new Socket(InetAddress.getByAddress(java.util.Arrays.copyOfRange(question, 8, 12)), port)) {
                ByteBuffer frame = new IptvCommand(IptvCommand.LOCK + 1, new byte[] {0, (byte) (locked ? 1 : 0)}).frame((Inet4Address) InetAddress.getLoopbackAddress(), 1);
                // In two pieces: TCP promises no other.
                answer.getOutputStream().write(frame.array(), 0, 9);
                answer.getOutputStream().flush();
                answer.getOutputStream().write(frame.array(), 9, frame.limit() - 9);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String serve(ServerSocket page, String answer) {
        try (Socket socket = page.accept()) {
            String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)).readLine();
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            return line;
        } catch (IOException e) {
            return e.toString();
        }
    }
}
