package org.catseye.core.deploy.change;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catseye.files.DurableFile;

/** The earlier jars of each plug-in: {@code <folder>/<symbolic name>/<milliseconds>_<version>.jar}. Not thread-safe. */
public final class KeptJars {

    static final int MAX_KEPT = 3;
    private static final Pattern NAME = Pattern.compile("(\\d{1,15})_(.+)\\.jar");

    /**
     * An earlier jar.
     *
     * @param replaced when it was replaced
     */
    public record KeptJar(Path path, String version, Instant replaced) {
        String fileName() {
            return path.getFileName().toString();
        }
    }

    private final Path folder;

    KeptJars(Path folder) {
        this.folder = folder;
    }

    /** The jars of a plug-in, the newest first. */
    public List<KeptJar> listJars(String name) throws IOException {
        List<KeptJar> jars = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.resolve(name), "[!.]*.jar")) {
            for (Path file : files) {
                Matcher parts = NAME.matcher(file.getFileName().toString());
                if (parts.matches()) {
                    jars.add(new KeptJar(file, parts.group(2), Instant.ofEpochMilli(Long.parseLong(parts.group(1)))));
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        jars.sort(Comparator.comparing(KeptJar::replaced).reversed());
        return jars;
    }

    /** Copies a jar durably. Returns the name of the copy. */
    String keepCopy(String name, String version, Path jar, Instant now) throws IOException {
        DurableFile.createOwnerOnlyFolder(folder);
        DurableFile.createOwnerOnlyFolder(folder.resolve(name));
        // The clock may run back. The jar is the newest one nevertheless.
        long newest = listJars(name).stream().mapToLong(kept -> kept.replaced().toEpochMilli()).max().orElse(-1);
        Path copy = findPath(name, Math.max(now.toEpochMilli(), newest + 1) + "_" + version + ".jar");
        DurableFile.forOwnerOnly(copy).replaceContent(jar);
        return copy.getFileName().toString();
    }

    Path findPath(String name, String fileName) {
        return folder.resolve(name).resolve(fileName);
    }

    /** @param unused a jar that is not kept any more, if it is one of them; deleted before all but the newest ones */
    void deleteOldest(String name, Path unused) throws IOException {
        if (listJars(name).stream().anyMatch(jar -> jar.path().equals(unused))) {
            Files.delete(unused);
        }
        for (KeptJar jar : listJars(name).stream().skip(MAX_KEPT).toList()) {
            Files.deleteIfExists(jar.path());
        }
    }

    /** Deletes all jars of a plug-in. */
    void deleteAll(String name) throws IOException {
        for (KeptJar jar : listJars(name)) {
            Files.deleteIfExists(jar.path());
        }
        deleteDrafts(name);
        Files.deleteIfExists(folder.resolve(name));
    }

    /** Deletes copies that were not finished when the process ended. */
    void deleteDrafts() throws IOException {
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> names = Files.newDirectoryStream(folder)) {
                for (Path each : names) {
                    deleteDrafts(each.getFileName().toString());
                }
            }
        }
    }

    private void deleteDrafts(String name) throws IOException {
        if (Files.isDirectory(folder.resolve(name))) {
            try (DirectoryStream<Path> drafts = Files.newDirectoryStream(folder.resolve(name), ".*.tmp")) {
                for (Path draft : drafts) {
                    Files.deleteIfExists(draft);
                }
            }
        }
    }
}
