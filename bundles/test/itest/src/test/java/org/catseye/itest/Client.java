package org.catseye.itest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/** A person's browser, reduced to what goes over the wire. */
final class Client {

    private final HttpClient http;
    private final String origin;
    private String cookie = "";

    Client(String origin) {
        this(origin, null);
    }

    /** @param trust what makes the server's certificate trusted; null for plain HTTP */
    Client(String origin, SSLContext trust) {
        this.origin = origin;
        HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5));
        this.http = (trust == null ? builder : builder.sslContext(trust)).build();
    }

    Client login(String password) throws IOException, InterruptedException {
        return login("admin", password);
    }

    /** Where the server is. */
    URI origin() {
        return URI.create(origin);
    }

    /** Name and value of the session's cookie. */
    String cookie() {
        return cookie;
    }

    Client login(String user, String password) throws IOException, InterruptedException {
        HttpResponse<String> response = send("POST", "/api/v1/session", "{\"user\":\"" + user + "\",\"password\":\"" + password + "\"}");
        if (response.statusCode() != 200) {
            throw new IOException("login: " + response.statusCode() + " " + response.body());
        }
        cookie = response.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
        return this;
    }

    HttpResponse<String> send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** As a browser asks for a page. */
    HttpResponse<String> page(String path) throws IOException, InterruptedException {
        return http.send(request(path).header("Accept", "text/html").GET().build(), BodyHandlers.ofString());
    }

    HttpResponse<String> form(String path, String fields) throws IOException, InterruptedException {
        return http.send(request(path).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(fields)).build(), BodyHandlers.ofString());
    }

    /** A file of the console's form for bundles, to be installed and started. */
    HttpResponse<String> upload(String name, byte[] jar, int startLevel) throws IOException, InterruptedException {
        String boundary = "----catseye";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (String field : new String[] {"action=install", "bundlestart=start", "bundlestartlevel=" + startLevel}) {
            String[] part = field.split("=");
            body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + part[0] + "\"\r\n\r\n" + part[1] + "\r\n").getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"bundlefile\"; filename=\"" + name
                + "\"\r\nContent-Type: application/java-archive\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        body.writeBytes(jar);
        body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return http.send(request("/system/console/bundles").header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(BodyPublishers.ofByteArray(body.toByteArray())).build(), BodyHandlers.ofString());
    }

    HttpResponse<byte[]> bytes(String path) throws IOException, InterruptedException {
        return http.send(request(path).GET().build(), BodyHandlers.ofByteArray());
    }

    Socket socket(String path, String protocol) throws Exception {
        Socket socket = new Socket();
        socket.socket = http.newWebSocketBuilder().header("Origin", origin).header("Cookie", cookie).subprotocols(protocol)
                .connectTimeout(Duration.ofSeconds(5))
                .buildAsync(URI.create(origin.replace("http", "ws") + path), socket).get(10, TimeUnit.SECONDS);
        return socket;
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin + path)).timeout(Duration.ofSeconds(20))
                .header("Origin", origin);
        return cookie.isEmpty() ? request : request.header("Cookie", cookie);
    }

    /** An open WebSocket: what came, in order; frames of video are acknowledged at once. */
    static final class Socket implements WebSocket.Listener {
        private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
        private final BlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();
        private final CountDownLatch closed = new CountDownLatch(1);
        private final StringBuilder text = new StringBuilder();
        private ByteBuffer frame = ByteBuffer.allocate(4 * 1024 * 1024);
        private WebSocket socket;
        private volatile String closeReason = "";

        @Override
        public synchronized CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                texts.add(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public synchronized CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
            frame.put(data);
            if (last) {
                byte[] whole = new byte[frame.flip().remaining()];
                frame.get(whole);
                frame.clear();
                frames.add(whole);
                String ack = "{\"type\":\"ack\",\"sequence\":" + (ByteBuffer.wrap(whole).getInt(4) & 0xffffffffL) + "}";
                // One after the other: a message that is sent while another one is under way fails, and without its ack the picture stops.
                return from.sendText(ack, true).thenRun(() -> from.request(1));
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closeReason = code + " " + reason;
            closed.countDown();
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closeReason = String.valueOf(error);
            closed.countDown();
        }

        Socket say(String message) throws Exception {
            socket.sendText(message, true).get(5, TimeUnit.SECONDS);
            return this;
        }

        /** The next text that satisfies the condition; null if none comes within ten seconds. */
        String text(Predicate<String> condition) throws InterruptedException {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
                String next = texts.poll(left, TimeUnit.NANOSECONDS);
                if (next != null && condition.test(next)) {
                    return next;
                }
            }
            return null;
        }

        /** A frame that comes after this call; null if none comes within ten seconds. */
        byte[] freshFrame() throws InterruptedException {
            frames.clear();
            return frames.poll(10, TimeUnit.SECONDS);
        }

        /** How many frames came that nobody took yet. */
        int framesSoFar() {
            return frames.size();
        }

        boolean awaitClosed() throws InterruptedException {
            return closed.await(10, TimeUnit.SECONDS);
        }

        boolean open() {
            return closed.getCount() > 0;
        }

        String closeReason() {
            return closeReason;
        }

        void close() {
            socket.abort();
        }
    }
}
