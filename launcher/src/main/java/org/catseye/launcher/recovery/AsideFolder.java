package org.catseye.launcher.recovery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.catseye.launcher.framework.JarFingerprints;
import org.catseye.launcher.refusal.StartRefusedException;

/**
 * Moves everything into {@code <home>/aside/<time>/} that was added to the product and could lock users out: jars of the drop folder,
 * uploaded bundles, configurations. Only copies of the distribution's own bundles are deleted. Use it while no framework runs.
 */
public final class AsideFolder {
    private static final Logger LOG = Logger.getLogger("catseye.launcher");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
    private final Path home;
    private final Path folder;
    private final List<String> moved = new ArrayList<>();

    public AsideFolder(Path home, Instant now) {
        this.home = home;
        this.folder = home.resolve("aside").resolve(TIME.format(now));
    }

    /** The moved items, one line each, with paths relative to the home. */
    public List<String> movedItems() {
        return List.copyOf(moved);
    }

    /** Moves the whole drop folder; an empty one replaces it. */
    public void moveDropFolder() throws IOException {
        Path deploy = home.resolve("deploy");
        if (!Files.isDirectory(deploy, LinkOption.NOFOLLOW_LINKS) || !isEmptyFolder(deploy)) {
            moveItem(deploy, "deploy");
        }
        createPrivateFolder(deploy);
    }

    /** Moves the features that were switched on, with the records of changes and starts; the default ones start again. */
    public void moveFeatures() throws IOException {
        Path features = home.resolve("features");
        if (!Files.isDirectory(features, LinkOption.NOFOLLOW_LINKS) || !isEmptyFolder(features)) {
            moveItem(features, "features");
        }
    }

    public void moveConfigurations(RetainedConfigurations retained, Path defaults) throws IOException {
        Path config = home.resolve("config");
        if (!Files.isDirectory(config, LinkOption.NOFOLLOW_LINKS)) {
            moveItem(config, "config");
            createPrivateFolder(config);
        }
        for (Path file : retained.findOthers(config, defaults)) {
            moveItem(file, "config/" + file.getFileName());
        }
    }

    /** Empties the framework's cache. A bundle that differs from those of the distribution in any byte is moved, with its stored data. */
    public void clearCache(Path repository) throws IOException {
        Path cache = home.resolve("cache");
        if (!Files.isDirectory(cache, LinkOption.NOFOLLOW_LINKS)) {
            moveItem(cache, "cache");
            createPrivateFolder(cache);
        }
        Set<String> known = computeFingerprints(repository);
        for (Path entry : listFiles(cache)) {
            String name = entry.getFileName().toString();
            if (name.startsWith("classes")) {
                // The class archive that the start script passes to the JVM. It may be in use.
                continue;
            }
            if (name.matches("bundle[1-9][0-9]*") && !containsOnly(entry, known)) {
                moveItem(entry, "bundles/" + CachedBundleName.readBundleName(entry).orElse(name));
            } else {
                deleteTree(entry);
            }
        }
    }

    private static Set<String> computeFingerprints(Path repository) throws IOException {
        Set<String> marks = new HashSet<>();
        try (Stream<Path> jars = Files.walk(repository)) {
            for (Path jar : jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
                marks.add(JarFingerprints.computeFingerprint(jar));
            }
        }
        return marks;
    }

    /** The bundle itself is always {@code bundle.jar}. Other jars there were unpacked from it, for its class path. */
    private static boolean containsOnly(Path bundle, Set<String> known) {
        try (Stream<Path> files = Files.walk(bundle)) {
            for (Path jar : files.filter(file -> file.getFileName().toString().equals("bundle.jar")).toList()) {
                if (!known.contains(JarFingerprints.computeFingerprint(jar))) {
                    return false;
                }
            }
            return true;
        } catch (IOException | UncheckedIOException e) {
            LOG.log(Level.FINE, bundle + " is moved, because it cannot be read", e);
            return false;
        }
    }

    /** An item that cannot be moved is logged: moving the others may be sufficient. */
    private void moveItem(Path from, String to) throws IOException {
        if (!Files.exists(from, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Path target = folder.resolve(to);
        for (int i = 2; Files.exists(target, LinkOption.NOFOLLOW_LINKS); i++) {
            target = folder.resolve(to + "-" + i);
        }
        try {
            createPrivateFolder(target.getParent());
            Files.move(from, target);
        } catch (IOException e) {
            LOG.log(Level.SEVERE, from + " cannot be moved aside: " + StartRefusedException.describeCause(e), e);
            return;
        }
        List<String> inside = to.matches("deploy|features") && Files.isDirectory(target) ? listNames(target) : List.of();
        moved.add(home.relativize(target) + (inside.isEmpty() ? "" : " (" + String.join(", ", inside) + ")"));
    }

    private static List<String> listNames(Path folder) throws IOException {
        return listFiles(folder).stream().map(file -> file.getFileName().toString()).toList();
    }

    private static List<Path> listFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static boolean isEmptyFolder(Path folder) throws IOException {
        return listFiles(folder).isEmpty();
    }

    private static void createPrivateFolder(Path folder) throws IOException {
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** Deletes a file or a folder with its content. Links are not followed. */
    public static void deleteTree(Path tree) throws IOException {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
