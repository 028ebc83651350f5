package org.catseye.vnc.real;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An X server with a window that shows text, and a program that reports the keys and buttons that arrive. */
final class XServer implements AutoCloseable {

    private static final Pattern DISPLAY = Pattern.compile("(?m)^(\\d+)$");

    private final Path folder;
    private final Program server;
    private final String display;
    private final List<Program> programs = new ArrayList<>();

    /** @param command with its arguments; the server chooses its display */
    XServer(Path folder, String... command) throws IOException, InterruptedException {
        this.folder = folder;
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of("-displayfd", "1"));
        server = new Program(folder, all.toArray(String[]::new));
        display = ":" + server.await(() -> {
            Matcher matcher = DISPLAY.matcher(server.output());
            return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
        });
    }

    String display() {
        return display;
    }

    /** Shows a text in many colours. */
    void showText() throws IOException, InterruptedException {
        Program.run(folder, "xsetroot", "-display", display, "-solid", "#204060");
        programs.add(new Program(folder, "xterm", "-display", display, "-geometry", "60x20+13+11", "-bg", "white", "-fg", "black", "-e", "sh", "-c",
            "for i in 1 2 3 4 5 6 7; do echo \"\\033[3${i}mThe quick brown fox $i jumps over the lazy dog\"; done; exec sleep 1000"));
        run("xdotool", "search", "--sync", "--onlyvisible", "--class", "xterm");
    }

    /** Shows a window with many lines, one after the other, and waits for the last one. */
    void scrollText() throws IOException, InterruptedException {
        run("xterm", "-geometry", "70x20+100+60", "-e", "sh", "-c", "i=0; while [ $i -lt 60 ]; do i=$((i + 1)); echo line $i of many; done; sleep 0.3");
    }

    /** Opens a window over the whole screen. @return the program that prints its events */
    Program showEvents() throws IOException, InterruptedException {
        Program xev = new Program(folder, "xev", "-display", display, "-geometry", "2000x2000+0+0");
        programs.add(xev);
        run("xdotool", "search", "--sync", "--onlyvisible", "--name", "Event Tester");
        return xev;
    }

    /** Runs a program on this display. @return its output */
    String run(String... command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("env", "DISPLAY=" + display));
        all.addAll(List.of(command));
        return new String(Program.run(folder, all.toArray(String[]::new)));
    }

    Pictures dumpScreen() throws IOException, InterruptedException {
        return Pictures.parseWindowDump(Program.run(folder, "xwd", "-root", "-silent", "-display", display));
    }

    @Override
    public void close() throws IOException {
        for (Program program : programs) {
            program.close();
        }
        server.close();
    }
}
