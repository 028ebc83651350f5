package org.catseye.core.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.catseye.core.deploy.jar.DroppedJar;
import org.catseye.core.deploy.jar.JarContent;
import org.catseye.core.deploy.jar.JarFolder;
import org.catseye.core.deploy.jar.JarStamp;
import org.catseye.core.deploy.jar.RefusedFile;
import org.catseye.core.deploy.signature.JarSignature;
import org.catseye.core.deploy.version.JarResults;
import org.catseye.deploy.BundleReview;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jars of the drop folder that may be installed. A file counts when it is a whole jar and has not changed between two readings. Until
 * then, the bundle of its previous content stays. A file that is refused is logged. Only the methods that say so are
 * thread-safe.
 */
final class DroppedFiles {

    private static final Logger LOG = LoggerFactory.getLogger(DroppedFiles.class);
    private static final long INCOMPLETE_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** It becomes part of file names. */
    private static final String SYMBOLIC_NAME = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}";

    private record Incomplete(long sinceNanos, String reason) {
    }

    private final JarFolder folder;
    private final BundleReview review;
    private final Consumer<String> change;
    private final JarResults results;
    private final Map<String, DroppedJar> jars = new ConcurrentHashMap<>();
    private final Map<String, RefusedFile> refused = new ConcurrentHashMap<>();
    private final Map<String, JarStamp> examined = new HashMap<>();
    private final Map<String, Incomplete> incomplete = new HashMap<>();
    private final Set<String> changedNames = new HashSet<>();
    private boolean unreadable;

    /** @param change gets the symbolic name of each bundle whose files have changed */
    DroppedFiles(Path folder, BundleReview review, Consumer<String> change, JarResults results) {
        this.folder = new JarFolder(folder);
        this.review = review;
        this.change = change;
        this.results = results;
    }

    /** The jars with this symbolic name. Thread-safe. */
    List<DroppedJar> listJars(String symbolicName) {
        return jars.values().stream().filter(jar -> jar.symbolicName().equals(symbolicName)).toList();
    }

    /** All jars that may be installed. Thread-safe. */
    List<DroppedJar> listJars() {
        return List.copyOf(jars.values());
    }

    /** The files that are not installed, or not yet. Thread-safe. */
    List<RefusedFile> listRefused() {
        return List.copyOf(refused.values());
    }

    /**
     * Reads the folder without waiting for a second reading, and compares it with the bundles that an earlier run has installed.
     *
     * @return false if the folder cannot be read; then nothing changes, because it may still contain the files of these bundles
     */
    boolean requestInstalledNames(Bundle[] bundles) {
        Set<String> names = new HashSet<>();
        Arrays.stream(bundles).filter(bundle -> bundle.getLocation().startsWith(DroppedJar.LOCATION_PREFIX)).map(Bundle::getSymbolicName).forEach(names::add);
        try {
            folder.readNames().forEach(this::examine);
            unreadable = false;
        } catch (IOException e) {
            logUnreadable(e);
            return false;
        }
        changedNames.addAll(names);
        requestChanges();
        return true;
    }

    /** After the whole folder was read, because several files may have the same name of a bundle. */
    private void requestChanges() {
        changedNames.forEach(change);
        changedNames.clear();
    }

    /** @param removed gets the names of removed files */
    void readFolder(Consumer<String> removed) {
        try {
            Map<String, JarStamp> found = folder.readNames();
            unreadable = false;
            Set<String> gone = new HashSet<>(examined.keySet());
            gone.removeAll(found.keySet());
            gone.forEach(file -> {
                forget(file);
                removed.accept(file);
            });
            found.entrySet().stream().filter(entry -> folder.isUnchanged(entry.getKey()) && !entry.getValue().equals(examined.get(entry.getKey())))
                    .forEach(entry -> examine(entry.getKey(), entry.getValue()));
            requestChanges();
            logIncomplete();
        } catch (IOException e) {
            logUnreadable(e);
        }
    }

    private void logUnreadable(IOException problem) {
        if (!unreadable) {
            unreadable = true;
            LOG.error("The drop folder {} cannot be read", folder.path(), problem);
        }
    }

    private void forget(String file) {
        examined.remove(file);
        incomplete.remove(file);
        refused.remove(file);
        results.remove(file);
        Optional.ofNullable(jars.remove(file)).ifPresentOrElse(jar -> changedNames.add(jar.symbolicName()),
                () -> LOG.info("{} was removed from the drop folder", file));
    }

    private void examine(String file, JarStamp stamp) {
        examined.put(file, stamp);
        incomplete.remove(file);
        refused.remove(file);
        Path path = folder.path().resolve(file);
        try {
            JarContent content = JarContent.readFile(path);
            JarSignature signature = JarSignature.readFile(path);
            Optional<String> problem = findProblem(content).or(() -> signature.isDamaged() ? Optional.of(signature.reason()) : Optional.empty());
            if (problem.isPresent()) {
                LOG.error("{} in the drop folder is not installed: {}. Everything else keeps running", file, problem.get());
                refused.put(file, new RefusedFile(file, content.symbolicName(), problem.get(), signature));
                Optional.ofNullable(jars.remove(file)).ifPresent(previous -> changedNames.add(previous.symbolicName()));
            } else {
                accept(DroppedJar.describe(path, stamp.modified(), content));
            }
        } catch (IOException e) {
            incomplete.put(file, new Incomplete(System.nanoTime(), e.getMessage()));
            refused.put(file, new RefusedFile(file, Optional.empty(), "it is not a whole jar (" + e.getMessage() + ")", JarSignature.NONE));
        }
    }

    /** Why the manifest of a whole jar is refused; empty if it may be installed. Thread-safe. */
    Optional<String> findProblem(JarContent content) {
        try {
            return reviewContent(content);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.debug("a manifest cannot be parsed", e);
            return Optional.of("its manifest is malformed (" + e + ")");
        }
    }

    private Optional<String> reviewContent(JarContent content) {
        return findManifestProblem(content).or(() -> review.findProblem(content.headers()));
    }

    /** As {@link #findProblem}, as far as it does not depend on other bundles. */
    static Optional<String> findManifestProblem(JarContent content) {
        if (content.symbolicName().isEmpty()) {
            return Optional.of("it is no OSGi bundle: its manifest has no Bundle-SymbolicName");
        }
        if (!content.symbolicName().orElseThrow().matches(SYMBOLIC_NAME)) {
            return Optional.of("its symbolic name has more than 200 characters, or others than letters, digits, dots, dashes and underscores");
        }
        if (!content.hasValidVersion()) {
            return Optional.of("its manifest has a malformed Bundle-Version");
        }
        return Optional.empty();
    }

    private void accept(DroppedJar jar) {
        DroppedJar previous = jars.put(jar.fileName(), jar);
        if (previous != null && !previous.symbolicName().equals(jar.symbolicName())) {
            changedNames.add(previous.symbolicName());
        }
        changedNames.add(jar.symbolicName());
    }

    /** Not at once: a copy over a slow network may pause. */
    private void logIncomplete() {
        incomplete.entrySet().removeIf(entry -> {
            boolean due = System.nanoTime() - entry.getValue().sinceNanos() > INCOMPLETE_PATIENCE_NANOS;
            if (due) {
                LOG.error("{} in the drop folder is not installed: it is not a whole jar ({}). It will be looked at again when it changes. {}",
                        entry.getKey(), entry.getValue().reason(),
                        jars.containsKey(entry.getKey()) ? "Its previous content keeps running until then" : "Everything else keeps running");
            }
            return due;
        });
    }
}
