package org.catseye.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes the configurations that features bring into the folder that is ConfigurationAdmin's store, each only where there is none yet:
 * what a person changed stays. {@code org.catseye.*} gets the plain {@code .cfg} form, all else the typed {@code .config} form of Felix.
 */
final class ConfigurationSeeds {
    private final Path folder;

    ConfigurationSeeds(Path folder) {
        this.folder = folder;
    }

    void sow(Feature feature) throws Refusal {
        for (var configuration : feature.configurations().entrySet()) {
            String pid = configuration.getKey();
            if (!pid.matches("[A-Za-z0-9][A-Za-z0-9._-]*(~[A-Za-z0-9._-]+)?")) {
                throw new Refusal("feature " + feature.name() + " has a configuration with the impossible name '" + pid + "'");
            }
            if (Files.exists(folder.resolve(pid + ".cfg")) || Files.exists(folder.resolve(pid + ".config"))) {
                continue;
            }
            boolean ours = pid.startsWith("org.catseye.");
            write(folder.resolve(pid + (ours ? ".cfg" : ".config")), "# from the feature " + feature.name() + "\n", configuration.getValue(), ours);
        }
    }

    private static void write(Path file, String head, Map<String, Object> values, boolean plain) throws Refusal {
        String lines = values.entrySet().stream()
                .map(value -> value.getKey() + (plain ? " = " + plain(value.getValue()) : "=" + typed(value.getValue())) + "\n")
                .collect(Collectors.joining());
        try {
            Path half = Files.createTempFile(file.getParent(), ".seed", ".tmp");
            Files.write(half, (head + lines).getBytes(StandardCharsets.UTF_8));
            Files.move(half, file);
        } catch (IOException e) {
            throw new Refusal("cannot write " + file + ": " + Refusal.why(e), e);
        }
    }

    private static String plain(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(item -> item instanceof String ? quoted(item) : item.toString()).collect(Collectors.joining(", ", "[", "]"));
        }
        return value.toString();
    }

    private static String typed(Object value) {
        if (value instanceof List<?> list) {
            String type = list.isEmpty() ? "" : type(list.get(0));
            return type + list.stream().map(ConfigurationSeeds::quoted).collect(Collectors.joining(",", "[", "]"));
        }
        return type(value) + quoted(value);
    }

    /** Felix's letter for the type; a whole number that fits an int is one, as in the OSGi Feature Service. */
    private static String type(Object value) {
        if (value instanceof Long number) {
            return number == number.intValue() ? "I" : "L";
        }
        return value instanceof Boolean ? "B" : value instanceof Double ? "D" : "";
    }

    private static String quoted(Object value) {
        return '"' + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
