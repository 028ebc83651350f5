package org.catseye.launcher.feature;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
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
import org.catseye.launcher.refusal.StartRefusedException;

/** Reads {@code <folder>/<name>.json}. The message about a missing or invalid file has its name, the place and the problem. */
public final class FeatureReader {
    /** The feature that always starts. */
    public static final String BASE = "base";
    private static final String SUFFIX = ".json";
    private static final Logger LOG = Logger.getLogger("catseye.launcher");
    private static final int DEFAULT_START_LEVEL = 20;
    private static final int MAX_START_LEVEL = 99;
    private final Path folder;
    private final JsonFactory json = JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    public FeatureReader(Path folder) {
        this.folder = folder;
    }

    /** The base first, then these features in their order. */
    public List<Feature> readWithBase(List<String> names) throws StartRefusedException {
        List<Feature> features = new ArrayList<>();
        features.add(readFeature(BASE));
        for (String name : names) {
            if (!name.equals(BASE)) {
                features.add(readFeature(name));
            }
        }
        return features;
    }

    public Feature readFeature(String name) throws StartRefusedException {
        Path file = folder.resolve(name + SUFFIX);
        if (!name.matches("[a-z0-9][a-z0-9.-]*") || !Files.isRegularFile(file)) {
            throw new StartRefusedException("unknown feature '" + name + "'; there are: " + String.join(", ", listNames()));
        }
        try (JsonParser parser = json.createParser(file.toFile())) {
            return parseFeature(name, JsonTree.parseDocument(parser));
        } catch (JsonProcessingException e) {
            JsonLocation place = e.getLocation();
            throw new StartRefusedException("feature file " + file + " is broken at line " + place.getLineNr() + ", column "
                    + place.getColumnNr()
                    + ": " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException | ClassCastException e) {
            throw new StartRefusedException("feature file " + file + " is broken: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new StartRefusedException("feature file " + file + " cannot be read: " + StartRefusedException.describeCause(e), e);
        }
    }

    /** Every feature of the distribution, also those that are not started. A broken file is logged and left out: it may not be needed. */
    public List<Feature> readAllFeatures() {
        List<Feature> features = new ArrayList<>();
        for (String name : Stream.concat(Stream.of(BASE), listNames().stream()).toList()) {
            try {
                features.add(readFeature(name));
            } catch (StartRefusedException broken) {
                LOG.warning(broken.getMessage());
            }
        }
        return features;
    }

    /** The names for {@code --feature}: all but the base, which always starts. */
    private List<String> listNames() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(SUFFIX) && !name.equals(BASE + SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length())).sorted().toList();
        } catch (IOException e) {
            return List.of("(" + folder + " cannot be read)");
        }
    }

    private static Feature parseFeature(String name, Map<String, Object> file) {
        List<Feature.Entry> bundles = new ArrayList<>();
        for (Object bundle : JsonTree.getList(file, "bundles")) {
            bundles.add(parseEntry(bundle instanceof Map<?, ?> entry ? entry : Map.of("id", bundle.toString()), !name.equals(BASE)));
        }
        Map<String, Map<String, Object>> configurations = new LinkedHashMap<>();
        JsonTree.getObject(file, "configurations").forEach((pid, values) -> configurations.put(pid,
                JsonTree.requireObject(values, "configuration " + pid)));
        Map<String, Object> launching = JsonTree.getObject(JsonTree.getObject(file, "extensions"), "framework-launching-properties");
        Map<String, String> properties = JsonTree.getObject(launching, "json").entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, property -> String.valueOf(property.getValue())));
        return new Feature(name, readText(file, "name", name), readText(file, "description", ""), List.copyOf(bundles), configurations, properties);
    }

    private static String readText(Map<String, Object> file, String key, String otherwise) {
        return file.get(key) instanceof String text ? text : otherwise;
    }

    /** @param keepsSettings the default for {@code "recovery"}: settings of the base can lock users out, those of a device cannot */
    private static Feature.Entry parseEntry(Map<?, ?> entry, boolean keepsSettings) {
        Object level = entry.get("start-order");
        boolean validLevel = level == null || level instanceof Long order && order >= 1 && order <= MAX_START_LEVEL;
        if (!(entry.get("id") instanceof String id) || !validLevel) {
            throw new IllegalArgumentException("a bundle needs an \"id\" and may have a \"start-order\" from 1 to " + MAX_START_LEVEL
                    + ", not " + entry);
        }
        Object recovery = entry.get("recovery");
        if (!(recovery == null || recovery.equals("keep") || recovery.equals("reset"))) {
            throw new IllegalArgumentException("\"recovery\" must be \"keep\" or \"reset\": whether a recovery keeps "
                    + "the bundle's configuration, not " + entry);
        }
        ArtifactId artifact = ArtifactId.parseId(id);
        return new Feature.Entry(artifact, level == null ? DEFAULT_START_LEVEL : ((Long) level).intValue(),
                recovery == null ? keepsSettings : recovery.equals("keep"), entry.get("pid") instanceof String pid ? pid : artifact.name());
    }
}
