package org.catseye.capture.lkv373a.box;

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
import org.catseye.capture.lkv373a.diagnosis.SignalReport;
import org.catseye.capture.lkv373a.net.UdpPorts;
import org.catseye.capture.lkv373a.settings.Settings;
import org.catseye.capture.lkv373a.source.Lkv373aSource;
import org.catseye.testkit.FakeCaptureContext;
import org.junit.Test;

public class BoxControlTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    public void signalRequestEqualsTheCapturedBytes() throws Exception {
        Inet4Address callback = (Inet4Address) InetAddress.getByAddress(new byte[] {10, 10, 10, 0x49});
        ByteBuffer frame = IptvCommand.signalRequest().encodeFrame(callback, 0x2329);
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        assertEquals("495054565f434d440a0a0a4923297400110002130000", HexFormat.of().formatHex(bytes));
    }

    @Test
    public void capturedSignalAnswersAreParsed() {
        assertEquals(Optional.of(true), parseHex("495054565f434d440a0a0a49232974001200031500 0101").flatMap(IptvCommand::signalPresent));
        assertEquals(Optional.of(false), parseHex("495054565f434d440a0a0a492329740012000315000000").flatMap(IptvCommand::signalPresent));
    }

    @Test
    public void damagedAnswersAreRejected() {
        assertEquals(Optional.empty(), parseHex("495054565f434d440a0a0a492329740012000316000101"));
        assertEquals("a wrong checksum of the payload", Optional.empty(), parseHex("495054565f434d440a0a0a492329740012000315000102"));
        assertEquals("a wrong length", Optional.empty(), parseHex("495054565f434d440a0a0a4923297400120fff2000"));
        assertEquals(Optional.empty(), parseHex("00"));
        assertEquals(Optional.empty(), IptvCommand.parseFrame(ByteBuffer.allocate(0)));
    }

    @Test
    public void advertisingBoxIsFound() throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex("0100c0a801ee581b591b5b1b"));
        assertEquals("192.168.1.238", IptvCommand.parseAdvertisement(bytes).orElseThrow().address().getHostAddress());
        assertEquals(Optional.empty(), IptvCommand.parseAdvertisement(ByteBuffer.allocate(12)));
    }

    @Test
    public void answeringBoxesAreListedUntilTheyExpire() throws Exception {
        BoxDirectory boxes = new BoxDirectory(Optional.empty(), 0);
        boxes.acceptAnswer(createAnswer("TX_003B4FA51720", new byte[] {10, 0, 0, 7}), SECOND);
        assertEquals(Optional.of("TX_003B4FA51720 at 10.0.0.7"), boxes.describeBoxes(2 * SECOND));
        assertEquals("10.0.0.7", boxes.findSingleBox(2 * SECOND).orElseThrow().getHostAddress());
        boxes.acceptAnswer(createAnswer("TX_2", new byte[] {10, 0, 0, 8}), SECOND);
        assertEquals("two boxes are ambiguous", Optional.empty(), boxes.findSingleBox(2 * SECOND));
        assertEquals(Optional.empty(), boxes.describeBoxes(40 * SECOND));
    }

    @Test
    public void boxThatSendsElsewhereIsRedirected() throws Exception {
        try (ServerSocket page = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()); UdpPorts ports = new UdpPorts("lo")) {
            CompletableFuture<String> asked = CompletableFuture.supplyAsync(() -> serveOnce(page, "HTTP/1.0 200 OK\r\n\r\nok"));
            StreamRedirector redirector = new StreamRedirector(Settings.parseSettings(Map.of("sendTo", "unicast", "port", 5004)), page.getLocalPort());
            Inet4Address box = (Inet4Address) InetAddress.getLoopbackAddress();
            for (long i = 0; redirector.outcome().isEmpty() && i < 200; i++) {
                redirector.redirectIfDue(ports, Optional.of(box), i * SECOND / 100);
                ports.awaitDatagrams(50);
            }
            assertEquals("GET /dev/info.cgi?action=streaminfo&udp=n&rtp=y&multicast=n&unicast=y&mcastaddr=127.0.0.1&port=5004 HTTP/1.0",
                asked.get(10, TimeUnit.SECONDS));
            assertTrue(redirector.outcome().toString(), redirector.outcome().orElseThrow().matches("Catseye set the box .* to send its pictures here\\."));
        }
    }

    @Test
    public void failedRedirectionIsReported() throws Exception {
        try (ServerSocket page = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()); UdpPorts ports = new UdpPorts("lo")) {
            CompletableFuture<String> asked = CompletableFuture.supplyAsync(() -> serveOnce(page, "HTTP/1.0 403 Forbidden\r\n\r\n"));
            StreamRedirector redirector = new StreamRedirector(Settings.parseSettings(Map.of("sendTo", "multicast")), page.getLocalPort());
            Inet4Address box = (Inet4Address) InetAddress.getLoopbackAddress();
            for (long i = 0; redirector.outcome().isEmpty() && i < 200; i++) {
                redirector.redirectIfDue(ports, Optional.of(box), i * SECOND / 100);
                ports.awaitDatagrams(50);
            }
            assertTrue(asked.get(10, TimeUnit.SECONDS).contains("multicast=y&unicast=n&mcastaddr=239.255.42.42"));
            assertTrue(redirector.outcome().toString(), redirector.outcome().orElseThrow().contains("refuses the request (HTTP/1.0 403 Forbidden)"));
            StreamRedirector silent = new StreamRedirector(Settings.parseSettings(Map.of("sendTo", "multicast")), page.getLocalPort());
            silent.redirectIfDue(ports, Optional.of(box), 0);
            silent.redirectIfDue(ports, Optional.of(box), 5 * SECOND);
            assertTrue(silent.outcome().toString(), silent.outcome().orElseThrow().contains("does not respond"));
            silent.close();
        }
    }

    @Test
    public void boxIsRedirectedOnlyIfConfigured() throws Exception {
        try (UdpPorts ports = new UdpPorts("lo")) {
            StreamRedirector redirector = new StreamRedirector(Settings.parseSettings(Map.of()), 1);
            redirector.redirectIfDue(ports, Optional.of((Inet4Address) InetAddress.getLoopbackAddress()), 0);
            ports.awaitDatagrams(100);
            redirector.redirectIfDue(ports, Optional.of((Inet4Address) InetAddress.getLoopbackAddress()), 10 * SECOND);
            assertEquals(Optional.empty(), redirector.outcome());
        }
    }

    @Test
    public void boxAnswersTheSignalQueryByItsOwnConnection() throws Exception {
        for (boolean signalPresent : new boolean[] {true, false}) {
            try (ServerSocket box = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()); UdpPorts ports = new UdpPorts("lo"); SignalQuery query = new SignalQuery(box.getLocalPort())) {
                CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> answerSignalQuery(box, signalPresent));
                query.queryIfDue(ports.selector(), (Inet4Address) InetAddress.getLoopbackAddress(), SECOND);
                for (int i = 0; query.recentAnswer(2 * SECOND).isEmpty() && i < 200; i++) {
                    ports.awaitDatagrams(50);
                }
                answered.get(10, TimeUnit.SECONDS);
                assertEquals(Optional.of(signalPresent), query.recentAnswer(2 * SECOND));
                assertEquals("old answers expire", Optional.empty(), query.recentAnswer(30 * SECOND));
            }
        }
    }

    @Test
    public void missingAnswerIsHarmless() throws Exception {
        try (UdpPorts ports = new UdpPorts("lo"); SignalQuery query = new SignalQuery(1)) {
            query.queryIfDue(ports.selector(), (Inet4Address) InetAddress.getLoopbackAddress(), SECOND);
            for (int i = 0; i < 4; i++) {
                ports.awaitDatagrams(20);
            }
            assertEquals(Optional.empty(), query.recentAnswer(2 * SECOND));
        }
    }

    @Test
    public void reportNamesABoxThatSendsElsewhere() throws Exception {
        try (DatagramSocket box = new DatagramSocket(new InetSocketAddress("127.0.0.1", 9002)); UdpPorts ports = new UdpPorts("lo")) {
            box.setSoTimeout(10_000);
            Lkv373aSource source = new Lkv373aSource(Settings.parseSettings(Map.of("interface", "lo", "port", 45_321)), new FakeCaptureContext(), () -> 0);
            source.openPorts(ports);
            source.runPeriodicTasks(3 * SECOND);
            DatagramPacket question = new DatagramPacket(new byte[64], 64);
            box.receive(question);
            assertEquals(IptvCommand.DISCOVER, IptvCommand.parseFrame(ByteBuffer.wrap(question.getData(), 0, question.getLength())).orElseThrow().command());
            assertArrayEquals("the callback address", InetAddress.getByName("127.0.0.1").getAddress(), java.util.Arrays.copyOfRange(question.getData(), 8, 12));
            int port = ByteBuffer.wrap(question.getData()).getShort(12) & 0xffff;
            ByteBuffer answer = createAnswer("TX_BOX", new byte[] {10, 0, 0, 9});
            box.send(new DatagramPacket(answer.array(), answer.limit(), InetAddress.getLoopbackAddress(), port));
            String message = "";
            for (int i = 0; i < 100 && !message.contains("TX_BOX"); i++) {
                ports.awaitDatagrams(50);
                message = source.diagnoseSignal(System.nanoTime()).map(SignalReport::message).orElse("");
            }
            assertTrue(message, message.startsWith("A box is on the network, TX_BOX at 10.0.0.9, but none of its pictures arrive at 239.255.42.42:45321."));
            source.close();
        }
    }

    private static ByteBuffer createAnswer(String name, byte[] address) throws IOException {
        byte[] payload = ByteBuffer.allocate(44).put(name.getBytes(StandardCharsets.US_ASCII)).position(32).put(address).array();
        return new IptvCommand(IptvCommand.DISCOVER + 1, payload).encodeFrame((Inet4Address) InetAddress.getLoopbackAddress(), 1);
    }

    private static Optional<IptvCommand> parseHex(String hex) {
        return IptvCommand.parseFrame(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))));
    }

    private static void answerSignalQuery(ServerSocket box, boolean signalPresent) {
        try (Socket asked = box.accept()) {
            byte[] question = asked.getInputStream().readNBytes(22);
            int port = ByteBuffer.wrap(question).getShort(12) & 0xffff;
            try (Socket answer = new Socket(InetAddress.getByAddress(java.util.Arrays.copyOfRange(question, 8, 12)), port)) {
                ByteBuffer frame = new IptvCommand(IptvCommand.QUERY_SIGNAL + 1, new byte[] {0, (byte) (signalPresent ? 1 : 0)}).encodeFrame((Inet4Address) InetAddress.getLoopbackAddress(), 1);
                // In two parts, because TCP may split the answer anywhere.
                answer.getOutputStream().write(frame.array(), 0, 9);
                answer.getOutputStream().flush();
                answer.getOutputStream().write(frame.array(), 9, frame.limit() - 9);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String serveOnce(ServerSocket page, String answer) {
        try (Socket socket = page.accept()) {
            String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)).readLine();
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            return line;
        } catch (IOException e) {
            return e.toString();
        }
    }
}
