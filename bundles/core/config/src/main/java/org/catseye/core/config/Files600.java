package org.catseye.core.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.catseye.files.DurableFile;

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
        DurableFile.forOwnerOnly(file).replaceContent(text.getBytes(StandardCharsets.UTF_8));
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
}
