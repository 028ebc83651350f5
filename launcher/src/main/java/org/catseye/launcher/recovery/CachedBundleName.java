package org.catseye.launcher.recovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** A readable name for the folder of a bundle in the framework's cache: symbolic name and version. */
public final class CachedBundleName {
    private static final int MAX_CHARS = 100;

    private CachedBundleName() {
    }

    /** Empty if there is no readable jar with these headers. The name contains no slash and does not start with a dot, so it cannot lead elsewhere. */
    public static Optional<String> readBundleName(Path bundle) {
        try (Stream<Path> files = Files.walk(bundle)) {
            Optional<Path> jar = files.filter(file -> file.getFileName().toString().equals("bundle.jar")).findFirst();
            return jar.isEmpty() ? Optional.empty() : readManifest(jar.get());
        } catch (IOException | RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<String> readManifest(Path file) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            if (jar.getManifest() == null) {
                return Optional.empty();
            }
            Attributes headers = jar.getManifest().getMainAttributes();
            String name = String.valueOf(headers.getValue("Bundle-SymbolicName")).split(";")[0];
            String version = headers.getValue("Bundle-Version") == null ? "0" : headers.getValue("Bundle-Version");
            String plain = (name + "-" + version).replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^\\.+", "_");
            return Optional.of(plain.length() <= MAX_CHARS ? plain : plain.substring(0, MAX_CHARS));
        }
    }
}
