package org.catseye.core.deploy.change;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.catseye.files.DurableFile;
import org.catseye.plugins.RollBack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last change of each plug-in that was undone, one file each with its time, version and reason. Not thread-safe. */
final class FailedChanges {

    private static final Logger LOG = LoggerFactory.getLogger(FailedChanges.class);
    private static final int MAX_BYTES = 64 << 10;
    private static final int LINES = 3;

    private final Path folder;

    FailedChanges(Path folder) {
        this.folder = folder;
    }

    void store(RollBack change) throws IOException {
        DurableFile.createOwnerOnlyFolder(folder);
        DurableFile.forOwnerOnly(folder.resolve(change.plugin())).replaceContent(
                (change.time() + "\n" + change.version() + "\n" + change.reason().replaceAll("\\s+", " ") + "\n").getBytes(StandardCharsets.UTF_8));
    }

    void delete(String name) throws IOException {
        if (Files.isDirectory(folder)) {
            DurableFile.forOwnerOnly(folder.resolve(name)).deleteIfExists();
        }
    }

    /** The newest first. Damaged files are left out. */
    List<RollBack> listAll() {
        List<RollBack> found = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "[!.]*")) {
            files.forEach(file -> read(file).ifPresent(found::add));
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("{} cannot be read", folder, e);
        }
        found.sort(Comparator.comparing(RollBack::time).reversed());
        return found;
    }

    private static Optional<RollBack> read(Path file) {
        try {
            String[] lines = DurableFile.forOwnerOnly(file).readBytes(MAX_BYTES).map(bytes -> new String(bytes, StandardCharsets.UTF_8).split("\n", LINES))
                    .orElse(new String[0]);
            return lines.length < LINES ? Optional.empty()
                    : Optional.of(new RollBack(file.getFileName().toString(), lines[1], Instant.parse(lines[0]), lines[2].strip()));
        } catch (IOException | DateTimeException e) {
            LOG.debug("{} is damaged", file, e);
            return Optional.empty();
        }
    }
}
