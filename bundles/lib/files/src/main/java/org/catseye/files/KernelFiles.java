package org.catseye.files;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads the small files of the kernel and of system services below /proc, /sys, /run and /etc. Machines have different ones, and devices come and go,
 * so a file that is missing or cannot be read is empty, never an exception. Paths are relative to a root, which tests replace. Thread-safe.
 */
public final class KernelFiles {

    private final Path root;

    /** @param root the folder that contains {@code proc} and {@code sys} */
    public KernelFiles(Path root) {
        this.root = root;
    }

    /** The text without white space at its ends; empty if the file is missing or cannot be read. */
    public Optional<String> readText(String path) {
        try {
            return Optional.of(Files.readString(root.resolve(path)).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The lines of the text. */
    public List<String> readLines(String path) {
        return readText(path).map(text -> text.lines().toList()).orElse(List.of());
    }

    /** A whole number in decimal; empty if the file has none. */
    public OptionalLong readNumber(String path) {
        try {
            return readText(path).map(text -> OptionalLong.of(Long.parseLong(text))).orElse(OptionalLong.empty());
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    public boolean isPresent(String path) {
        return Files.exists(root.resolve(path));
    }

    /**
     * The names in a folder in the order of their numbers ("hwmon2" before "hwmon10"); empty if there is no such folder.
     *
     * @param glob which names, such as {@code hwmon*}
     */
    public List<String> listNames(String folder, String glob) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.resolve(folder), glob)) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
        } catch (IOException | DirectoryIteratorException e) {
            // There is no such folder, or an entry was removed while the folder was listed.
            return List.of();
        }
        names.sort(Comparator.comparing(String::length).thenComparing(Comparator.naturalOrder()));
        return names;
    }
}
