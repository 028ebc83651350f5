package org.catseye.web.socket.server;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.catseye.access.Session;
import org.catseye.web.RequestGuard;
import org.catseye.web.RequestGuard.Client;
import org.catseye.web.WebContext;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** A port with limits, on loopback; the server has as many threads as the product's. */
public class GuardedConnectorTest {

    private static final int SIZE = 32 * 1024;
    private static final String SESSION = "X-Session: ann\r\n";

    private final Server server = new Server(new QueuedThreadPool(32));
    private final List<Socket> open = new ArrayList<>();
    private Admission admission;
    private GuardedConnector connector;

    private static final String KNOWN = "192.0.2.10";

    /** Holds requests whose body is "hold" or that have the header X-Hold. */
    private final CountDownLatch held = new CountDownLatch(1);

    /** Whoever says so has a session, and is at this address. */
    private static final class Trusting implements Callers {
        @Override
        public Optional<RequestGuard> guard() {
            return Optional.empty();
        }

        @Override
        public Client identify(String peer, Function<String, List<String>> headers) {
            return new Client(headers.apply("X-Session").stream().findFirst().map(Named::new), headers.apply("X-Address").stream().findFirst().orElse(peer));
        }

        @Override
        public boolean isKnownClient(String peer, Function<String, List<String>> headers) {
            return headers.apply("X-Address").contains(KNOWN);
        }
    }

    private record Named(String user) implements Session {
        @Override
        public Instant expires() {
            return Instant.MAX;
        }

        @Override
        public boolean valid() {
            return true;
        }

        @Override
        public Registration onEnd(Runnable action) {
            return () -> { };
        }
    }

    @Before
    public void start() throws Exception {
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                if (request.getAttribute(WebContext.LATE_BODY) != null) {
                    Response.writeError(request, response, callback, HttpStatus.REQUEST_TIMEOUT_408);
                    return true;
                }
                if (request.getHeaders().contains("X-Refuse")) {
                    Response.writeError(request, response, callback, HttpStatus.FORBIDDEN_403);
                    return true;
                }
                String content = Content.Source.asString(request, StandardCharsets.UTF_8);
                if (content.equals("hold") || request.getHeaders().contains("X-Hold")) {
                    held.await();
                }
                int body = content.length();
                // As a servlet does it: the thread waits for each write.
                for (int i = 0; i < 2; i++) {
                    try (Blocker.Callback wait = Blocker.callback()) {
                        response.write(false, ByteBuffer.allocate(SIZE / 2), wait);
                        wait.block();
                    }
                }
                response.write(true, ByteBuffer.wrap(("body " + body + ";").getBytes(StandardCharsets.US_ASCII)), callback);
                return true;
            }
        });
        server.start();
        admission = new Admission(new Trusting(), server.getThreadPool(), server.getScheduler(), System::nanoTime);
        connector = new GuardedConnector(server, admission, new HttpConfiguration());
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        connector.start();
    }

    @After
    public void stop() throws Exception {
        for (Socket socket : open) {
            socket.close();
        }
        await("no connection stays", () -> admission.connections().countConnections() == 0);
        await("nor its answers", () -> admission.budget().taken() == 0);
        server.stop();
    }

    @Test(timeout = 120_000)
    public void strangersWhoDoNotReadHoldNoThread() throws Exception {
        for (int i = 0; i < 100; i++) {
            send("GET / HTTP/1.1\r\nHost: x\r\n\r\n".repeat(200));
        }
        answered("GET / HTTP/1.1\r\nHost: x\r\n" + SESSION + "Connection: close\r\n\r\n", "body 0;");
        answered("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "body 0;");
    }

    @Test(timeout = 120_000)
    public void bodiesThatDoNotComeHoldNoThread() throws Exception {
        for (int i = 0; i < 100; i++) {
            send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
        }
        answered("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc", "body 3;");
        answered("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n" + SESSION + "Connection: close\r\n\r\nabc", "body 3;");
        assertTrue("late", read(open.get(99), "\r\n\r\n").startsWith("HTTP/1.1 408 "));
    }

    @Test(timeout = 120_000)
    public void passwordsInTheHeadDoNotHoldUpReaders() throws Exception {
        for (int i = 0; i < Admission.STRANGERS_READING + Admission.STRANGERS_SENDING; i++) {
            send("GET / HTTP/1.1\r\nHost: x\r\nX-Hold: yes\r\nAuthorization: basic eDp5\r\nX-Address: 198.51.100." + i + "\r\n\r\n");
        }
        try {
            answered("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "body 0;");
        } finally {
            held.countDown();
        }
    }

    @Test(timeout = 120_000)
    public void loginsFromKnownAddressesDoNotWaitForThoseOfStrangers() throws Exception {
        for (int i = 0; i < 60; i++) {
            send("POST / HTTP/1.1\r\nHost: x\r\nX-Address: 198.51.100." + i + "\r\nContent-Length: 4\r\n\r\nhold");
        }
        try {
            for (int i = 0; i < 5; i++) {
                answered("POST / HTTP/1.1\r\nHost: x\r\nX-Address: " + KNOWN + "\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc", "body 3;");
            }
        } finally {
            held.countDown();
        }
    }

    @Test(timeout = 60_000)
    public void bodiesComeInAnyForm() throws Exception {
        String head = "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
        answered(head + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=1\r\nde\r\n0\r\n\r\n", "body 5;");
        answered(head + "Content-Length: 100000\r\n\r\n" + "x".repeat(100_000), "body 100000;");
        answered(head + "Transfer-Encoding: chunked\r\n\r\n" + ("1000\r\n" + "x".repeat(0x1000) + "\r\n").repeat(20) + "0\r\n\r\n", "body 81920;");
        Socket pieces = connect();
        write(pieces, head + "Transfer-Encoding: chunked\r\n\r\n1\r\na");
        write(pieces, "\r\n1\r");
        write(pieces, "\nb\r\n0\r\n\r\n");
        assertTrue(read(pieces, "body 2;").startsWith("HTTP/1.1 200 "));
    }

    @Test(timeout = 60_000)
    public void aBodyThatEndsEarlyIsAnsweredAsABadRequest() throws Exception {
        for (int i = 0; i < 50; i++) {
            for (String session : new String[] {"", SESSION}) {
                Socket socket = connect();
                write(socket, "POST / HTTP/1.1\r\nHost: x\r\n" + session + "Content-Length: 10\r\nConnection: close\r\n\r\nabc");
                socket.shutdownOutput();
                assertTrue(read(socket, "\r\n\r\n").startsWith("HTTP/1.1 400 "));
            }
        }
    }

    /** Clients such as browsers look at the answer when they have sent everything. */
    @Test(timeout = 60_000)
    public void aRefusedBodyIsReadToItsEndSoThatItsClientSeesTheAnswer() throws Exception {
        String head = "POST / HTTP/1.1\r\nHost: x\r\nX-Refuse: yes\r\n";
        String chunk = "100000\r\n" + "x".repeat(1 << 20) + "\r\n";
        for (String session : List.of(SESSION, SESSION + "Connection: close\r\n")) {
            assertTrue(refusedAfterBody(head + session + "Content-Length: " + (24 << 20) + "\r\n\r\n", "x".repeat(1 << 20), 24));
            assertTrue(refusedAfterBody(head + session + "Transfer-Encoding: chunked\r\n\r\n", chunk, 24));
        }
        assertTrue("a stranger's", refusedAfterBody(head + "Content-Length: " + (1 << 20) + "\r\n\r\n", "x".repeat(1 << 20), 1));
    }

    private boolean refusedAfterBody(String head, String part, int parts) throws IOException {
        Socket socket = connect();
        write(socket, head);
        for (int i = 0; i < parts; i++) {
            write(socket, part);
        }
        return read(socket, "\r\n\r\n").startsWith("HTTP/1.1 403 ");
    }

    @Test(timeout = 60_000)
    public void theNextRequestFollowsARefusedBody() throws Exception {
        Socket socket = connect();
        write(socket, "POST / HTTP/1.1\r\nHost: x\r\n" + SESSION + "X-Refuse: yes\r\nContent-Length: " + (1 << 20) + "\r\n\r\n");
        String refused = read(socket, "\r\n\r\n");
        assertTrue(refused, refused.startsWith("HTTP/1.1 403 "));
        write(socket, "x".repeat(1 << 20) + "GET / HTTP/1.1\r\nHost: x\r\n" + SESSION + "\r\n");
        assertTrue(read(socket, "body 0;").contains("HTTP/1.1 200 "));
    }

    @Test(timeout = 60_000)
    public void aRefusedBodyThatNeverEndsIsNotReadForEver() throws Exception {
        Socket stranger = send("POST / HTTP/1.1\r\nHost: x\r\nX-Refuse: yes\r\nContent-Length: " + (1L << 40) + "\r\n\r\n" + "x".repeat(4 << 20));
        await("too much", () -> hasEnded(stranger));
        Socket waiting = send("POST / HTTP/1.1\r\nHost: x\r\n" + SESSION + "X-Refuse: yes\r\nExpect: 100-continue\r\nContent-Length: 1000000\r\n\r\n");
        String answer = new String(waiting.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertTrue(answer, answer.startsWith("HTTP/1.1 403 "));
    }

    private static boolean hasEnded(Socket socket) {
        try {
            return socket.getInputStream().read(new byte[8192]) < 0;
        } catch (IOException e) {
            return true;
        }
    }

    @Test(timeout = 60_000)
    public void aQuotedChunkExtensionHidesNoRequest() throws Exception {
        Socket socket = send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1;a=\"\r\nX\r\n0\r\n\r\nGET /hidden HTTP/1.1\r\nHost: x\r\n\r\n\"\r\nY\r\n0\r\n\r\n");
        String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertTrue(all, all.startsWith("HTTP/1.1 4") && all.lastIndexOf("HTTP/1.1 ") == 0);
    }

    @Test(timeout = 120_000)
    public void theNewestConnectionFindsRoomAmongTooMany() throws Exception {
        for (int i = 0; i < Connections.MAX_STRANGERS + 50; i++) {
            send("GET / HT");
        }
        answered("GET / HTTP/1.1\r\nHost: x\r\n" + SESSION + "Connection: close\r\n\r\n", "body 0;");
        await("the oldest are closed", () -> admission.connections().countConnections() <= Connections.MAX_STRANGERS);
        assertEquals("closed", -1, open.get(0).getInputStream().read());
    }

    @Test(timeout = 60_000)
    public void aStrangersConnectionEndsAfterManyRequests() throws Exception {
        Socket socket = send("GET / HTTP/1.1\r\nHost: x\r\n\r\n".repeat(Admission.MAX_REQUESTS + 10));
        String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertEquals(Admission.MAX_REQUESTS, all.split("body 0;", -1).length - 1);
    }

    @Test(timeout = 60_000)
    public void answersOfAUserComeWholeHoweverLateTheyAreRead() throws Exception {
        Socket socket = send(("GET / HTTP/1.1\r\nHost: x\r\n" + SESSION + "\r\n").repeat(300) + "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        await("it waits for its reader", () -> admission.budget().taken() > 0);
        byte[] all = socket.getInputStream().readAllBytes();
        assertTrue(all.length + " bytes", all.length > 301L * SIZE);
        assertEquals(301, new String(all, StandardCharsets.ISO_8859_1).split("body 0;", -1).length - 1);
    }

    private void answered(String request, String end) throws IOException {
        String answer = read(send(request), end);
        assertTrue(answer.lines().findFirst().orElse(""), answer.startsWith("HTTP/1.1 200 "));
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
        socket.setSoTimeout(30_000);
        open.add(socket);
        return socket;
    }

    private Socket send(String request) throws IOException {
        Socket socket = connect();
        // As much as the kernel takes: the server may not read on.
        Thread writer = new Thread(() -> {
            try {
                write(socket, request);
            } catch (IOException e) {
                // The server has closed it; the test sees that.
            }
        });
        writer.setDaemon(true);
        writer.start();
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String read(Socket socket, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[8192];
        while (text.indexOf(end) < 0) {
            int count = in.read(buffer);
            if (count < 0) {
                throw new IOException("ended after " + text);
            }
            text.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
        }
        return text.toString();
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(String what, Condition condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.holds()) {
            assertTrue(what, System.nanoTime() < end);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
