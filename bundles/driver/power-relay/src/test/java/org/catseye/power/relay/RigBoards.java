package org.catseye.power.relay;

import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The emulated boards of {@code rig/board.py}, as seen by the tests: commands go to a pipe, and a log has what the boards were told. */
final class RigBoards {

    private static final Path FOLDER = Path.of("/tmp/boards");
    private static final int MAX_POLLS = 6_000;

    private final int start;

    /** The log of earlier tests does not count. */
    RigBoards() throws IOException {
        start = readAll().size();
    }

    private static List<String> readAll() throws IOException {
        return Files.exists(FOLDER.resolve("log")) ? Files.readAllLines(FOLDER.resolve("log")) : List.of();
    }

    /** Performs a command of the emulator and waits until it is done. */
    void perform(String command) throws IOException, InterruptedException {
        long before = readAll().stream().filter(line -> line.startsWith("done ")).count();
        for (int i = 0; !Files.exists(FOLDER.resolve("commands")); i++) {
            assertTrue("the emulator starts", i < MAX_POLLS);
            Thread.sleep(10);
        }
        Files.writeString(FOLDER.resolve("commands"), command + "\n", StandardOpenOption.WRITE);
        for (int i = 0; readAll().stream().filter(line -> line.startsWith("done ")).count() == before; i++) {
            assertTrue(command + " is done", i < MAX_POLLS);
            Thread.sleep(10);
        }
    }

    /** What the boards of this test were told, without failures of the emulator. */
    List<String> readLog() throws IOException {
        List<String> log = readAll();
        List<String> wrong = log.stream().filter(line -> line.startsWith("wrong ") || line.startsWith("failed ")).toList();
        assertTrue("" + wrong, wrong.isEmpty());
        return log.subList(start, log.size()).stream().filter(line -> line.startsWith("relay ")).toList();
    }

    /** Whether a relay is closed, after what was logged since a place in the log. */
    boolean isClosed(String serial, int relay) throws IOException {
        return readLog().stream().filter(line -> line.startsWith("relay " + serial + " " + relay + " ")).reduce((first, last) -> last)
            .map(line -> line.split(" ")[3].equals("1")).orElse(false);
    }

    /** How often a relay was closed, and opened again. */
    long countPulses(String serial, int relay) throws IOException {
        return readLog().stream().filter(line -> line.startsWith("relay " + serial + " " + relay + " 0 ")).count();
    }

    /** How long a relay was closed the last time. */
    long readPulseMillis(String serial, int relay) throws IOException {
        long closedAt = 0;
        long millis = 0;
        for (String line : readLog()) {
            if (line.startsWith("relay " + serial + " " + relay + " ")) {
                long at = Long.parseLong(line.split(" ")[4]);
                millis = line.split(" ")[3].equals("0") ? at - closedAt : millis;
                closedAt = at;
            }
        }
        return millis;
    }
}
