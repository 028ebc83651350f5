package org.catseye.launcher.home;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.catseye.files.DurableFile;
import org.catseye.launcher.feature.Feature;
import org.catseye.launcher.refusal.StartRefusedException;

/**
 * Writes the configurations of features into the folder of ConfigurationAdmin's store. An existing file stays: the user may have changed it.
 * {@code org.catseye.*} gets the plain {@code .cfg} format, everything else the typed {@code .config} format of Felix.
 */
public final class ConfigurationSeeds {
    private final Path folder;

    public ConfigurationSeeds(Path folder) {
        this.folder = folder;
    }

    public void writeMissing(Feature feature) throws StartRefusedException {
        for (var configuration : feature.configurations().entrySet()) {
            String pid = configuration.getKey();
            if (!pid.matches("[A-Za-z0-9][A-Za-z0-9._-]*(~[A-Za-z0-9._-]+)?")) {
                throw new StartRefusedException("feature " + feature.name() + " has a configuration with the impossible name '" + pid + "'");
            }
            if (Files.exists(folder.resolve(pid + ".cfg")) || Files.exists(folder.resolve(pid + ".config"))) {
                continue;
            }
            boolean plain = pid.startsWith("org.catseye.");
            String text = "# from the feature " + feature.name() + "\n" + formatValues(configuration.getValue(), plain);
            writeFile(folder.resolve(pid + (plain ? ".cfg" : ".config")), text);
        }
    }

    private static String formatValues(Map<String, Object> values, boolean plain) {
        return values.entrySet().stream()
                .map(value -> value.getKey() + (plain ? " = " + formatPlain(value.getValue()) : "=" + formatTyped(value.getValue())) + "\n")
                .collect(Collectors.joining());
    }

    private static void writeFile(Path file, String text) throws StartRefusedException {
        try {
            DurableFile.forOwnerOnly(file).replaceContent(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new StartRefusedException("cannot write " + file + ": " + StartRefusedException.describeCause(e), e);
        }
    }

    private static String formatPlain(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(item -> item instanceof String ? quoteValue(item) : item.toString()).collect(Collectors.joining(", ", "[", "]"));
        }
        return value.toString();
    }

    private static String formatTyped(Object value) {
        if (value instanceof List<?> list) {
            String type = list.isEmpty() ? "" : typeLetter(list.get(0));
            return type + list.stream().map(ConfigurationSeeds::quoteValue).collect(Collectors.joining(",", "[", "]"));
        }
        return typeLetter(value) + quoteValue(value);
    }

    /** Felix's letter for the type. A whole number that fits an int is an Integer, as in the OSGi Feature Service. */
    private static String typeLetter(Object value) {
        if (value instanceof Long number) {
            return number == number.intValue() ? "I" : "L";
        }
        return value instanceof Boolean ? "B" : value instanceof Double ? "D" : "";
    }

    private static String quoteValue(Object value) {
        return '"' + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
