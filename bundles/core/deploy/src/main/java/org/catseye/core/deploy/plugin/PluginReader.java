package org.catseye.core.deploy.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.catseye.core.deploy.DropFolder;
import org.catseye.core.deploy.jar.DroppedJar;
import org.catseye.core.deploy.jar.RefusedFile;
import org.catseye.core.deploy.manifest.PluginHeaders;
import org.catseye.core.deploy.running.BundleParts;
import org.catseye.core.deploy.running.ComponentStates;
import org.catseye.core.deploy.running.ComponentStates.ComponentState;
import org.catseye.core.deploy.running.ComponentStates.Lack;
import org.catseye.core.deploy.running.RunningBundles;
import org.catseye.core.deploy.signature.JarSignature;
import org.catseye.core.deploy.signature.SignatureTrust;
import org.catseye.core.deploy.version.JarResults.Result;
import org.catseye.plugins.Plugin;
import org.catseye.plugins.Plugin.KeptVersion;
import org.catseye.plugins.PluginDescription;
import org.catseye.plugins.PluginDescription.Identity;
import org.catseye.plugins.PluginDescription.Signature;
import org.catseye.plugins.PluginState;
import org.catseye.plugins.ProductBundle;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Describes the plug-ins and the bundles of the product. Thread-safe. */
final class PluginReader {

    private static final Logger LOG = LoggerFactory.getLogger(PluginReader.class);

    /** A description without the signature, because whether that is trusted can change. */
    private record ReadJar(PluginDescription description, JarSignature signature) {
    }

    /** A state with the reason for it. */
    private record Condition(PluginState state, String reason) {
    }

    private final BundleContext framework;
    private final DropFolder folder;
    private final ComponentStates components;
    private final SettingsForms forms;
    private final SignatureTrust trust;
    /** By digest, because the signature of a large jar takes a while to verify. */
    private final Map<String, ReadJar> descriptions = new ConcurrentHashMap<>();

    PluginReader(BundleContext framework, DropFolder folder, ComponentStates components, SettingsForms forms, SignatureTrust trust) {
        this.framework = framework;
        this.folder = folder;
        this.components = components;
        this.forms = forms;
        this.trust = trust;
    }

    List<Plugin> listPlugins() {
        List<DroppedJar> jars = folder.listJars();
        descriptions.keySet().retainAll(jars.stream().map(DroppedJar::digest).collect(Collectors.toSet()));
        List<Plugin> plugins = new ArrayList<>();
        jars.stream().collect(Collectors.groupingBy(DroppedJar::symbolicName)).values().forEach(same -> plugins.addAll(describePlugins(same)));
        folder.listRefused().stream().filter(refused -> jars.stream().noneMatch(jar -> jar.fileName().equals(refused.fileName())))
                .forEach(refused -> plugins.add(describeRefused(refused)));
        plugins.sort(Comparator.comparing((Plugin plugin) -> plugin.description().id()).thenComparing(Plugin::fileName));
        return plugins;
    }

    /** The one that runs has the symbolic name as its id. Further files of the same name have their file name. */
    private List<Plugin> describePlugins(List<DroppedJar> same) {
        List<DroppedJar> ordered = same.stream().sorted(Comparator.comparing((DroppedJar jar) -> findResult(jar).filter(Result::isRunning).isPresent())
                .thenComparing(DroppedJar::version).thenComparing(DroppedJar::modified).reversed()).toList();
        List<Plugin> plugins = new ArrayList<>();
        for (DroppedJar jar : ordered) {
            plugins.add(describePlugin(jar, plugins.isEmpty() ? jar.symbolicName() : jar.fileName(), plugins.isEmpty()));
        }
        return plugins;
    }

    private Plugin describePlugin(DroppedJar jar, String id, boolean first) {
        Optional<Bundle> bundle = Optional.ofNullable(framework.getBundle(jar.location()));
        Condition condition = describeState(jar, bundle);
        String unused = folder.listRefused().stream().filter(refused -> refused.fileName().equals(jar.fileName())).findFirst()
                .map(refused -> "The file has changed since, and its new content is not used: " + refused.reason() + ".").orElse("");
        PluginDescription known = describeJar(jar);
        PluginDescription description = new PluginDescription(id, known.name(), jar.version().toString(), known.maker(), known.description(), known.permissions(), known.signature());
        return new Plugin(description, jar.fileName(), jar.modified().toInstant(), condition.state(), (condition.reason() + " " + unused).strip(), !folder.isStopped(jar),
                bundle.filter(RunningBundles::isRunning).map(BundleParts::listParts).orElse(List.of()),
                bundle.map(forms::listPids).orElse(List.of()), first ? listKept(jar.symbolicName()) : List.of());
    }

    private Optional<Result> findResult(DroppedJar jar) {
        return folder.findResult(jar.fileName(), jar.digest());
    }

    private Condition describeState(DroppedJar jar, Optional<Bundle> bundle) {
        Optional<Result> result = findResult(jar);
        if (result.isEmpty() || bundle.isEmpty() && result.get().isRunning()) {
            return new Condition(PluginState.STARTING, "");
        }
        if (result.get().isRunning() && !RunningBundles.isRunning(bundle.orElseThrow())) {
            return jar.fragment() ? new Condition(PluginState.WAITING, "It is not attached to " + RunningBundles.readHost(bundle.get()) + ".")
                    : new Condition(PluginState.STARTING, "");
        }
        String reason = result.get().problem().isEmpty() ? "" : asSentence(result.get().fullProblem());
        return switch (result.get().kind()) {
            case RUNNING -> describeComponents(bundle.orElseThrow());
            case WAITING -> new Condition(PluginState.WAITING, reason);
            case STOPPED_BY_USER -> new Condition(PluginState.DISABLED, "");
            case HELD -> new Condition(PluginState.HELD, reason);
            case NOT_CHOSEN -> new Condition(PluginState.NOT_USED, reason);
            case FAILED -> new Condition(PluginState.FAILED, reason);
        };
    }

    /** A component may be there for a configuration that the user does not need. It waits only if a service is missing, or if nothing else works. */
    private Condition describeComponents(Bundle bundle) {
        List<ComponentState> states = components.listStates(bundle);
        String problems = states.stream().map(ComponentState::problem).filter(problem -> !problem.isEmpty()).collect(Collectors.joining(" "));
        boolean failed = states.stream().anyMatch(state -> state.lack() == Lack.FAILED);
        boolean waits = states.stream().anyMatch(state -> state.lack() == Lack.SERVICE) || !states.isEmpty() && states.stream().noneMatch(ComponentState::isSatisfied);
        return new Condition(failed ? PluginState.FAILED : waits ? PluginState.WAITING : PluginState.RUNNING, problems);
    }

    /** The texts for the log begin with a small letter and have no full stop. */
    private static String asSentence(String problem) {
        return Character.toUpperCase(problem.charAt(0)) + problem.substring(1) + ".";
    }

    /** With the signature as it is currently trusted. */
    PluginDescription describeJar(DroppedJar jar) {
        ReadJar read = readJar(jar);
        return read.description().withSignature(trust.assess(read.signature()));
    }

    private ReadJar readJar(DroppedJar jar) {
        return descriptions.computeIfAbsent(jar.digest(), digest -> readDescription(jar.symbolicName(), jar.path()));
    }

    boolean isSignedBy(DroppedJar jar, Identity maker) {
        return trust.isSignedBy(readJar(jar).signature(), maker);
    }

    private static ReadJar readDescription(String id, Path path) {
        try (JarFile file = new JarFile(path.toFile(), false)) {
            Attributes headers = Optional.ofNullable(file.getManifest()).map(manifest -> manifest.getMainAttributes()).orElse(new Attributes());
            return new ReadJar(PluginHeaders.describe(id, headers), JarSignature.readFile(path));
        } catch (IOException | RuntimeException e) {
            LOG.debug("{} cannot be read", path, e);
            return new ReadJar(new PluginDescription(id, id, "", "", "", Optional.empty(), Signature.NONE), JarSignature.NONE);
        }
    }

    private Plugin describeRefused(RefusedFile file) {
        PluginDescription description = new PluginDescription(file.fileName(), file.symbolicName().orElse(file.fileName()), "", "", "", Optional.empty(),
                trust.assess(file.signature()));
        return new Plugin(description, file.fileName(), readModified(file.fileName()), PluginState.REFUSED, asSentence(file.reason()), true, List.of(), List.of(), List.of());
    }

    private Instant readModified(String fileName) {
        try {
            return Files.getLastModifiedTime(folder.path().resolve(fileName)).toInstant();
        } catch (IOException e) {
            return Instant.EPOCH;
        }
    }

    private List<KeptVersion> listKept(String name) {
        try {
            return folder.changes().listKept(name).stream().map(jar -> new KeptVersion(jar.version(), jar.replaced())).toList();
        } catch (IOException e) {
            LOG.warn("The earlier versions of {} cannot be read", name, e);
            return List.of();
        }
    }

    List<ProductBundle> listProductBundles() {
        Set<Integer> running = Set.of(Bundle.ACTIVE, Bundle.STARTING);
        return Arrays.stream(framework.getBundles()).filter(bundle -> !bundle.getLocation().startsWith(DroppedJar.LOCATION_PREFIX))
                .map(bundle -> new ProductBundle(String.valueOf(bundle.getSymbolicName()), bundle.getVersion().toString(),
                        running.contains(bundle.getState()) || bundle.getState() == Bundle.RESOLVED && bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null))
                .sorted(Comparator.comparing(ProductBundle::name)).toList();
    }
}
