package org.catseye.web.control.layout;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * The layouts against xkeyboard-config and libxkbcommon. Skipped on machines without these; {@code ./dev setup} installs them.
 */
public class LayoutsXkbTest {

    private static final Path TOOLS = Path.of("layouts");
    private static final Path FILE = Path.of("src/main/resources/org/catseye/web/control/layouts.txt");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Before
    public void needsLibxkbcommon() throws Exception {
        assumeTrue("python3 with libxkbcommon, xkb-data and libx11-data", run(List.of("python3", "-c", "import xkb; xkb.Composer(); xkb.Keymap('us')"), "").status() == 0);
    }

    @Test
    public void theFileIsWhatTheGeneratorWrites() throws Exception {
        Path fresh = folder.newFile().toPath();
        Result generated = run(List.of("python3", "generate.py", fresh.toString()), "");
        assertEquals(generated.output(), 0, generated.status());
        assumeTrue("the version of xkeyboard-config that the file is from", firstLine(FILE).equals(firstLine(fresh)));
        // German names are missing on machines whose packages are installed without translations.
        assertEquals(withoutNames(FILE), withoutNames(fresh));
    }

    @Test
    public void everyCharacterOfEveryLayoutIsShownByXkbcommon() throws Exception {
        StringBuilder typed = new StringBuilder();
        int characters = 0;
        for (LayoutName name : Layouts.listNames()) {
            if (name.windows()) {
                continue;
            }
            KeyboardLayout layout = Layouts.findLayout(name.id()).orElseThrow();
            String[] id = name.id().split("-", 2);
            String onlyOnWindows = layout.onlyOnWindows();
            for (var entry : layout.strokes().entrySet()) {
                if (onlyOnWindows.indexOf(entry.getKey()) < 0) {
                    typed.append(id[0]).append('\t').append(id.length > 1 ? id[1] : "").append('\t').append(Integer.toHexString(entry.getKey())).append('\t')
                            .append(entry.getValue().stream().map(KeyStroke::toText).collect(Collectors.joining(" "))).append('\n');
                    characters++;
                }
            }
        }
        assertEquals(characters + " characters\n", run(List.of("python3", "check.py"), typed.toString()).output());
        assertTrue(characters + " characters", characters > 100_000);
    }

    @Test
    public void theComparisonSeesAWrongKey() throws Exception {
        assertEquals("de : KeyY shows 'z', not 'y'\nde : AltRight+KeyQ shows '@', not 'q'\nde : Backquote KeyQ shows '?', not 'q'\n4 characters\n",
                run(List.of("python3", "check.py"), "de\t\t79\tKeyY\nde\t\t71\tAltRight+KeyQ\nde\t\t71\tBackquote KeyQ\nde\t\tea\tBackquote KeyE\n").output());
    }

    private record Result(int status, String output) {
    }

    private Result run(List<String> command, String input) throws IOException, InterruptedException {
        File typed = folder.newFile();
        File output = folder.newFile();
        Files.writeString(typed.toPath(), input);
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command)).directory(TOOLS.toFile()).redirectInput(typed).redirectOutput(output).redirectErrorStream(true);
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        builder.environment().put("PYTHONIOENCODING", "utf-8");
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return new Result(-1, e.getMessage());
        }
        assertTrue("in time", process.waitFor(2, TimeUnit.MINUTES));
        return new Result(process.exitValue(), Files.readString(output.toPath(), StandardCharsets.UTF_8));
    }

    private static String firstLine(Path file) throws IOException {
        return Files.readAllLines(file).get(0);
    }

    private static String withoutNames(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(line -> line.startsWith("layout ") ? line.substring(0, line.lastIndexOf('\t')) : line)
                .collect(Collectors.joining("\n"));
    }
}
