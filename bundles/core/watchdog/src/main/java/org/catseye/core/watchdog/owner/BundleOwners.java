package org.catseye.core.watchdog.owner;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleReference;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Finds the bundle of a class. A stack trace of another thread has only the names of classes, so the packages of all bundles are kept. A package
 * that several running bundles contain belongs to none. Plug-ins that were removed are remembered, because their threads may go on. Thread-safe,
 * but for {@link #readBundles()}, which is for one thread.
 */
public final class BundleOwners {

    /** A package that belongs to none, because several bundles contain it. */
    private static final BundleOwner NONE = new BundleOwner("", false);
    private static final int RUNNING = Bundle.STARTING | Bundle.ACTIVE | Bundle.STOPPING;
    private static final int MAX_REMOVED = 100;

    private final BundleContext framework;
    private final Map<Long, BundleOwner> byBundle = new ConcurrentHashMap<>();
    /** Only for the thread of readBundles. */
    private final Map<Long, Content> contents = new HashMap<>();
    private volatile Predicate<String> pluginLocations = location -> false;
    private volatile Map<String, BundleOwner> byPackage = Map.of();
    private volatile Set<BundleOwner> running = Set.of();
    private volatile Set<String> installedPlugins = Set.of();

    private record Content(BundleOwner owner, long lastModified, Set<String> packages) {
    }

    public BundleOwners(BundleContext framework) {
        this.framework = framework;
    }

    /** @param isPlugin whether the bundle with this location is a plug-in */
    public void setPluginLocations(Predicate<String> isPlugin) {
        pluginLocations = isPlugin;
        byBundle.clear();
    }

    /** Reads the packages of bundles that have changed since the last call, and which bundles run. */
    public void readBundles() {
        Bundle[] bundles = framework.getBundles();
        Set<BundleOwner> nowRunning = new HashSet<>();
        for (Bundle bundle : bundles) {
            if (bundle.getBundleId() == Constants.SYSTEM_BUNDLE_ID) {
                continue;
            }
            BundleOwner owner = findOwner(bundle);
            if ((bundle.getState() & RUNNING) != 0) {
                nowRunning.add(owner);
            }
            Content known = contents.get(bundle.getBundleId());
            if (known == null || known.lastModified() != bundle.getLastModified() || !known.owner().equals(owner) || known.packages().isEmpty()) {
                Set<String> packages = readPackages(bundle);
                if (known == null || !packages.isEmpty()) {
                    contents.put(bundle.getBundleId(), new Content(owner, bundle.getLastModified(), packages));
                }
            }
        }
        forgetRemoved(Arrays.stream(bundles).map(Bundle::getBundleId).collect(Collectors.toSet()));
        running = Set.copyOf(nowRunning);
        installedPlugins = Arrays.stream(bundles).map(this::findOwner).filter(BundleOwner::plugin).map(BundleOwner::name).collect(Collectors.toUnmodifiableSet());
        byPackage = assignPackages();
    }

    /** Empty for a bundle that is not resolved. */
    private static Set<String> readPackages(Bundle bundle) {
        BundleWiring wiring = bundle.adapt(BundleWiring.class);
        if (wiring == null) {
            return Set.of();
        }
        // Null if the bundle is updated or uninstalled meanwhile.
        return Optional.ofNullable(wiring.listResources("/", "*.class", BundleWiring.LISTRESOURCES_RECURSE | BundleWiring.LISTRESOURCES_LOCAL)).stream()
            .flatMap(classes -> classes.stream()).map(BundleOwners::packageOfFile).filter(name -> !name.isEmpty()).collect(Collectors.toUnmodifiableSet());
    }

    private static String packageOfFile(String file) {
        return file.substring(0, Math.max(0, file.lastIndexOf('/'))).replace('/', '.');
    }

    private void forgetRemoved(Set<Long> installed) {
        contents.entrySet().removeIf(entry -> !installed.contains(entry.getKey()) && !entry.getValue().owner().plugin());
        contents.keySet().stream().filter(id -> !installed.contains(id)).sorted().limit(Math.max(0, contents.size() - installed.size() - MAX_REMOVED)).toList()
            .forEach(contents::remove);
    }

    /** Those of bundles that run first. */
    private Map<String, BundleOwner> assignPackages() {
        Map<String, BundleOwner> assigned = new HashMap<>();
        contents.values().stream().filter(content -> running.contains(content.owner())).forEach(content -> assign(assigned, content));
        Map<String, BundleOwner> stopped = new HashMap<>();
        contents.values().stream().filter(content -> content.owner().plugin() && !running.contains(content.owner())).forEach(content -> assign(stopped, content));
        stopped.forEach(assigned::putIfAbsent);
        return assigned;
    }

    private static void assign(Map<String, BundleOwner> assigned, Content content) {
        content.packages().forEach(name -> assigned.merge(name, content.owner(), (one, other) -> one.equals(other) ? one : NONE));
    }

    /** The bundle with this class; empty for classes of Java and of the framework. */
    public Optional<BundleOwner> findOwner(Class<?> type) {
        return Optional.ofNullable(FrameworkUtil.getBundle(type)).filter(bundle -> bundle.getBundleId() != Constants.SYSTEM_BUNDLE_ID).map(this::findOwner);
    }

    /** The bundle with this class loader. */
    public Optional<BundleOwner> findOwner(ClassLoader loader) {
        return loader instanceof BundleReference reference && reference.getBundle() != null && reference.getBundle().getBundleId() != Constants.SYSTEM_BUNDLE_ID
            ? Optional.of(findOwner(reference.getBundle())) : Optional.empty();
    }

    private BundleOwner findOwner(Bundle bundle) {
        return byBundle.computeIfAbsent(bundle.getBundleId(), id -> new BundleOwner(Objects.requireNonNullElse(bundle.getSymbolicName(), "bundle-" + id),
            pluginLocations.test(bundle.getLocation())));
    }

    /** The bundle with this id; empty if it is not installed. */
    public Optional<BundleOwner> findOwner(long bundleId) {
        return Optional.ofNullable(framework.getBundle(bundleId)).map(this::findOwner);
    }

    /** The only bundle with a class of this name; empty if there is none, or several have such a package. */
    public Optional<BundleOwner> findOwner(String className) {
        return Optional.ofNullable(byPackage.get(className.substring(0, Math.max(0, className.lastIndexOf('.'))))).filter(owner -> owner != NONE);
    }

    /** The innermost plug-in on a stack. */
    public Optional<BundleOwner> findPlugin(List<String> innermostFirst) {
        return innermostFirst.stream().map(this::findOwner).flatMap(Optional::stream).filter(BundleOwner::plugin).findFirst();
    }

    /** The bundle whose code the thread of a stack runs. */
    public Optional<BundleOwner> findOutermost(List<String> innermostFirst) {
        for (int i = innermostFirst.size() - 1; i >= 0; i--) {
            Optional<BundleOwner> owner = findOwner(innermostFirst.get(i));
            if (owner.isPresent()) {
                return owner;
            }
        }
        return Optional.empty();
    }

    /** The installed plug-in with this symbolic name. */
    public Optional<BundleOwner> findPluginNamed(String name) {
        return installedPlugins.contains(name) ? Optional.of(new BundleOwner(name, true)) : findNewPlugin(name);
    }

    /** One that was installed since the last call of readBundles: it may flood the log from its first moment on. */
    private Optional<BundleOwner> findNewPlugin(String name) {
        return Arrays.stream(framework.getBundles()).filter(bundle -> name.equals(bundle.getSymbolicName())).map(this::findOwner).filter(BundleOwner::plugin).findFirst();
    }

    /** The bundles that ran at the last call of {@link #readBundles()}. */
    public Set<BundleOwner> listRunning() {
        return running;
    }

    /** The installed plug-ins, whether they run or not. */
    public Set<BundleOwner> listInstalledPlugins() {
        return installedPlugins.stream().map(name -> new BundleOwner(name, true)).collect(Collectors.toSet());
    }

    public boolean isInstalled(BundleOwner plugin) {
        return installedPlugins.contains(plugin.name());
    }
}
