package org.catseye.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The product as systemd starts it: it reports that it is ready when it is, and from then on that it is alive. */
public class WatchdogIT {

    private static final String RECEIVER = "import socket, sys\ns = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)\ns.bind(sys.argv[1])\nprint('bound', flush=True)\n"
            + "while True: print(s.recv(4096).decode().replace('\\n', ' '), flush=True)\n";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();
    private final List<String> reports = new CopyOnWriteArrayList<>();
    private Path socket;
    private Process receiver;

    @Before
    public void listen() throws Exception {
        assumeTrue("systemd-notify is installed", Files.isExecutable(Path.of("/usr/bin/systemd-notify")));
        socket = folder.getRoot().toPath().resolve("notify");
        receiver = new ProcessBuilder("python3", "-c", RECEIVER, socket.toString()).redirectErrorStream(true).start();
        Thread reader = new Thread(this::readReports, "reports");
        reader.setDaemon(true);
        reader.start();
        Running.await("the socket", () -> reports.contains("bound") ? true : null);
    }

    private void readReports() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(receiver.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> !line.startsWith("BARRIER=")).forEach(reports::add);
        } catch (IOException e) {
            reports.add(e.toString());
        }
    }

    @After
    public void stopListening() throws Exception {
        if (receiver != null) {
            receiver.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Test
    public void itIsReadyWhenItAnswersAndThenAliveAsLongAsItDoes() throws Exception {
        Map<String, String> environment = Map.of("NOTIFY_SOCKET", socket.toString(), "WATCHDOG_USEC", "3000000");
        try (Started product = new Started(Map.of(), environment, "--feature", "virtual-target")) {
            Running.await("ready", () -> reports.contains("READY=1 STATUS=Ready.") ? true : null);
            assertTrue("it answers", new Client(product.origin()).send("GET", "/api/v1/health", "").body().contains("\"ok\""));
            long before = aliveReports();
            Running.await("three more signs of life", () -> aliveReports() >= before + 3 ? true : null);
            assertEquals("ready is reported once", 1, reports.stream().filter(report -> report.startsWith("READY")).count());
        }
    }

    private long aliveReports() {
        return reports.stream().filter("WATCHDOG=1"::equals).count();
    }
}
