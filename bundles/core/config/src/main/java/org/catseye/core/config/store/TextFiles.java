package org.catseye.core.config.store;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.catseye.core.config.format.BrokenFileException;
import org.catseye.files.DurableFile;

/** Reads and writes whole UTF-8 files. A write is complete or has no effect, also after a power cut; only the owner can read the file. */
final class TextFiles {
    private static final long MAX_BYTES = 1 << 20;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private TextFiles() {
    }

    /** Empty if there is no such file. */
    static Optional<String> readText(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new BrokenFileException(0, "it is larger than 1 MiB, which no configuration is");
        }
        try {
            return Optional.of(Files.readString(file, StandardCharsets.UTF_8));
        } catch (CharacterCodingException e) {
            throw new BrokenFileException(0, "it is not UTF-8 text; save it as UTF-8");
        } catch (NoSuchFileException removedMeanwhile) {
            return Optional.empty();
        }
    }

    static void writeText(Path file, String text) throws IOException {
        DurableFile.forOwnerOnly(file).replaceContent(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @return whether other users could read or change the file before */
    static boolean restrictToOwner(Path file) throws IOException {
        if (!Files.exists(file) || OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            return false;
        }
        Files.setPosixFilePermissions(file, OWNER_ONLY);
        return true;
    }

    /** Copies a file to {@code <name>.<kind>-<n>} with the first free n. Only the owner can read the copy. @return the copy */
    static Path copyAside(Path file, String kind) throws IOException {
        for (int n = 1;; n++) {
            Path free = file.resolveSibling(file.getFileName() + "." + kind + "-" + n);
            if (!Files.exists(free)) {
                Files.copy(file, free, StandardCopyOption.COPY_ATTRIBUTES);
                restrictToOwner(free);
                return free;
            }
        }
    }
}
