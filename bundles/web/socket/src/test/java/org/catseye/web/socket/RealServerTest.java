package org.catseye.web.socket;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.catseye.targets.Target;
import org.catseye.web.Channel;
import org.catseye.web.ChannelHandler;
import org.catseye.web.resource.TargetRequest;
import org.catseye.web.resource.TargetResource;
import org.catseye.web.socket.channel.ChannelResource;
import org.catseye.web.socket.channel.Channels;
import org.catseye.web.socket.connection.ConnectionOpener;
import org.catseye.web.socket.connection.ConnectionQuota;
import org.catseye.web.socket.connection.Takeover;
import org.catseye.web.socket.mjpeg.MjpegResource;
import org.catseye.web.socket.video.VideoResource;
import org.catseye.web.socket.video.VideoSocketConnection;
import org.catseye.web.socket.viewer.Feeds;
import org.catseye.web.socket.viewer.FrameHeads;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Constants;

/** The resources in the web server itself, on loopback, with the JDK's WebSocket client and plain sockets. */
public class RealServerTest {

    private static final int SIZE = 200_000;

    private final FakeSession session = new FakeSession();
    private final FakeHub hub = new FakeHub(SIZE);
    private final ConnectionQuota quota = new ConnectionQuota();
    private final ConnectionOpener opener = new ConnectionOpener(Takeover::ofRequest, quota);
    private final Channels channels = new Channels();
    private final Feeds feeds = new Feeds();
    private final Map<String, TargetResource> resources = Map.of("video", new VideoResource(opener, feeds), "video.mjpeg", new MjpegResource(opener, feeds),
            "echo", new ChannelResource(opener, channels, "echo"));
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server, 1, 1);
    private final Client client = new Client();

    @Before
    public void start() throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(new ServletHolder(new Dispatcher()), "/api/v1/targets/*");
        server.setHandler(context);
        server.start();
        feeds.bindHub(hub, Map.of(Target.ID, "default", Constants.SERVICE_ID, 1L));
        channels.bindHandler(new Echo(), Map.of(ChannelHandler.NAME, "echo", ChannelHandler.PROTOCOL, "echo.v1", Constants.SERVICE_ID, 2L));
    }

    @After
    public void stop() throws Exception {
        server.stop();
        channels.deactivate();
        opener.deactivate();
        await(() -> hub.viewers() == 0 && session.registrations() == 0);
        await(() -> quota.countPlaces(session.user()) == 0);
        hub.assertAllClosedOnce();
    }

    @Test(timeout = 30_000)
    public void videoComesFrameByFrameAsItIsAcknowledged() throws Exception {
        WebSocket socket = open("video", VideoSocketConnection.PROTOCOL);
        assertEquals(VideoSocketConnection.PROTOCOL, socket.getSubprotocol());
        for (long i = 1; i <= 50; i++) {
            hub.publish();
            assertEquals(i, new ServerWire.Message(2, client.binaries.take()).picture());
            socket.sendText("{\"type\":\"ack\",\"sequence\":" + i + "}", true).get();
        }
        socket.sendPing(ByteBuffer.wrap(new byte[] {42})).get();
        assertEquals("pong 42", client.events.take());
        socket.sendClose(3001, "bye").get();
        assertEquals("close 3001", client.events.take());
    }

    @Test(timeout = 30_000)
    public void aSessionThatEndsClosesBothKindsOfSocketInTheProtocolsWay() throws Exception {
        open("video", VideoSocketConnection.PROTOCOL);
        open("echo", "echo.v1");
        await(() -> session.registrations() == 2);
        session.end();
        assertEquals("close 1001", client.events.take());
        assertEquals("close 1001", client.events.take());
    }

    @Test(timeout = 30_000)
    public void channelsCarryTextAndRefuseTheRestInWords() throws Exception {
        WebSocket socket = open("echo", "echo.v1");
        socket.sendText("hello", true).get();
        assertEquals("hello", client.events.take());
        socket.sendText("x".repeat(Channel.MOST_CHARS), true).get();
        assertEquals(Channel.MOST_CHARS, client.events.take().length());
        socket.sendText("x".repeat(1_000_000), true).get();
        assertTrue(client.events.take().contains("\"too_large\""));
        socket.sendBinary(ByteBuffer.allocate(200_000), true).get();
        assertTrue(client.events.take().contains("\"bad_message\""));
        socket.sendText("still there", true).get();
        assertEquals("still there", client.events.take());
        socket.sendClose(1000, "").get();
        assertEquals("close 1000", client.events.take());
    }

    @Test(timeout = 30_000)
    public void theStreamIsReadByAPlainClient() throws Exception {
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort())) {
            // Whatever follows the request is none of the stream's business.
            send(plain, "GET /api/v1/targets/default/video.mjpeg HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n");
            DataInputStream in = new DataInputStream(plain.getInputStream());
            String head = until(in, "\r\n\r\n--frame\r\n");
            assertTrue(head, head.startsWith("HTTP/1.1 200 "));
            assertTrue(head, head.contains("multipart/x-mixed-replace; boundary=frame"));
            for (int i = 1; i <= 20; i++) {
                hub.publish();
                ByteArrayOutputStream part = new ByteArrayOutputStream();
                part.writeBytes(until(in, "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                part.writeBytes(in.readNBytes(SIZE + FrameHeads.BOUNDARY.length));
                assertEquals(List.of((long) i), ServerWire.parts(part.toByteArray()));
            }
        }
        await(() -> hub.viewers() == 0);
    }

    @Test(timeout = 30_000)
    public void askingForTheHeadOfTheStreamGivesTheHeadOnly() throws Exception {
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort())) {
            hub.publish();
            send(plain, "HEAD /api/v1/targets/default/video.mjpeg HTTP/1.1\r\nHost: x\r\n\r\n");
            String all = new String(plain.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertTrue(all, all.startsWith("HTTP/1.1 200 ") && all.endsWith("\r\n\r\n"));
        }
    }

    @Test(timeout = 60_000)
    public void openSocketsAndStreamsAreCountedTogetherAndExactly() throws Exception {
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < ConnectionQuota.MAX_OPEN; i++) {
                Socket plain = ask(handshakes().get(i % 3));
                open.add(plain);
                String head = until(plain.getInputStream(), "\r\n\r\n");
                assertTrue(head, head.startsWith(i % 3 == 2 ? "HTTP/1.1 200 " : "HTTP/1.1 101 "));
            }
            for (String handshake : handshakes()) {
                try (Socket refused = ask(handshake)) {
                    String answer = until(refused.getInputStream(), "}}");
                    assertTrue(answer, answer.startsWith("HTTP/1.1 429 ") && answer.contains("\"too_many_open\""));
                }
            }
            for (int kind = 0; kind < 3; kind++) {
                open.get(kind).close();
                await(() -> quota.countPlaces(session.user()) == ConnectionQuota.MAX_OPEN - 1);
                Socket next = ask(handshakes().get(kind));
                open.add(next);
                until(next.getInputStream(), "\r\n\r\n");
                assertEquals(ConnectionQuota.MAX_OPEN, quota.countPlaces(session.user()));
            }
        } finally {
            for (Socket each : open) {
                each.close();
            }
        }
        await(() -> quota.countPlaces(session.user()) == 0);
    }

    @Test(timeout = 60_000)
    public void handshakesThatFailOrAreCutLeaveNoSeat() throws Exception {
        for (int i = 0; i < 40; i++) {
            for (String handshake : handshakes()) {
                Socket cut = ask(handshake);
                if (i % 2 == 0) {
                    // Reset, perhaps before the answer.
                    cut.setSoLinger(true, 0);
                }
                cut.close();
            }
            for (String handshake : handshakes().subList(0, 2)) {
                try (Socket bad = ask(handshake.replace("Version: 13", "Version: 12"))) {
                    String answer = until(bad.getInputStream(), "\r\n\r\n");
                    assertTrue(handshake + answer, answer.startsWith("HTTP/1.1 4"));
                }
            }
        }
        await(() -> quota.countPlaces(session.user()) == 0);
    }

    /** A channel's, the video socket's, the stream's. */
    private static List<String> handshakes() {
        String socket = " HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        String target = "GET /api/v1/targets/default/";
        return List.of(target + "echo" + socket, target + "video" + socket, target + "video.mjpeg HTTP/1.1\r\nHost: x\r\n\r\n");
    }

    private Socket ask(String request) throws IOException {
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
        send(plain, request);
        return plain;
    }

    private WebSocket open(String name, String protocol) throws Exception {
        URI uri = URI.create("ws://127.0.0.1:" + connector.getLocalPort() + "/api/v1/targets/default/" + name);
        return HttpClient.newHttpClient().newWebSocketBuilder().subprotocols(protocol).buildAsync(uri, client).get();
    }

    private static void send(Socket to, String text) throws IOException {
        to.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String until(InputStream in, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (!text.toString().endsWith(end)) {
            int next = in.read();
            assertTrue("ended after " + text, next >= 0);
            text.append((char) next);
        }
        return text.toString();
    }

    /** Another thread's work is awaited, ten seconds at most. */
    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertTrue("in time", System.nanoTime() < end);
            Thread.onSpinWait();
        }
    }

    /** Stands for the servlet of another bundle that hands requests on. */
    private final class Dispatcher extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String[] path = request.getPathInfo().split("/");
            TargetResource resource = resources.get(path[2]);
            resource.serve(new TargetRequest(path[1], session, "", request, response));
        }
    }

    private static final class Echo implements ChannelHandler {
        @Override
        public End open(Channel channel) {
            return new End() {
                @Override
                public void message(String text) {
                    channel.send(text);
                }

                @Override
                public void closed() {
                }
            };
        }
    }

    /** Collects whole messages. */
    private static final class Client implements WebSocket.Listener {
        private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
        private final BlockingQueue<byte[]> binaries = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();
        private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                events.add(text.toString());
                text.setLength(0);
            }
            return WebSocket.Listener.super.onText(socket, data, last);
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            byte[] part = new byte[data.remaining()];
            data.get(part);
            binary.writeBytes(part);
            if (last) {
                binaries.add(binary.toByteArray());
                binary.reset();
            }
            return WebSocket.Listener.super.onBinary(socket, data, last);
        }

        @Override
        public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
            events.add("pong " + message.get());
            return WebSocket.Listener.super.onPong(socket, message);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            events.add("close " + code);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            events.add("error " + error);
        }
    }
}
