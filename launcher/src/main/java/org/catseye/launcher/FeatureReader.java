package org.catseye.launcher;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads {@code <folder>/<name>.json}. A file that is missing or wrong is refused with its name, the place and what is wrong there. */
final class FeatureReader {
    /** The feature that is always there. */
    static final String BASE = "base";
    private static final Logger LOG = Logger.getLogger("catseye.launcher");
    private static final int DEFAULT_START_LEVEL = 20;
    private final Path folder;
    private final JsonFactory json = JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    FeatureReader(Path folder) {
        this.folder = folder;
    }

    Feature read(String name) throws Refusal {
        Path file = folder.resolve(name + ".json");
        if (!name.matches("[a-z0-9][a-z0-9.-]*") || !Files.isRegularFile(file)) {
            throw new Refusal("unknown feature '" + name + "'; there are: " + String.join(", ", known()));
        }
        try (JsonParser parser = json.createParser(file.toFile())) {
            return feature(name, object(parser));
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            throw new Refusal("feature file " + file + " is broken at line " + place.getLineNr() + ", column " + place.getColumnNr()
                    + ": " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException | ClassCastException e) {
            throw new Refusal("feature file " + file + " is broken: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new Refusal("feature file " + file + " cannot be read: " + Refusal.why(e), e);
        }
    }

    /** Every feature of the distribution, also those that are not started. A broken one that nobody asks for is no reason not to start. */
    List<Feature> readAll() {
        List<Feature> all = new ArrayList<>();
        for (String name : Stream.concat(Stream.of(BASE), known().stream()).toList()) {
            try {
                all.add(read(name));
            } catch (Refusal broken) {
                LOG.warning(broken.getMessage());
            }
        }
        return all;
    }

    /** The names a person may give; the base is always there and needs no asking. */
    private List<String> known() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".json") && !name.equals(BASE + ".json"))
                    .map(name -> name.substring(0, name.length() - 5)).sorted().toList();
        } catch (IOException e) {
            return List.of("(" + folder + " cannot be read)");
        }
    }

    private static Feature feature(String name, Map<String, Object> file) {
        List<Feature.Entry> bundles = new ArrayList<>();
        for (Object bundle : list(file, "bundles")) {
            bundles.add(entry(bundle instanceof Map<?, ?> entry ? entry : Map.of("id", bundle.toString()), !name.equals(BASE)));
        }
        Map<String, Map<String, Object>> configurations = new LinkedHashMap<>();
        map(file, "configurations").forEach((pid, values) -> configurations.put(pid, asMap(values, "configuration " + pid)));
        Map<String, Object> launching = map(map(file, "extensions"), "framework-launching-properties");
        Map<String, String> properties = map(launching, "json").entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, property -> String.valueOf(property.getValue())));
        return new Feature(name, List.copyOf(bundles), configurations, properties);
    }

    /** @param keepsSettings unless the entry decides it: the base's settings may keep people out, those of a device don't */
    private static Feature.Entry entry(Map<?, ?> entry, boolean keepsSettings) {
        Object level = entry.get("start-order");
        if (!(entry.get("id") instanceof String id) || !(level == null || level instanceof Long order && order >= 1 && order < 100)) {
            throw new IllegalArgumentException("a bundle needs an \"id\" and may have a \"start-order\" from 1 to 99, not " + entry);
        }
        Object recovery = entry.get("recovery");
        if (!(recovery == null || recovery.equals("keep") || recovery.equals("reset"))) {
            throw new IllegalArgumentException("\"recovery\" says what becomes of a bundle's configuration, \"keep\" or \"reset\", not " + entry);
        }
        Artifact artifact = Artifact.parse(id);
        return new Feature.Entry(artifact, level == null ? DEFAULT_START_LEVEL : ((Long) level).intValue(),
                recovery == null ? keepsSettings : recovery.equals("keep"), entry.get("pid") instanceof String pid ? pid : artifact.name());
    }

    private static List<?> list(Map<String, Object> from, String key) {
        Object value = from.getOrDefault(key, List.of());
        if (value instanceof List<?> list) {
            return list;
        }
        throw new IllegalArgumentException("\"" + key + "\" must be a list");
    }

    private static Map<String, Object> map(Map<String, Object> from, String key) {
        return asMap(from.getOrDefault(key, Map.of()), "\"" + key + "\"");
    }

    @SuppressWarnings("unchecked") // the reader below makes maps with String keys only
    private static Map<String, Object> asMap(Object value, String what) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new IllegalArgumentException(what + " must be an object");
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new IllegalArgumentException("it must hold one JSON object");
        }
        Map<String, Object> all = asMap(value(parser), "the file");
        if (parser.nextToken() != null) {
            throw new IllegalArgumentException("there is more text after the closing brace");
        }
        return all;
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, Object> map = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String key = parser.currentName();
                    parser.nextToken();
                    map.put(key, value(parser));
                }
                yield map;
            }
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                yield list;
            }
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
            case VALUE_NULL -> throw new IllegalArgumentException("null has no meaning in a feature file");
            default -> parser.getText();
        };
    }
}
