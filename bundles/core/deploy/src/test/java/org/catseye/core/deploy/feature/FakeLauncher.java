package org.catseye.core.deploy.feature;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/** The launcher's service with features of jars in a folder, as the real one describes them; it installs and uninstalls bundles, and writes no file. */
final class FakeLauncher implements BiFunction<String, List<String>, Map<String, Object>> {

    final List<String> calls = new ArrayList<>();
    /** Names of bundles by feature. */
    private final Map<String, List<String>> features = new TreeMap<>();
    private final Map<String, String> states = new TreeMap<>();
    private final BundleContext framework;
    private final Path repository;
    final Map<String, Object> more = new HashMap<>(Map.of("problem", ""));
    boolean complete = true;

    FakeLauncher(BundleContext framework, Path repository) {
        this.framework = framework;
        this.repository = repository;
    }

    /** @param state the origin; empty for a feature that is off, with {@code !} and an obstacle if it has one */
    void add(String feature, String state, String... bundles) throws BundleException, IOException {
        features.put(feature, List.of(bundles));
        states.put(feature, state);
        switchBundles();
    }

    static String location(String bundle) {
        return "mvn:g:" + bundle + ":1.0.0";
    }

    Path file(String bundle) {
        return repository.resolve(bundle + ".jar");
    }

    private boolean isOn(String feature) {
        return !states.get(feature).split("!", -1)[0].isEmpty();
    }

    private void switchBundles() throws BundleException, IOException {
        List<String> wanted = features.keySet().stream().filter(this::isOn).flatMap(feature -> features.get(feature).stream()).toList();
        for (String name : features.values().stream().flatMap(List::stream).toList()) {
            Bundle bundle = framework.getBundle(location(name));
            if (bundle != null && !wanted.contains(name)) {
                bundle.uninstall();
            }
        }
        for (String name : wanted) {
            if (framework.getBundle(location(name)) == null) {
                try (InputStream in = Files.newInputStream(file(name))) {
                    framework.installBundle(location(name), in).start();
                }
            }
        }
    }

    @Override
    public Map<String, Object> apply(String operation, List<String> texts) {
        calls.add(operation + (texts.isEmpty() ? "" : " " + String.join(" ", texts)));
        try {
            switch (operation) {
                case "describe" -> {
                    calls.remove(calls.size() - 1);
                    return describe();
                }
                case "try" -> {
                    states.put(texts.get(0), texts.get(1).equals("on") ? "chosen" : "");
                    switchBundles();
                }
                case "undo" -> {
                    String feature = calls.stream().filter(call -> call.startsWith("try ")).reduce((first, second) -> second).orElseThrow().split(" ")[1];
                    states.put(feature, isOn(feature) ? "" : "chosen");
                    switchBundles();
                    return Map.of("complete", complete);
                }
                default -> {
                    return Map.of();
                }
            }
            return Map.of();
        } catch (BundleException | IOException e) {
            throw new IllegalStateException("the bundle did not start", e);
        }
    }

    private Map<String, Object> describe() {
        Map<String, Object> all = new HashMap<>(more);
        more.remove("recovered");
        all.put("features", features.keySet().stream().map(this::describeFeature).toList());
        return all;
    }

    private Map<String, Object> describeFeature(String feature) {
        String[] state = states.get(feature).split("!", -1);
        return Map.of("name", feature, "title", "The " + feature, "description", "For " + feature + ".", "on", isOn(feature), "origin", state[0],
                "fixed", state.length > 1 ? state[1] : "", "bundles", features.get(feature).stream()
                        .map(bundle -> Map.of("location", location(bundle), "name", bundle, "level", 3, "file", file(bundle).toString())).toList());
    }
}
