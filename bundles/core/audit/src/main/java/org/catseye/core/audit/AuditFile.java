package org.catseye.core.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.catseye.access.Audit.Entry;
import org.catseye.secrets.StrictJson;

/**
 * A file of JSON lines, {@code {"time":"..","action":"..","user":"..","address":"..",<details>}}, that is only appended to. A full file is
 * renamed to {@code .1}, the one before to {@code .2} and so on; the oldest is deleted. Mode 0600. Not thread-safe.
 */
final class AuditFile {

    /** Longer values are cut: they add little and would fill the disk. */
    static final int MAX_VALUE_CHARS = 200;
    static final int MAX_OLD_FILES = 9;

    private static final Set<StandardOpenOption> APPEND = Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final Set<String> RESERVED_KEYS = Set.of("time", "action", "user", "address");

    private final Path path;
    private final long maxBytes;

    /** @param maxBytes the size from which a file counts as full */
    AuditFile(Path path, long maxBytes) {
        this.path = path.toAbsolutePath();
        this.maxBytes = maxBytes;
    }

    Path path() {
        return path;
    }

    void appendEntry(Entry entry) throws IOException {
        rotateFullFile();
        Files.createDirectories(path.getParent());
        ByteBuffer line = ByteBuffer.wrap((toJsonLine(entry) + "\n").getBytes(StandardCharsets.UTF_8));
        try (FileChannel channel = FileChannel.open(path, APPEND, OWNER_ONLY)) {
            while (line.hasRemaining()) {
                channel.write(line);
            }
        }
    }

    private void rotateFullFile() throws IOException {
        if (!Files.exists(path) || Files.size(path) < maxBytes) {
            return;
        }
        for (int age = MAX_OLD_FILES; age > 0; age--) {
            Path younger = agedPath(age - 1);
            if (Files.exists(younger)) {
                Files.move(younger, agedPath(age), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Path agedPath(int age) {
        return age == 0 ? path : path.resolveSibling(path.getFileName() + "." + age);
    }

    /** At most so many entries, the newest first. A line that a power cut left incomplete is skipped. */
    List<Entry> readNewest(int most) throws IOException {
        List<Entry> result = new ArrayList<>();
        for (int age = 0; age <= MAX_OLD_FILES && result.size() < most; age++) {
            if (Files.exists(agedPath(age))) {
                List<String> lines = new ArrayList<>(new String(Files.readAllBytes(agedPath(age)), StandardCharsets.UTF_8).lines().toList());
                Collections.reverse(lines);
                lines.stream().flatMap(line -> parseLine(line).stream()).limit(most - result.size()).forEach(result::add);
            }
        }
        return result;
    }

    private static String toJsonLine(Entry entry) throws JsonProcessingException {
        ObjectNode node = StrictJson.MAPPER.createObjectNode().put("time", entry.time().toString()).put("action", cutValue(entry.action()))
                .put("user", cutValue(entry.user())).put("address", cutValue(entry.address()));
        new TreeMap<>(entry.details()).forEach((key, value) -> {
            if (!RESERVED_KEYS.contains(key)) {
                node.put(cutValue(key), cutValue(value));
            }
        });
        return StrictJson.MAPPER.writeValueAsString(node);
    }

    static String cutValue(String text) {
        return text.length() > MAX_VALUE_CHARS ? text.substring(0, MAX_VALUE_CHARS) : text;
    }

    private static Optional<Entry> parseLine(String line) {
        try {
            JsonNode node = StrictJson.MAPPER.readTree(line);
            Map<String, String> details = new TreeMap<>();
            node.properties().stream().filter(field -> !RESERVED_KEYS.contains(field.getKey())).forEach(field -> details.put(field.getKey(), field.getValue().asText()));
            return Optional.of(new Entry(Instant.parse(node.path("time").asText()), node.path("action").asText(), node.path("user").asText(),
                    node.path("address").asText(), details));
        } catch (JsonProcessingException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
