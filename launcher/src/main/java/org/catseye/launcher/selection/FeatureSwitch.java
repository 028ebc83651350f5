package org.catseye.launcher.selection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.logging.Logger;
import org.catseye.launcher.feature.Feature;
import org.catseye.launcher.feature.FeatureReader;
import org.catseye.launcher.home.ConfigurationSeeds;
import org.catseye.launcher.refusal.StartRefusedException;

/**
 * Switches features while the framework runs. It is a service of the framework, for org.catseye.core.deploy, which makes the plan, watches
 * the trial and decides how it ends. The launcher shares no class with bundles, so the service has only types of Java: the name of an
 * operation and its texts go in, a map comes out. An operation that fails throws an IllegalStateException with a sentence.
 *
 * <ul>
 * <li>{@code describe}: the features, why they are on, and what was undone
 * <li>{@code try} [feature, on or off, user, address]: changes the bundles, and leaves a record; {@code undo} has to follow a failure
 * <li>{@code keep}: the choice is stored, and the record deleted
 * <li>{@code undo} [reason]: the bundles are as before. The value {@code complete} is false if a bundle hangs: then no bundle is changed any more,
 * and no change can be tried until that bundle has started or stopped
 * </ul>
 *
 * {@code describe} returns at once. The other operations block, and one of them runs at a time.
 */
public final class FeatureSwitch implements BiFunction<String, List<String>, Map<String, Object>> {
    /** The property of the service, with the value {@link #SERVICE}. */
    public static final String PROPERTY = "catseye.service";
    public static final String SERVICE = "features";
    private static final Logger LOG = Logger.getLogger("catseye.launcher");
    private static final long TIMEOUT_SECONDS = 20;
    private static final int TRY_TEXTS = 4;
    private final FeatureReader reader;
    private final Path repository;
    private final ConfigurationSeeds seeds;
    private final ChosenFeatures choice;
    private final boolean safeMode;
    /** Replaced with the lock of this. */
    private volatile FeatureSelection current;
    /** Not reported yet. */
    private final AtomicReference<Optional<ChosenFeatures.Change>> recovered;
    /** Guarded by this, as are the next ones. */
    private final BundleChanges bundles;
    private Optional<FeatureSelection> tried = Optional.empty();
    private Optional<ChosenFeatures.Change> change = Optional.empty();

    /** Brings the bundles of the framework in line with features. */
    @FunctionalInterface
    public interface BundleChange {
        /**
         * @param abandoned asked before each step; the change ends there if it is true
         * @throws StartRefusedException naming the bundle that cannot be installed or started, or if the change is abandoned
         */
        void switchBundles(List<Feature> features, BooleanSupplier abandoned) throws StartRefusedException;
    }

    /** @param recovered the change that was undone at this start */
    FeatureSwitch(FeatureReader reader, Path repository, ConfigurationSeeds seeds, ChosenFeatures choice, boolean safeMode, FeatureSelection current,
            Optional<ChosenFeatures.Change> recovered, BundleChange bundles, long timeoutMillis) {
        this.reader = reader;
        this.repository = repository;
        this.seeds = seeds;
        this.choice = choice;
        this.safeMode = safeMode;
        this.current = current;
        this.recovered = new AtomicReference<>(recovered);
        this.bundles = new BundleChanges(bundles, timeoutMillis);
    }

    static long defaultTimeoutMillis() {
        return TimeUnit.SECONDS.toMillis(TIMEOUT_SECONDS);
    }

    @Override
    public Map<String, Object> apply(String operation, List<String> texts) {
        // The page is read while a change runs.
        return operation.equals("describe") ? describe() : changeFeatures(operation, texts);
    }

    private synchronized Map<String, Object> changeFeatures(String operation, List<String> texts) {
        try {
            return switch (operation) {
                case "try" -> tryChange(texts);
                case "keep" -> keepChange();
                case "undo" -> undoChange(texts.get(0));
                default -> throw new IllegalArgumentException("there is no operation " + operation);
            };
        } catch (StartRefusedException e) {
            throw new IllegalStateException(e.getMessage(), e);
        } catch (IOException e) {
            throw new IllegalStateException("a file in the home cannot be written: " + StartRefusedException.describeCause(e), e);
        }
    }

    private Map<String, Object> describe() {
        Map<String, Object> all = new HashMap<>();
        FeatureSelection now = current;
        all.put("features", reader.readAllFeatures().stream().map(feature -> describeFeature(now, feature)).toList());
        all.put("problem", now.problem());
        choice.findRollBack().ifPresent(undone -> all.put("rollBack",
                Map.of("feature", undone.feature(), "time", undone.time().toString(), "reason", undone.reason())));
        recovered.getAndSet(Optional.empty()).ifPresent(each -> all.put("recovered", Map.of("feature", each.feature(), "user", each.user(), "address", each.address(),
                "reason", ChosenFeatures.STOPPED)));
        return all;
    }

    private Map<String, Object> describeFeature(FeatureSelection now, Feature feature) {
        String name = feature.name();
        boolean on = now.isOn(name);
        return Map.of("name", name, "title", feature.title(), "description", feature.description(), "on", on,
                "origin", on ? findOrigin(now, name) : "", "fixed", findHindrance(now, feature),
                "bundles", feature.bundles().stream().map(entry -> Map.of("location", entry.artifact().bundleLocation(), "name", entry.artifact().name(),
                        "level", entry.startLevel(), "file", file(entry).toString())).toList());
    }

    private Path file(Feature.Entry entry) {
        return repository.resolve(entry.artifact().repositoryPath());
    }

    private static String findOrigin(FeatureSelection now, String name) {
        if (name.equals(FeatureReader.BASE)) {
            return "base";
        }
        if (now.commandLine().contains(name)) {
            return "command-line";
        }
        return now.chosen().isPresent() ? "chosen" : "default";
    }

    /** Why the feature cannot be switched at run time, as a word; empty if it can. */
    private String findHindrance(FeatureSelection now, Feature feature) {
        if (feature.name().equals(FeatureReader.BASE)) {
            return "base";
        }
        if (safeMode) {
            return "safe-mode";
        }
        // The framework reads its properties only when it starts.
        return now.commandLine().contains(feature.name()) ? "command-line" : feature.frameworkProperties().isEmpty() ? "" : "start";
    }

    private Map<String, Object> tryChange(List<String> texts) throws StartRefusedException, IOException {
        if (texts.size() != TRY_TEXTS || change.isPresent()) {
            throw new IllegalStateException(change.isPresent() ? "a change is being tried" : "a change needs a feature, on or off, a user and an address");
        }
        requireNoRunningChange();
        Feature feature = reader.readFeature(texts.get(0));
        boolean on = texts.get(1).equals("on");
        if (!findHindrance(current, feature).isEmpty() || current.isOn(feature.name()) == on) {
            throw new IllegalStateException("the feature " + feature.name() + " cannot be switched " + texts.get(1));
        }
        List<String> names = new ArrayList<>(current.effectiveChoice());
        names.remove(feature.name());
        if (on) {
            names.add(feature.name());
        }
        FeatureSelection next = current.withChosen(reader, names);
        ChosenFeatures.Change planned = new ChosenFeatures.Change(feature.name(), on, List.copyOf(names), texts.get(2), texts.get(3));
        choice.beginTrial(planned);
        change = Optional.of(planned);
        tried = Optional.of(next);
        if (on) {
            checkFiles(feature);
            seeds.writeMissing(feature);
        }
        bundles.switchBundles(next);
        return Map.of();
    }

    private void requireNoRunningChange() {
        if (!bundles.isIdle()) {
            throw new IllegalStateException("an earlier change has not ended");
        }
    }

    /** Before the first bundle is installed. */
    private void checkFiles(Feature feature) throws StartRefusedException {
        for (Feature.Entry entry : feature.bundles()) {
            if (!Files.isReadable(file(entry))) {
                throw new StartRefusedException("the file " + file(entry) + " is missing or cannot be read; unpack the archive again");
            }
        }
    }

    private Map<String, Object> keepChange() throws IOException {
        requireNoRunningChange();
        if (current.chosen().isEmpty() && choice.exists()) {
            choice.keepIgnored();
        }
        choice.commitTrial(change.orElseThrow(() -> new IllegalStateException("no change is being tried")));
        current = tried.orElseThrow();
        endChange();
        return Map.of();
    }

    private void endChange() {
        change = Optional.empty();
        tried = Optional.empty();
    }

    private Map<String, Object> undoChange(String reason) throws IOException {
        if (change.isEmpty()) {
            return Map.of("complete", bundles.isIdle());
        }
        boolean complete = bundles.abandonAndWait() && changeBack();
        choice.undoTrial(change.get().feature(), reason);
        endChange();
        return Map.of("complete", complete);
    }

    private boolean changeBack() {
        try {
            bundles.switchBundles(current);
            return true;
        } catch (StartRefusedException e) {
            LOG.warning("the bundles are not as before the change: " + e.getMessage());
            return false;
        }
    }
}
