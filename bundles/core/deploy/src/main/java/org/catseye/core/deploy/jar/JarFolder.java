package org.catseye.core.deploy.jar;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Lists the jars of a folder by file name. Not thread-safe. */
public final class JarFolder {

    private final Path folder;
    private Map<String, JarStamp> previous = Map.of();
    private Map<String, JarStamp> current = Map.of();

    public JarFolder(Path folder) {
        this.folder = folder;
    }

    public Path path() {
        return folder;
    }

    /**
     * Reads the names and attributes of the jars. Hidden files are ignored, so a file can be copied as {@code .new} and renamed.
     *
     * @return the jars that the folder contains
     * @throws IOException if the folder cannot be read; a missing folder counts as empty
     */
    public Map<String, JarStamp> readNames() throws IOException {
        Map<String, JarStamp> found = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "[!.]*.jar")) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                readStamp(file, name).ifPresent(stamp -> found.put(name, stamp));
            }
        } catch (NoSuchFileException e) {
            found.clear();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        previous = current;
        current = Map.copyOf(found);
        return current;
    }

    /** Empty for what is not a file, and for a file that was removed since the folder was read. */
    private Optional<JarStamp> readStamp(Path file, String name) {
        try {
            return JarStamp.readAttributes(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            // The file is still there, so its bundle must not be uninstalled.
            return Optional.ofNullable(current.get(name));
        }
    }

    /** Whether the file was the same at the last two readings. A file that is still being copied grows. */
    public boolean isUnchanged(String file) {
        return current.containsKey(file) && current.get(file).equals(previous.get(file));
    }
}
