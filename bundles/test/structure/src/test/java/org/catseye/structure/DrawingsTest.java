package org.catseye.structure;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Test;

/** The drawings of the documentation: each is shown by a page, can be read by everyone, and agrees with the text. */
public class DrawingsTest {

    private static final Path DOCS = Path.of(System.getProperty("catseye.root")).toAbsolutePath().normalize().resolve("docs");
    /** A setting of the front panel in docs/power.md. */
    private static final Pattern LINE_SETTING = Pattern.compile("(?m)^(?:powerButton|resetButton|powerLed|diskLed) = (\\d+)$");
    private static final Pattern LINE_OF_DRAWING = Pattern.compile("GPIO (\\d+), pin \\d+");

    private static final String GOOD = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50" role="img" aria-labelledby="title desc">
            <title id="title">Wiring</title><desc id="desc">One cable</desc><style>text { font-family: sans-serif; }</style>
            <rect x="1" y="1" width="98" height="48" fill="#ffffff"/><text>stick</text></svg>
            """;

    @Test
    public void drawingsAreSoundAndShown() throws IOException {
        Set<Path> shown = new TreeSet<>();
        try (Stream<Path> pages = Files.list(DOCS)) {
            for (Path page : pages.filter(file -> file.toString().endsWith(".md")).toList()) {
                shown.addAll(MarkdownPage.readFile(page).findLinkedFiles(".svg"));
            }
        }
        try (Stream<Path> files = Files.list(DOCS.resolve("drawings"))) {
            assertEquals("Drawings in the folder, and those that pages show", files.collect(Collectors.toCollection(TreeSet::new)), shown);
        }
        assertTrue(shown.toString(), shown.size() >= 3);
        List<String> faults = new ArrayList<>();
        for (Path drawing : shown) {
            new Drawing(Files.readAllBytes(drawing)).findFaults().forEach(fault -> faults.add(drawing.getFileName() + ": " + fault));
        }
        assertEquals(List.of(), faults);
    }

    @Test
    public void frontPanelHasTheLinesOfTheExample() throws IOException {
        Set<String> settings = findNumbers(LINE_SETTING, "power.md");
        assertEquals(settings.toString(), 4, settings.size());
        assertEquals(settings, findNumbers(LINE_OF_DRAWING, "drawings/front-panel.svg"));
    }

    @Test
    public void faultsAreFound() {
        assertFaults("", GOOD);
        assertFaults("it is not well-formed", GOOD.replace("</text>", ""));
        assertFaults("it is not well-formed", "<!DOCTYPE svg>" + GOOD);
        assertFaults("it is not an SVG drawing", GOOD.replace("http://www.w3.org/2000/svg", "http://example.org/"));
        assertFaults("it has no title that aria-labelledby names", GOOD.replace("Wiring", " "));
        assertFaults("it has no desc that aria-labelledby names", GOOD.replace("title desc", "title"));
        assertFaults("its role is not img", GOOD.replace("role=\"img\"", ""));
        assertFaults("it has no viewBox", GOOD.replace("viewBox=\"0 0 100 50\"", ""));
        assertFaults("its first rectangle is not a background for all of it", GOOD.replace("height=\"48\"", "height=\"40\""));
        assertFaults("its first rectangle is not a background for all of it", GOOD.replace("fill=\"#ffffff\"", ""));
        assertFaults("it has no text", GOOD.replace("<text>stick</text>", ""));
        assertFaults("its font is not sans-serif", GOOD.replace("sans-serif", "Arial"));
        assertFaults("it has the element image", GOOD.replace("</svg>", "<image href=\"photo.png\"/></svg>"));
        assertFaults("it has 20", GOOD.replace("stick", "stick".repeat(4000)));
    }

    private static void assertFaults(String expected, String drawing) {
        List<String> faults = new Drawing(drawing.getBytes(StandardCharsets.UTF_8)).findFaults();
        assertEquals(faults.toString(), expected.isEmpty() ? 0 : 1, faults.size());
        assertTrue(faults.toString(), faults.isEmpty() || faults.get(0).startsWith(expected));
    }

    private static Set<String> findNumbers(Pattern pattern, String file) throws IOException {
        return pattern.matcher(Files.readString(DOCS.resolve(file))).results().map((MatchResult match) -> match.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }
}
