package org.catseye.core.config;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.catseye.core.config.format.ConfigurationPid;
import org.junit.Test;

/** Reads every default configuration file with the parser of the configuration store. */
public class ShippedConfigurationTest {
    private final Path config = Path.of(System.getProperty("catseye.dist"), "config");

    private List<Path> files() throws IOException {
        try (var files = Files.list(config)) {
            return files.filter(file -> !file.getFileName().toString().equals("logging.properties")).sorted().toList();
        }
    }

    @Test
    public void everyFileIsOfAPidAndCanBeRead() throws Exception {
        for (Path file : files()) {
            ConfigurationPid pid = ConfigurationPid.findByFileName(file.getFileName().toString()).orElseThrow(() -> new AssertionError(file + " is no configuration file"));
            pid.fileFormat().parseText(Files.readString(file));
        }
    }

    /** An example that a person uncovers by taking its '#' away must be readable too. */
    @Test
    public void everyExampleCanBeUncovered() throws Exception {
        for (Path file : files()) {
            String uncovered = Files.readString(file).replaceAll("(?m)^#([A-Za-z0-9._-]+ *=)", "$1");
            ConfigurationPid.findByFileName(file.getFileName().toString()).orElseThrow().fileFormat().parseText(uncovered);
            assertTrue(file + " explains nothing", uncovered.lines().anyMatch(line -> line.startsWith("# ")));
        }
    }

    @Test
    public void levelsOfTheLogAreLevels() throws Exception {
        List<String> levels = Files.readAllLines(config.resolve("logging.properties")).stream().map(line -> line.replaceFirst("^#(?=\\S+ = )", ""))
                .filter(line -> !line.startsWith("#") && !line.isBlank()).toList();
        assertTrue(levels.size() > 1);
        for (String line : levels) {
            assertEquals(line, true, line.matches("[a-zA-Z0-9.]+ = (ERROR|WARN|INFO|DEBUG|TRACE|OFF)"));
        }
    }
}
