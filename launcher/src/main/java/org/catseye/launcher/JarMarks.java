package org.catseye.launcher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * Remembers which content of each jar the framework's cache holds. Not by time: our jars and archives are reproducible, so all carry the
 * same time stamp. A mark is the size and the checksum of the last 64 KiB, where a zip keeps its directory with each entry's checksum.
 */
final class JarMarks {
    private static final int TAIL = 64 * 1024;
    private final Path file;
    private final Map<String, String> marks = new TreeMap<>();
    private boolean changed;

    private JarMarks(Path file) {
        this.file = file;
    }

    /** A file that is missing or unreadable is an empty memory: everything is then updated once. */
    static JarMarks load(Path file) {
        JarMarks all = new JarMarks(file);
        try {
            for (String line : Files.readAllLines(file)) {
                int space = line.indexOf(' ');
                if (space > 0) {
                    all.marks.put(line.substring(space + 1), line.substring(0, space));
                }
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            all.marks.clear();
        }
        return all;
    }

    static String of(Path jar) throws IOException {
        try (FileChannel channel = FileChannel.open(jar)) {
            long size = channel.size();
            ByteBuffer tail = ByteBuffer.allocate((int) Math.min(TAIL, size));
            long at = size - tail.capacity();
            while (tail.hasRemaining() && channel.read(tail, at + tail.position()) >= 0) {
                continue;
            }
            CRC32 sum = new CRC32();
            sum.update(tail.flip());
            return Long.toHexString(size) + "-" + Long.toHexString(sum.getValue());
        }
    }

    boolean same(String location, String mark) {
        return mark.equals(marks.get(location));
    }

    void put(String location, String mark) {
        changed |= !mark.equals(marks.put(location, mark));
    }

    void remove(String location) {
        changed |= marks.remove(location) != null;
    }

    void save() throws Refusal {
        if (!changed) {
            return;
        }
        StringBuilder text = new StringBuilder();
        marks.forEach((location, mark) -> text.append(mark).append(' ').append(location).append('\n'));
        try {
            Path half = file.resolveSibling(file.getFileName() + ".tmp");
            Files.write(half, text.toString().getBytes(StandardCharsets.UTF_8));
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new Refusal("cannot write " + file + ": " + Refusal.why(e), e);
        }
    }
}
