package org.catseye.core.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Reads and writes whole files; a write is there completely or not at all, also after a power cut, and for the owner alone. */
final class Files600 {
    private static final long MOST_BYTES = 1 << 20;

    private Files600() {
    }

    /** Empty when there is no such file. */
    static Optional<String> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new BrokenFileException(0, "it is larger than 1 MiB, which no configuration is");
        }
        try {
            return Optional.of(Files.readString(file, StandardCharsets.UTF_8));
        } catch (CharacterCodingException e) {
            throw new BrokenFileException(0, "it is not UTF-8 text; save it as UTF-8");
        } catch (java.nio.file.NoSuchFileException goneMeanwhile) {
            return Optional.empty();
        }
    }

    static void write(Path file, String text) throws IOException {
        // createTempFile makes it readable for the owner only.
        Path half = Files.createTempFile(file.getParent(), "." + file.getFileName(), ".tmp");
        try {
            try (FileChannel out = FileChannel.open(half, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            syncFolder(file.getParent());
        } finally {
            Files.deleteIfExists(half);
        }
    }

    /** Keeps a copy of a file as {@code <name>.<what>-<n>} with the first free n. */
    static Path copyAside(Path file, String what) throws IOException {
        for (int n = 1;; n++) {
            Path free = file.resolveSibling(file.getFileName() + "." + what + "-" + n);
            if (!Files.exists(free)) {
                return Files.copy(file, free, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static void syncFolder(Path folder) throws IOException {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
