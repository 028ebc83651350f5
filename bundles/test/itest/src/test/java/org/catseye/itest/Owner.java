package org.catseye.itest;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** A logged-in owner at work, with a clock: asks for health on new connections, types, watches and logs in again. */
final class Owner {

    private static final int TIMEOUT_MILLIS = 15_000;
    private static final long FAILED = TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);

    private final int port;
    private final SSLContext trust;
    private final String cookie;
    private final Client client;

    /** How long the owner waited for each. */
    record Day(Waits health, Waits key, Waits login, int frames) {

        @Override
        public String toString() {
            return "health " + health + ", key " + key + ", login " + login + ", frames " + frames;
        }

        /** The longer of the ninety-ninth percentiles of health and key, in milliseconds. */
        double longestWhileLoggedIn() {
            return Math.max(health.percentileMillis(99), key.percentileMillis(99));
        }
    }

    /** @param trust for HTTPS; null for plain HTTP */
    Owner(int port, SSLContext trust) throws Exception {
        this.port = port;
        this.trust = trust;
        client = new Client((trust == null ? "http" : "https") + "://127.0.0.1:" + port, trust).login(Product.PASSWORD);
        cookie = client.cookie();
    }

    Client client() {
        return client;
    }

    /** Works for a while. */
    Day work(long millis) throws Exception {
        Client.Socket video = client.socket("/api/v1/targets/default/video", "catseye.video.v1");
        Client.Socket control = client.socket("/api/v1/targets/default/control", "catseye.control.v1");
        Waits health = new Waits();
        Waits key = new Waits();
        Waits login = new Waits();
        AtomicInteger number = new AtomicInteger();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        List<Thread> threads = new ArrayList<>();
        threads.add(repeat(end, 30, health, () -> ask("GET", "/api/v1/health", "Cookie: " + cookie + "\r\n", "")));
        threads.add(repeat(end, 30, key, () -> echo(control, number.incrementAndGet())));
        threads.add(repeat(end, 300, login, () -> ask("POST", "/api/v1/session", "", "{\"user\":\"admin\",\"password\":\"" + Product.PASSWORD + "\"}")));
        for (Thread thread : threads) {
            thread.join();
        }
        int frames = video.framesSoFar();
        video.close();
        control.close();
        return new Day(health, key, login, frames);
    }

    private static Thread repeat(long end, long pauseMillis, Waits waits, Waits.Question question) {
        Thread thread = new Thread(() -> {
            while (System.nanoTime() < end) {
                waits.time(question, FAILED);
                try {
                    TimeUnit.MILLISECONDS.sleep(pauseMillis);
                } catch (InterruptedException e) {
                    return;
                }
            }
        }, "owner");
        thread.start();
        return thread;
    }

    /** Keys go up and down, and the answer to the ping after them says that they were dealt with. */
    private static void echo(Client.Socket control, int number) throws Exception {
        control.say("{\"type\":\"key\",\"code\":\"KeyA\",\"down\":" + (number % 2 == 1) + "}").say("{\"type\":\"ping\",\"id\":" + number + "}");
        if (control.text(text -> text.contains("\"pong\"") && text.contains(":" + number)) == null) {
            throw new IOException("no answer");
        }
    }

    private void ask(String method, String path, String headers, String body) throws Exception {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            Socket used = trust == null ? socket : trust.getSocketFactory().createSocket(socket, "127.0.0.1", port, true);
            String length = body.isEmpty() ? "" : "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n";
            used.getOutputStream().write((method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n" + headers + length + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            // As many clients do it: the body in a packet of its own.
            used.getOutputStream().write(body.getBytes(StandardCharsets.US_ASCII));
            InputStream in = used.getInputStream();
            String status = new String(in.readNBytes(12), StandardCharsets.US_ASCII);
            if (!status.endsWith(" 200")) {
                throw new IOException("answered " + status);
            }
            in.readAllBytes();
        }
    }
}
