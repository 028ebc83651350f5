package org.catseye.core.config.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.catseye.core.config.format.BrokenFileException;
import org.catseye.core.config.format.FileFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A copy of the last text of a configuration file that could be parsed, for a start with a broken file. */
final class LastGoodCopy {
    private static final Logger LOG = LoggerFactory.getLogger("org.catseye.core.config");
    private final Path path;
    private final FileFormat format;

    LastGoodCopy(Path path, FileFormat format) {
        this.path = path;
        this.format = format;
    }

    /** Empty if there is no copy, or it cannot be read. */
    Optional<String> readText() {
        try {
            return TextFiles.readText(path);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** Empty if there is no copy. */
    Optional<Map<String, Object>> readValues() {
        return readText().map(this::parseText);
    }

    private Map<String, Object> parseText(String text) {
        try {
            return format.parseText(text);
        } catch (BrokenFileException e) {
            LOG.warn("the kept copy {} is broken too", path, e);
            return Map.of();
        }
    }

    /** Replaces the copy. A failure is only logged, because the copy is seldom needed. */
    void keepText(String text) {
        try {
            if (!readText().equals(Optional.of(text))) {
                TextFiles.writeText(path, text);
            }
        } catch (IOException e) {
            LOG.warn("{} could not be kept as a copy, for a time when the configuration file is broken", path, e);
        }
    }

    void deleteCopy() throws IOException {
        Files.deleteIfExists(path);
    }
}
