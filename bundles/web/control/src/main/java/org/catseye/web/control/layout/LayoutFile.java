package org.catseye.web.control.layout;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Reads {@code layouts.txt}, which {@code layouts/generate.py} writes. Each call reads it anew: it is needed rarely. */
final class LayoutFile {

    private static final String FILE = "/org/catseye/web/control/layouts.txt";
    private static final String LAYOUT = "layout ";

    private LayoutFile() {
    }

    static List<LayoutName> readNames() {
        try (BufferedReader lines = openFile()) {
            return lines.lines().filter(line -> line.startsWith(LAYOUT)).map(LayoutFile::parseName).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(FILE, e);
        }
    }

    /** Reads up to this layout. */
    static Optional<KeyboardLayout> readLayout(String id) {
        Map<String, String> everywhere = new HashMap<>();
        Map<String, String> linux = new HashMap<>();
        List<String> codes = List.of();
        LayoutTable table = null;
        try (BufferedReader lines = openFile()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", 3);
                if (line.startsWith(LAYOUT)) {
                    if (table != null) {
                        break;
                    }
                    table = line.startsWith(LAYOUT + id + "\t") ? new LayoutTable(parseName(line), parseThirdLevelKey(line), codes) : null;
                } else if (words[0].equals("dead") || words[0].equals("dead-linux")) {
                    (words[0].equals("dead") ? everywhere : linux).put(words[1], words[2]);
                } else if (words[0].equals("keys")) {
                    codes = List.of(line.substring(words[0].length() + 1).split(" "));
                } else if (table != null) {
                    table.setLevel(words[0], parseCells(line.substring(words[0].length() + 1)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(FILE, e);
        }
        return Optional.ofNullable(table).map(found -> found.toLayout(everywhere, linux));
    }

    private static BufferedReader openFile() {
        return new BufferedReader(new InputStreamReader(
            Objects.requireNonNull(LayoutFile.class.getResourceAsStream(FILE), FILE), StandardCharsets.UTF_8));
    }

    /** {@code layout <id> <system> <key of the third level> <languages> <English name> <German name>}, separated by tabs. */
    private static LayoutName parseName(String line) {
        String[] parts = line.substring(LAYOUT.length()).split("\t", -1);
        return new LayoutName(parts[0], parts[1].equals("windows"), parts[3].isEmpty() ? List.of() : List.of(parts[3].split(" ")), parts[4], parts[5]);
    }

    private static String parseThirdLevelKey(String line) {
        return line.split("\t", -1)[2];
    }

    private static List<String> parseCells(String row) {
        List<String> cells = new ArrayList<>();
        for (String cell : row.split(" ", -1)) {
            cells.add(cell.length() > 2 && cell.startsWith("U+") ? Character.toString(Integer.parseInt(cell.substring(2), 16)) : cell);
        }
        return cells;
    }
}
