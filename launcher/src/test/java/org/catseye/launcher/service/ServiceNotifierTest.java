package org.catseye.launcher.service;

import static org.junit.Assert.assertEquals;
import static org.junit.Assume.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class ServiceNotifierTest {

    private static final long OWN_ID = 4711;
    /** Prints each message on a line, as systemd reads them. */
    private static final String RECEIVER = "import socket, sys\ns = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)\ns.bind(sys.argv[1])\nprint('bound', flush=True)\n"
            + "while True: print(s.recv(4096).decode().replace('\\n', ' '), flush=True)\n";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private static Map<String, String> environment(String... namesAndValues) {
        Map<String, String> result = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            result.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return result;
    }

    /** A program that writes down its arguments and its socket. */
    private Path installProgram(int exitCode) throws IOException {
        Path program = folder.getRoot().toPath().resolve("systemd-notify");
        Files.writeString(program, "#!/bin/sh\necho \"$NOTIFY_SOCKET $*\" >>" + folder.getRoot() + "/calls\nexit " + exitCode + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return program.getParent();
    }

    private List<String> calls() throws IOException {
        Path calls = folder.getRoot().toPath().resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    @Test
    public void withoutSystemdNothingIsReported() throws IOException {
        ServiceNotifier notifier = new ServiceNotifier(environment("PATH", installProgram(0).toString(), "WATCHDOG_USEC", "60000000"), OWN_ID);
        notifier.reportReady("Ready.");
        notifier.reportAlive();
        assertEquals(List.of(), calls());
        assertEquals(Optional.empty(), notifier.watchdogMillis());
    }

    @Test
    public void theWatchdogIsServedByTheProcessThatItIsFor() {
        assertEquals(Optional.of(60_000L), new ServiceNotifier(environment("NOTIFY_SOCKET", "@x", "WATCHDOG_USEC", "60000000"), OWN_ID).watchdogMillis());
        assertEquals(Optional.of(60_000L),
                new ServiceNotifier(environment("NOTIFY_SOCKET", "@x", "WATCHDOG_USEC", "60000000", "WATCHDOG_PID", "4711"), OWN_ID).watchdogMillis());
        assertEquals(Optional.empty(),
                new ServiceNotifier(environment("NOTIFY_SOCKET", "@x", "WATCHDOG_USEC", "60000000", "WATCHDOG_PID", "1"), OWN_ID).watchdogMillis());
        assertEquals(Optional.empty(), new ServiceNotifier(environment("NOTIFY_SOCKET", "@x", "WATCHDOG_USEC", "soon"), OWN_ID).watchdogMillis());
        assertEquals(Optional.empty(), new ServiceNotifier(environment("NOTIFY_SOCKET", "@x"), OWN_ID).watchdogMillis());
    }

    @Test
    public void aFailedReportDoesNotStopCatseye() throws IOException {
        ServiceNotifier failing = new ServiceNotifier(environment("NOTIFY_SOCKET", "/nowhere", "PATH", installProgram(1).toString()), OWN_ID);
        failing.reportAlive();
        failing.reportAlive();
        assertEquals(List.of("/nowhere WATCHDOG=1", "/nowhere WATCHDOG=1"), calls());
        new ServiceNotifier(environment("NOTIFY_SOCKET", "/nowhere", "PATH", "/nothing/here"), OWN_ID).reportAlive();
    }

    @Test
    public void reportsArriveAtTheSocket() throws Exception {
        assumeTrue("systemd-notify is installed", Files.isExecutable(Path.of("/usr/bin/systemd-notify")));
        Path socket = folder.getRoot().toPath().resolve("notify");
        Process receiver = new ProcessBuilder("python3", "-c", RECEIVER, socket.toString()).redirectErrorStream(true).start();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(receiver.getInputStream(), StandardCharsets.UTF_8))) {
            assertEquals("bound", lines.readLine());
            ServiceNotifier notifier = new ServiceNotifier(environment("NOTIFY_SOCKET", socket.toString()), OWN_ID);
            notifier.reportReady("Ready.");
            assertEquals("READY=1 STATUS=Ready.", nextReport(lines));
            notifier.reportAlive();
            assertEquals("WATCHDOG=1", nextReport(lines));
        } finally {
            receiver.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    /** Without the barriers, by which systemd-notify waits until its message was read. */
    private static String nextReport(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        while (line != null && line.startsWith("BARRIER=")) {
            line = lines.readLine();
        }
        return line;
    }

    @Test
    public void onlyAWebServerThatAnswersIsAlive() throws IOException {
        AtomicBoolean answering = new AtomicBoolean(true);
        AtomicLong now = new AtomicLong();
        KeepAlive keepAlive = new KeepAlive(new ServiceNotifier(environment("NOTIFY_SOCKET", "@x", "PATH", installProgram(0).toString()), OWN_ID),
                answering::get, 60_000, now::get);
        keepAlive.checkAnswer();
        assertEquals(1, calls().size());
        answering.set(false);
        keepAlive.checkAnswer();
        keepAlive.checkAnswer();
        assertEquals("silent", 1, calls().size());
        answering.set(true);
        keepAlive.checkAnswer();
        assertEquals(2, calls().size());
    }

    @Test
    public void aCheckThatFailsDoesNotEndTheReports() throws IOException {
        AtomicBoolean failing = new AtomicBoolean(true);
        KeepAlive keepAlive = new KeepAlive(new ServiceNotifier(environment("NOTIFY_SOCKET", "@x", "PATH", installProgram(0).toString()), OWN_ID), () -> {
            if (failing.get()) {
                throw new NullPointerException("the framework has no context any more");
            }
            return true;
        }, 60_000, System::nanoTime);
        keepAlive.checkAnswer();
        assertEquals(0, calls().size());
        failing.set(false);
        keepAlive.checkAnswer();
        assertEquals(1, calls().size());
    }

    @Test
    public void aSlowCheckDoesNotDelayTheNext() {
        AtomicLong now = new AtomicLong(5);
        KeepAlive keepAlive = new KeepAlive(new ServiceNotifier(Map.of(), OWN_ID), () -> true, 60_000, now::get);
        now.addAndGet(TimeUnit.SECONDS.toNanos(8));
        assertEquals(12_000, keepAlive.remainingMillis(5));
        now.addAndGet(TimeUnit.SECONDS.toNanos(30));
        assertEquals(1, keepAlive.remainingMillis(5));
    }

    @Test
    public void aFrameworkThatIsReplacedGetsFiveMinutes() throws IOException {
        AtomicBoolean answering = new AtomicBoolean(true);
        AtomicLong now = new AtomicLong();
        KeepAlive keepAlive = new KeepAlive(new ServiceNotifier(environment("NOTIFY_SOCKET", "@x", "PATH", installProgram(0).toString()), OWN_ID),
                answering::get, 60_000, now::get);
        keepAlive.expectSilence();
        answering.set(false);
        keepAlive.checkAnswer();
        assertEquals("systemd has a limit for the first start, and a report would start the watchdog", 0, calls().size());
        answering.set(true);
        keepAlive.checkAnswer();
        assertEquals(1, calls().size());
        answering.set(false);
        keepAlive.expectSilence();
        now.set(TimeUnit.MINUTES.toNanos(5) - 1);
        keepAlive.checkAnswer();
        assertEquals("it is replaced", 2, calls().size());
        now.set(TimeUnit.MINUTES.toNanos(5));
        keepAlive.checkAnswer();
        assertEquals("time is up", 2, calls().size());
        keepAlive.expectSilence();
        answering.set(true);
        keepAlive.checkAnswer();
        answering.set(false);
        keepAlive.checkAnswer();
        assertEquals("after the first answer it has to answer", 3, calls().size());
    }
}
