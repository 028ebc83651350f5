package org.catseye.itest;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The wall clock of a process, which the test sets while the process runs: libfaketime (Debian package {@code faketime}). The monotonic clock stays
 * right, as on a real device.
 */
final class FakeClock {

    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private final Path library;
    private final Path file;
    private Duration offset = Duration.ZERO;

    /** Shows the right time until it is set. */
    FakeClock(Path library, Path file) throws IOException {
        this.library = library;
        this.file = file;
        setOffset(Duration.ZERO);
    }

    /** The library for processes with several threads; empty if it isn't installed. */
    static Optional<Path> findLibrary() throws IOException {
        for (Path folder : new Path[] {Path.of("/usr/lib"), Path.of("/usr/lib64"), Path.of("/usr/local/lib")}) {
            // Debian has it in the folder of the processor architecture.
            for (String pattern : new String[] {"faketime", "*-linux-gnu*"}) {
                Optional<Path> found = findLibrary(folder, pattern);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> findLibrary(Path parent, String pattern) throws IOException {
        if (!Files.isDirectory(parent)) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, pattern)) {
            for (Path folder : folders) {
                Path library = (folder.endsWith("faketime") ? folder : folder.resolve("faketime")).resolve("libfaketimeMT.so.1");
                if (Files.exists(library)) {
                    return Optional.of(library);
                }
            }
        }
        return Optional.empty();
    }

    /** For a process that has this clock. */
    Map<String, String> environment() {
        return Map.of("LD_PRELOAD", library.toString(), "FAKETIME_TIMESTAMP_FILE", file.toString(), "FAKETIME_NO_CACHE", "1",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                // Otherwise the library changes the timeouts of waiting threads, and Object.wait returns at once.
                "FAKETIME_FORCE_MONOTONIC_FIX", "0");
    }

    /** Sets it so far ahead of the right time; negative to set it behind. A running process has the new time at once. */
    void setOffset(Duration ahead) throws IOException {
        Path half = Files.writeString(file.resolveSibling(file.getFileName() + ".tmp"), "%+d\n".formatted(ahead.toSeconds()));
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        offset = ahead;
    }

    /** Sets it to this time; it runs on from there. */
    void set(Instant time) throws IOException {
        setOffset(Duration.between(Instant.now(), time));
    }

    Instant now() {
        return Instant.now().plus(offset);
    }

    /** Removes the library's shared memory, which a killed process leaves behind. */
    static void removeSharedMemory(long processId) throws IOException {
        Files.deleteIfExists(SHARED_MEMORY.resolve("faketime_shm_" + processId));
        Files.deleteIfExists(SHARED_MEMORY.resolve("sem.faketime_sem_" + processId));
    }
}
