package org.catseye.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Gives the folder of a bundle in the framework's cache a name that a person recognizes: symbolic name and version. */
final class BundleName {
    private static final int MAX_CHARS = 100;

    private BundleName() {
    }

    /** Empty if there is no readable jar with these headers. The name has nothing in it that a path could be built of. */
    static Optional<String> of(Path bundle) {
        try (Stream<Path> files = Files.walk(bundle)) {
            Optional<Path> jar = files.filter(file -> file.getFileName().toString().equals("bundle.jar")).findFirst();
            return jar.isEmpty() ? Optional.empty() : read(jar.get());
        } catch (IOException | RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<String> read(Path file) throws IOException {
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
