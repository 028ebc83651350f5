package org.catseye.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.AfterClass;
import org.junit.Assume;
import org.junit.BeforeClass;
import org.junit.Test;

/**
 * Strangers, and a user with VIEW alone, flood the product as people run it, while its owner works. All come from the loopback address, as
 * over a tunnel, so that no limit per address helps. {@code -Dcatseye.flood=full} takes longer, and prints a table for the benchmarks.
 */
public class FloodIT {

    private static final boolean FULL = "full".equals(System.getProperty("catseye.flood"));
    private static final int SOCKETS = FULL ? 500 : 300;
    private static final long WORK_MILLIS = FULL ? 6_000 : 2_500;
    /** What a logged-in user waits for at most. */
    private static final int MOST_MILLIS = 1_000;
    /** A login computes a slow hash on purpose, which the flood's own clients on this machine slow down further. */
    private static final int MOST_LOGIN_MILLIS = 3_000;
    /** Both kinds of ports are used for so long before the first flood: a cold JVM takes seconds for its first hashes and handshakes. */
    private static final long WARM_UP_MILLIS = 6_000;
    private static final int STEP = 16 * 1024;

    private static Started product;
    private static SSLContext trust;
    private static int securePort;
    private static String viewer;

    @BeforeClass
    public static void start() throws Exception {
        Assume.assumeTrue("./dev test --long and ./dev it FloodIT run it", Boolean.getBoolean("catseye.long"));
        securePort = Floods.freePort();
        product = Started.claimed(Map.of(), "--https-port", Integer.toString(securePort));
        trust = Trust.inAuthorityOf(product.home());
        Client owner = new Client(product.origin()).login(Product.PASSWORD);
        assertEquals(201, owner.send("POST", "/api/v1/users", "{\"name\":\"viewer\",\"password\":\"three odd words\",\"roles\":[],\"rights\":{\"default\":[\"VIEW\"]}}").statusCode());
        viewer = new Client(product.origin()).login("viewer", "three odd words").cookie();
        for (int port : List.of(product.port(), securePort)) {
            new Owner(port, port == securePort ? trust : null).work(WARM_UP_MILLIS);
            System.out.println("| no flood | 0 | " + (port == securePort ? "HTTPS" : "HTTP") + " | " + new Owner(port, port == securePort ? trust : null).work(WORK_MILLIS) + " |");
        }
    }

    @AfterClass
    public static void stop() {
        if (product != null) {
            product.close();
        }
    }

    @Test
    public void strangersWhoNeverReadDelayNobody() throws Exception {
        withstand(new Flood.Kind("never read", new byte[0], Floods.get("/ui/public/theme.css", 100), STEP, 0, true), product.port());
    }

    @Test
    public void strangersWhoReadSlowlyDelayNobody() throws Exception {
        withstand(new Flood.Kind("read slowly", Floods.get("/ui/public/theme.css", 2_000), new byte[0], STEP, 100, true), product.port());
    }

    @Test
    public void aFloodOfRequestsDelaysNobody() throws Exception {
        withstand(new Flood.Kind("health flood", new byte[0], Floods.get("/api/v1/health", 100), STEP, 1 << 16, true), product.port());
    }

    @Test
    public void slowHeadsDelayNobody() throws Exception {
        withstand(new Flood.Kind("slow heads", Floods.bytes("GET / HTTP/1.1\r\nHost: localhost\r\nX: "), Floods.bytes("x"), 1, 1 << 10, true), product.port());
    }

    @Test
    public void slowBodiesDelayNobody() throws Exception {
        withstand(new Flood.Kind("slow bodies", Floods.post("Content-Length: 4000\r\n"), Floods.bytes(" "), 1, 1 << 10, true), product.port());
    }

    @Test
    public void slowChunksDelayNobody() throws Exception {
        withstand(new Flood.Kind("slow chunks", Floods.post("Transfer-Encoding: chunked\r\n"), Floods.bytes("1\r\n \r\n"), 1, 1 << 10, true), product.port());
    }

    @Test
    public void halfHandshakesDelayNobody() throws Exception {
        withstand(new Flood.Kind("half handshakes", Floods.hello(trust), new byte[0], STEP, 0, true), securePort);
    }

    @Test
    public void connectionsThatSayNothingDelayNobody() throws Exception {
        withstand(new Flood.Kind("silent TLS", new byte[0], new byte[0], 1, 1, true), securePort);
    }

    @Test
    public void oneUsersFloodOfPingsDelaysNobodyElse() throws Exception {
        withstand(new Flood.Kind("ping flood", Floods.upgrade("control", "catseye.control.v1", viewer), Floods.frames(1, "{\"type\":\"ping\",\"id\":7}", 200), STEP, 1 << 16, true),
                product.port());
    }

    @Test
    public void oneUsersPingsThatAreNeverReadDelayNobodyElse() throws Exception {
        withstand(new Flood.Kind("unread pings", Floods.upgrade("control", "catseye.control.v1", viewer), Floods.frames(9, "x".repeat(100), 100), STEP, 0, true), product.port());
    }

    @Test
    public void framesOfAnUnknownKindDelayNobodyElse() throws Exception {
        withstand(new Flood.Kind("opcode 3", Floods.upgrade("control", "catseye.control.v1", viewer), Floods.largeFrame(3, 8 << 20), 1 << 18, 1 << 16, true), product.port());
    }

    @Test
    public void viewersWhoNeverReadDelayNobodyElse() throws Exception {
        withstand(new Flood.Kind("unread video", Floods.upgrade("video", "catseye.video.v1", viewer), new byte[0], STEP, 0, true), product.port());
    }

    @Test
    public void viewersWhoFloodDelayNobodyElse() throws Exception {
        withstand(new Flood.Kind("ack flood", Floods.upgrade("video", "catseye.video.v1", viewer), Floods.frames(1, "{\"type\":\"ack\",\"sequence\":1}", 200), STEP, 1 << 16, true),
                product.port());
    }

    @Test
    public void aQuotedChunkExtensionHidesNoRequest() throws Exception {
        String hidden = "1;a=\"\r\nX\r\n0\r\n\r\nGET /api/v1/health HTTP/1.1\r\nHost: localhost\r\n\r\n\"\r\nY\r\n0\r\n\r\n";
        byte[] request = Floods.bytes(new String(Floods.post("Transfer-Encoding: chunked\r\n"), StandardCharsets.US_ASCII) + hidden);
        Wire.Answer answer = new Wire(product.port()).raw(request);
        assertTrue(answer.head(), answer.status() >= 400);
        assertFalse("a second answer: " + answer.body(), answer.body().contains("HTTP/1.1 "));
    }

    @Test
    public void aChunkedBodyIsTaken() throws Exception {
        String login = "{\"user\":\"admin\",\"password\":\"" + Product.PASSWORD + "\"}";
        String body = Integer.toHexString(login.length()) + "\r\n" + login + "\r\n0\r\n\r\n";
        byte[] request = Floods.bytes(new String(Floods.post("Connection: close\r\nTransfer-Encoding: chunked\r\n"), StandardCharsets.US_ASCII) + body);
        assertEquals(200, new Wire(product.port()).raw(request).status());
    }

    @Test
    public void theHeadOfAnUnknownFrameClosesTheSocket() throws Exception {
        for (String[] channel : new String[][] {{"control", "catseye.control.v1"}, {"video", "catseye.video.v1"}}) {
            byte[] upgrade = Floods.upgrade(channel[0], channel[1], viewer);
            byte[] head = Arrays.copyOf(Floods.largeFrame(3, 1 << 20), 14);
            byte[] all = Arrays.copyOf(upgrade, upgrade.length + head.length);
            System.arraycopy(head, 0, all, upgrade.length, head.length);
            Wire.Answer answer = new Wire(product.port()).raw(all);
            assertEquals(101, answer.status());
            assertTrue(channel[0] + " is closed with 1002", answer.body().matches("(?s).*\\x88.\\x03\\xea.*"));
        }
    }

    private static void withstand(Flood.Kind kind, int port) throws Exception {
        List<Integer> ports = FULL ? List.of(product.port(), securePort) : List.of(port == securePort ? securePort : product.port());
        for (int owners : ports) {
            Owner.Day day = day(kind, port, owners);
            if (!isBearable(day)) {
                // Perhaps it was this machine.
                day = day(kind, port, owners);
            }
            assertTrue(kind.name() + ": " + day, isBearable(day));
            assertTrue("the owner sees pictures: " + day, day.frames() > 5);
        }
    }

    private static boolean isBearable(Owner.Day day) {
        return day.longestWhileLoggedIn() < MOST_MILLIS && day.login().percentileMillis(99) < MOST_LOGIN_MILLIS;
    }

    private static Owner.Day day(Flood.Kind kind, int port, int ownersPort) throws Exception {
        Owner owner = new Owner(ownersPort, ownersPort == securePort ? trust : null);
        Owner.Day day;
        long closed;
        int most = descriptors();
        try (Flood flood = new Flood(kind, port, SOCKETS)) {
            Running.await("the flood", () -> flood.begun() ? "begun" : null);
            day = owner.work(WORK_MILLIS);
            most = Math.max(most, descriptors());
            closed = flood.closedByServer();
        }
        System.out.println("| " + kind.name() + " | " + SOCKETS + " | " + (ownersPort == securePort ? "HTTPS" : "HTTP") + " | " + day + " | closed " + closed
                + " | files " + most + " | threads " + threads() + " | resident " + residentMegabytes() + " MB |");
        // Nothing of the flood stays: neither its connections nor their threads.
        Running.await("the end of the flood's connections; there are " + descriptors() + " open files", () -> sockets() < 40 ? "gone" : null, 60);
        assertTrue(threads() + " threads", threads() < 90);
        assertTrue("it lives", product.alive());
        return day;
    }

    private static int descriptors() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/" + product.processId() + "/fd"))) {
            return (int) files.count();
        }
    }

    private static int sockets() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/" + product.processId() + "/fd"))) {
            List<Path> sockets = new ArrayList<>();
            for (Path file : files.toList()) {
                try {
                    if (Files.readSymbolicLink(file).toString().startsWith("socket:")) {
                        sockets.add(file);
                    }
                } catch (IOException e) {
                    // It was closed in between.
                }
            }
            return sockets.size();
        }
    }

    private static int threads() throws IOException {
        return status("Threads:");
    }

    private static int residentMegabytes() throws IOException {
        return status("VmRSS:") / 1024;
    }

    private static int status(String name) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc/" + product.processId() + "/status"), StandardCharsets.US_ASCII);
        String line = lines.stream().filter(one -> one.startsWith(name)).findFirst().orElseThrow();
        return Integer.parseInt(line.replaceAll("[^0-9]", ""));
    }
}
