package org.catseye.core.access;

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
 * JSON lines, {@code {"time":"..","action":"..","user":"..","address":"..",<details>}}, only ever appended to. A full file becomes
 * {@code .1}, that {@code .2} and so on; the oldest goes. Mode 0600. Not thread-safe.
 */
final class AuditFile {

    /** Characters of a value; what is longer tells nothing more and would fill the disk. */
    static final int MOST_CHARS = 200;
    static final int OLD_FILES = 9;

    private static final Set<StandardOpenOption> APPEND = Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final Set<String> OWN = Set.of("time", "action", "user", "address");

    private final Path path;
    private final long mostBytes;

    /** @param mostBytes a file is full from this size on */
    AuditFile(Path path, long mostBytes) {
        this.path = path.toAbsolutePath();
        this.mostBytes = mostBytes;
    }

    Path path() {
        return path;
    }

    void append(Entry entry) throws IOException {
        rotate();
        Files.createDirectories(path.getParent());
        ByteBuffer line = ByteBuffer.wrap((write(entry) + "\n").getBytes(StandardCharsets.UTF_8));
        try (FileChannel channel = FileChannel.open(path, APPEND, PRIVATE)) {
            while (line.hasRemaining()) {
                channel.write(line);
            }
        }
    }

    private void rotate() throws IOException {
        if (!Files.exists(path) || Files.size(path) < mostBytes) {
            return;
        }
        for (int age = OLD_FILES; age > 0; age--) {
            Path younger = aged(age - 1);
            if (Files.exists(younger)) {
                Files.move(younger, aged(age), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Path aged(int age) {
        return age == 0 ? path : path.resolveSibling(path.getFileName() + "." + age);
    }

    /** The newest first. A line that a power cut left half is skipped. */
    List<Entry> newest(int most) throws IOException {
        List<Entry> result = new ArrayList<>();
        for (int age = 0; age <= OLD_FILES && result.size() < most; age++) {
            if (Files.exists(aged(age))) {
                List<String> lines = new ArrayList<>(new String(Files.readAllBytes(aged(age)), StandardCharsets.UTF_8).lines().toList());
                Collections.reverse(lines);
                lines.stream().flatMap(line -> read(line).stream()).limit(most - result.size()).forEach(result::add);
            }
        }
        return result;
    }

    private static String write(Entry entry) throws JsonProcessingException {
        ObjectNode node = StrictJson.MAPPER.createObjectNode().put("time", entry.time().toString()).put("action", cut(entry.action()))
                .put("user", cut(entry.user())).put("address", cut(entry.address()));
        new TreeMap<>(entry.details()).forEach((key, value) -> {
            if (!OWN.contains(key)) {
                node.put(cut(key), cut(value));
            }
        });
        return StrictJson.MAPPER.writeValueAsString(node);
    }

    private static String cut(String text) {
        return text.length() > MOST_CHARS ? text.substring(0, MOST_CHARS) : text;
    }

    private static Optional<Entry> read(String line) {
        try {
            JsonNode node = StrictJson.MAPPER.readTree(line);
            Map<String, String> details = new TreeMap<>();
            node.properties().stream().filter(field -> !OWN.contains(field.getKey())).forEach(field -> details.put(field.getKey(), field.getValue().asText()));
            return Optional.of(new Entry(Instant.parse(node.path("time").asText()), node.path("action").asText(), node.path("user").asText(),
                    node.path("address").asText(), details));
        } catch (JsonProcessingException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
