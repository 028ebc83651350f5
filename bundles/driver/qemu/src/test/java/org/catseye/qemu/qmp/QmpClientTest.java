package org.catseye.qemu.qmp;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.catseye.qemu.QemuProcess;
import org.catseye.qemu.qmp.FakeMonitor.Peer;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public final class QmpClientTest implements QmpListener {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int FUZZ_ROUNDS = 400;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private Path socket;
    private QmpClient client;
    private FakeMonitor monitor;

    @Before
    public void createClient() {
        socket = folder.getRoot().toPath().resolve("qmp");
        client = new QmpClient(QmpAddress.ofSocket(socket), "test", this);
    }

    @After
    public void close() throws Exception {
        client.close();
        if (monitor != null) {
            monitor.close();
        }
        assertFalse("the thread has ended", Thread.getAllStackTraces().keySet().stream().anyMatch(thread -> thread.getName().equals("qmp-test")));
    }

    @Override
    public void handleConnection() {
        events.add("connected");
    }

    @Override
    public void handleEvent(String event, JsonNode data) {
        events.add(event + data.path("x").asText());
    }

    @Override
    public void handleDisconnection(String problem) {
        events.add("ended");
    }

    private void startMonitor(FakeMonitor.Behaviour behaviour) throws Exception {
        monitor = new FakeMonitor(socket, behaviour);
        client.start();
    }

    private void awaitReady() throws Exception {
        QemuProcess.awaitTrue("it is ready", () -> client.currentProblem().isEmpty());
    }

    private void awaitProblem(String text) throws Exception {
        QemuProcess.awaitTrue("the problem contains: " + text, () -> client.currentProblem().filter(problem -> problem.contains(text)).isPresent());
    }

    @Test
    public void answersFindTheirCommandsInAnyOrderAndBetweenEvents() throws Exception {
        startMonitor(peer -> {
            peer.greet();
            String first = peer.readCommand();
            String second = peer.readCommand();
            peer.send("{\"event\": \"RESET\", \"data\": {\"x\": \"1\"}, \"timestamp\": {}}\r\n\r\n");
            peer.send("{\"return\": 2, \"id\": " + Peer.idOf(second) + "}\n{\"return\": 99, \"id\": 4711}\n{\"return\": 99}\n");
            for (byte each : ("{\"return\": 1, \"id\": " + Peer.idOf(first) + "}\n").getBytes(StandardCharsets.UTF_8)) {
                peer.sendBytes(new byte[] {each});
            }
            peer.echoForEver();
        });
        awaitReady();
        assertEquals("9.2.0", client.version());
        int[] answers = new int[1];
        Thread other = new Thread(() -> {
            try {
                answers[0] = client.execute("first", Map.of(), TIMEOUT).asInt();
            } catch (IOException | InterruptedException e) {
                answers[0] = -1;
            }
        });
        other.start();
        QemuProcess.awaitTrue("the first waits", () -> other.getState() == Thread.State.TIMED_WAITING);
        assertEquals(2, client.execute("second", Map.of(), TIMEOUT).asInt());
        other.join();
        assertEquals(1, answers[0]);
        assertEquals(List.of("connected", "RESET1"), events);
    }

    @Test
    public void aRefusalHasTheReasonOfQemuInOneLine() throws Exception {
        startMonitor(peer -> {
            peer.greet();
            peer.send("{\"error\": {\"class\": \"GenericError\", \"desc\": \"no\\nsuch thing\"}, \"id\": " + Peer.idOf(peer.readCommand()) + "}\r\n");
            peer.echoForEver();
        });
        awaitReady();
        QmpError refused = assertThrows(QmpError.class, () -> client.execute("eject", Map.of("id", "cd\n"), TIMEOUT));
        assertEquals("QEMU refuses the command eject: no such thing", refused.getMessage());
        assertEquals("no such thing", refused.description());
        assertEquals("next", client.execute("next", Map.of(), TIMEOUT).asText());
    }

    @Test
    public void withoutAGreetingItWaitsAndSaysThatAnotherProgramIsServed() throws Exception {
        AtomicBoolean turn = new AtomicBoolean();
        startMonitor(peer -> {
            QemuProcess.awaitTrue("its turn", turn::get);
            peer.greet();
            peer.echoForEver();
        });
        awaitProblem("it serves one at a time");
        assertThrows(IOException.class, () -> client.execute("x", Map.of(), TIMEOUT));
        turn.set(true);
        awaitReady();
        assertEquals("one connection was enough", 1, monitor.served());
    }

    @Test
    public void aSilentQemuIsNotAskedForEver() throws Exception {
        startMonitor(peer -> {
            peer.greet();
            while (true) {
                peer.readCommand();
            }
        });
        awaitReady();
        for (int i = 0; i < 20; i++) {
            IOException silent = assertThrows(IOException.class, () -> client.execute("x", Map.of(), Duration.ofMillis(5)));
            assertTrue(silent.getMessage(), silent.getMessage().contains("QEMU does not answer"));
        }
        long start = System.nanoTime();
        assertThrows(IOException.class, () -> client.execute("x", Map.of(), Duration.ofMinutes(1)));
        assertTrue("refused at once", System.nanoTime() - start < Duration.ofSeconds(30).toNanos());
    }

    @Test
    public void theEndOfTheConnectionEndsWaitingCommandsAndANewOneIsMade() throws Exception {
        startMonitor(peer -> {
            peer.greet();
            peer.readCommand();
        });
        awaitReady();
        IOException ended = assertThrows(IOException.class, () -> client.execute("x", Map.of(), TIMEOUT));
        assertTrue(ended.getMessage(), ended.getMessage().contains("ended"));
        awaitReady();
        QemuProcess.awaitTrue("connected twice", () -> events.equals(List.of("connected", "ended", "connected")));
    }

    @Test
    public void withoutASocketItSaysThatTheMachineDoesNotRun() throws Exception {
        client.start();
        awaitProblem("its socket " + socket + " does not exist");
    }

    @Test
    public void aSocketThatNobodyServesIsReported() throws Exception {
        new FakeMonitor(socket, peer -> { }).close();
        client.start();
        awaitProblem("nothing listens at");
    }

    @Test
    public void tooLongLinesAndOtherProtocolsAreRefused() throws Exception {
        startMonitor(peer -> peer.send(monitor == null || monitor.served() % 2 == 1 ? "SSH-2.0-OpenSSH\r\n" : "{" + "x".repeat(QmpConnection.MAX_LINE_BYTES + 1)));
        awaitProblem("does not speak QMP: a line is not JSON");
        awaitProblem("does not speak QMP: a line is longer than");
        assertEquals(Optional.empty(), events.stream().findAny());
    }

    @Test
    public void brokenMessagesHarmNothing() throws Exception {
        Random random = new Random(1);
        AtomicBoolean calm = new AtomicBoolean();
        String session = FakeMonitor.GREETING + "\r\n{\"return\": {}, \"id\": 1}\r\n{\"timestamp\": {\"seconds\": 1}, \"event\": \"RESET\", \"data\": {\"guest\": false}}\r\n"
                + "{\"return\": [{\"device\": \"cd\", \"qdev\": \"cd1\"}], \"id\": 2}\r\n{\"error\": {\"class\": \"x\", \"desc\": \"y\"}, \"id\": 3}\r\n";
        client.close();
        monitor = new FakeMonitor(socket, peer -> {
            if (calm.get()) {
                peer.greet();
                peer.echoForEver();
            }
            peer.sendBytes(mutate(session.getBytes(StandardCharsets.UTF_8), random));
        });
        QmpAddress address = QmpAddress.ofSocket(socket);
        for (int i = 0; i < FUZZ_ROUNDS; i++) {
            QmpConnection connection = new QmpConnection(address, address.openChannel(), this);
            String end = connection.readUntilEnd();
            connection.close(end);
            assertEquals("one sentence: " + end, 1, end.lines().count());
        }
        calm.set(true);
        client = new QmpClient(address, "test", this);
        client.start();
        awaitReady();
        assertEquals("x", client.execute("x", Map.of(), TIMEOUT).asText());
    }

    private static byte[] mutate(byte[] session, Random random) {
        byte[] bytes = session.clone();
        int changes = 1 + random.nextInt(8);
        for (int i = 0; i < changes; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return Arrays.copyOf(bytes, random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length);
    }
}
