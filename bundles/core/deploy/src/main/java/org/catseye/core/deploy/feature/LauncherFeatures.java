package org.catseye.core.deploy.feature;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.catseye.access.Caller;
import org.catseye.plugins.Feature.Obstacle;
import org.catseye.plugins.Feature.Origin;
import org.catseye.plugins.RollBack;

/**
 * The launcher's service for features, with types. The launcher shares no class with bundles, so its own service has only types of Java;
 * {@code FeatureSwitch} in the launcher describes the operations. All methods throw an IllegalStateException with a sentence if the
 * launcher refuses or fails.
 */
final class LauncherFeatures {

    private static final Map<String, Origin> ORIGINS = Map.of("base", Origin.BASE, "command-line", Origin.COMMAND_LINE, "default", Origin.DEFAULT, "chosen", Origin.CHOSEN);
    private static final Map<String, Obstacle> OBSTACLES = Map.of("base", Obstacle.BASE, "command-line", Obstacle.COMMAND_LINE, "start", Obstacle.START,
            "safe-mode", Obstacle.SAFE_MODE);

    private final BiFunction<String, List<String>, Map<String, Object>> launcher;

    LauncherFeatures(BiFunction<String, List<String>, Map<String, Object>> launcher) {
        this.launcher = launcher;
    }

    /** @param recovered the change that was undone at this start; each is returned once */
    record State(List<KnownFeature> features, String problem, Optional<RollBack> rollBack, Optional<Recovered> recovered) {

        Optional<KnownFeature> find(String id) {
            return features.stream().filter(feature -> feature.id().equals(id)).findFirst();
        }
    }

    record KnownFeature(String id, String name, String description, boolean on, Optional<Origin> origin, Optional<Obstacle> obstacle, List<KnownBundle> bundles) {
    }

    /**
     * A bundle of the archive.
     *
     * @param location of the bundle when it is installed
     * @param file the path of the jar
     */
    record KnownBundle(String name, String location, String file) {

        String version() {
            return location.substring(location.lastIndexOf(':') + 1);
        }
    }

    record Recovered(String feature, String user, String address, String reason) {
    }

    State describe() {
        Map<String, Object> all = launcher.apply("describe", List.of());
        return new State(readMaps(all.get("features")).stream().map(LauncherFeatures::readFeature).toList(), readText(all, "problem"),
                readMap(all.get("rollBack")).map(undone -> new RollBack(readText(undone, "feature"), "", Instant.parse(readText(undone, "time")), readText(undone, "reason"))),
                readMap(all.get("recovered")).map(each -> new Recovered(readText(each, "feature"), readText(each, "user"), readText(each, "address"), readText(each, "reason"))));
    }

    private static KnownFeature readFeature(Map<?, ?> feature) {
        return new KnownFeature(readText(feature, "name"), readText(feature, "title"), readText(feature, "description"), Boolean.TRUE.equals(feature.get("on")),
                Optional.ofNullable(ORIGINS.get(readText(feature, "origin"))), Optional.ofNullable(OBSTACLES.get(readText(feature, "fixed"))),
                readMaps(feature.get("bundles")).stream().map(bundle -> new KnownBundle(readText(bundle, "name"), readText(bundle, "location"), readText(bundle, "file"))).toList());
    }

    private static Optional<Map<?, ?>> readMap(Object value) {
        return value instanceof Map<?, ?> map ? Optional.of(map) : Optional.empty();
    }

    private static List<Map<?, ?>> readMaps(Object value) {
        return value instanceof List<?> list ? list.stream().flatMap(each -> readMap(each).stream()).toList() : List.of();
    }

    private static String readText(Map<?, ?> map, String key) {
        return map.get(key) instanceof String text ? text : "";
    }

    void tryChange(Caller by, String feature, boolean on) {
        launcher.apply("try", List.of(feature, on ? "on" : "off", by.session().user(), by.address()));
    }

    void keepChange() {
        launcher.apply("keep", List.of());
    }

    /** Returns whether the bundles are as before. */
    boolean undoChange(String reason) {
        return Boolean.TRUE.equals(launcher.apply("undo", List.of(reason)).get("complete"));
    }
}
