package org.catseye.launcher;

import java.io.IOException;
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

/**
 * Moves into {@code <home>/aside/<time>/} whatever a person has added and could keep people out: jars of the drop folder, bundles that were uploaded,
 * configurations. Only copies of the distribution's own bundles are deleted. To be used while no framework runs.
 */
final class Aside {
    private static final Logger LOG = Logger.getLogger("catseye.launcher");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
    private final Path home;
    private final Path folder;
    private final List<String> moved = new ArrayList<>();

    Aside(Path home, Instant now) {
        this.home = home;
        this.folder = home.resolve("aside").resolve(TIME.format(now));
    }

    /** What was moved, one line each. */
    List<String> moved() {
        return List.copyOf(moved);
    }

    /** The whole drop folder; an empty one takes its place. */
    void moveDropFolder() throws IOException {
        Path deploy = home.resolve("deploy");
        if (!Files.isDirectory(deploy, LinkOption.NOFOLLOW_LINKS) || !isEmpty(deploy)) {
            move(deploy, "deploy");
        }
        createPrivately(deploy);
    }

    void moveConfigurations(KeptSettings kept, Path defaults) throws IOException {
        Path config = home.resolve("config");
        if (!Files.isDirectory(config, LinkOption.NOFOLLOW_LINKS)) {
            move(config, "config");
            createPrivately(config);
        }
        for (Path file : kept.findForeign(config, defaults)) {
            move(file, "config/" + file.getFileName());
        }
    }

    /** Empties the framework's cache. Bundles that are not the distribution's, byte for byte, are moved with what they have stored. */
    void clearCache(Path repository) throws IOException {
        Path cache = home.resolve("cache");
        if (!Files.isDirectory(cache, LinkOption.NOFOLLOW_LINKS)) {
            move(cache, "cache");
            createPrivately(cache);
        }
        Set<String> known = marks(repository);
        for (Path entry : list(cache)) {
            String name = entry.getFileName().toString();
            if (name.startsWith("classes")) {
                // The start script's, for the JVM: the classes of the launcher and of Felix. The JVM may be using it.
                continue;
            }
            if (name.matches("bundle[1-9][0-9]*") && !holdsOnly(entry, known)) {
                move(entry, "bundles/" + BundleName.of(entry).orElse(name));
            } else {
                delete(entry);
            }
        }
    }

    private static Set<String> marks(Path repository) throws IOException {
        Set<String> marks = new HashSet<>();
        try (Stream<Path> jars = Files.walk(repository)) {
            for (Path jar : jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
                marks.add(JarMarks.of(jar));
            }
        }
        return marks;
    }

    /** Jars that the framework unpacked from a bundle for its class path came with that bundle; its own is always {@code bundle.jar}. */
    private static boolean holdsOnly(Path bundle, Set<String> known) {
        try (Stream<Path> files = Files.walk(bundle)) {
            for (Path jar : files.filter(file -> file.getFileName().toString().equals("bundle.jar")).toList()) {
                if (!known.contains(JarMarks.of(jar))) {
                    return false;
                }
            }
            return true;
        } catch (IOException | java.io.UncheckedIOException e) {
            LOG.log(Level.FINE, "moved, because it cannot be read", e);
            return false;
        }
    }

    /** A thing that cannot be moved is logged: the rest may be enough. */
    private void move(Path from, String to) throws IOException {
        if (!Files.exists(from, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Path target = folder.resolve(to);
        for (int i = 2; Files.exists(target, LinkOption.NOFOLLOW_LINKS); i++) {
            target = folder.resolve(to + "-" + i);
        }
        try {
            createPrivately(target.getParent());
            Files.move(from, target);
        } catch (IOException e) {
            LOG.log(Level.SEVERE, from + " cannot be put aside: " + Refusal.why(e), e);
            return;
        }
        List<String> inside = from.getFileName().toString().equals("deploy") && Files.isDirectory(target) ? names(target) : List.of();
        moved.add(home.relativize(target) + (inside.isEmpty() ? "" : " (" + String.join(", ", inside) + ")"));
    }

    private static List<String> names(Path folder) throws IOException {
        return list(folder).stream().map(file -> file.getFileName().toString()).toList();
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        return list(folder).isEmpty();
    }

    private static void createPrivately(Path folder) throws IOException {
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** With what is inside; links are not followed. */
    static void delete(Path tree) throws IOException {
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
