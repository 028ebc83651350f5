package org.catseye.board.health.source;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catseye.board.BoardCondition.Severity;
import org.catseye.board.BoardFigure;
import org.catseye.files.KernelFiles;

/** The memory that programs can still get, as the kernel estimates it (MemAvailable of proc(5)). */
public final class MemorySource implements HealthSource {

    private static final long KIB = 1024;
    private static final long MIB = KIB * KIB;
    private static final long MIN_AVAILABLE = 24 * MIB;
    private static final double MIN_SHARE = 0.05;
    /** The limit for the end of the condition, as a multiple of the one for its beginning. */
    private static final double RECOVERED = 1.5;

    private final KernelFiles files;
    private final Threshold threshold = new Threshold();

    public MemorySource(KernelFiles files) {
        this.files = files;
    }

    @Override
    public String subject() {
        return "Memory";
    }

    @Override
    public Optional<Reading> readNow() {
        Map<String, Long> values = readValues();
        Long size = values.get("MemTotal");
        Long available = values.get("MemAvailable");
        if (size == null || available == null || size <= 0) {
            return Optional.empty();
        }
        double needed = Math.max(MIN_AVAILABLE, size * MIN_SHARE);
        String mib = Long.toString(available / MIB);
        List<Finding> findings = threshold.update(-available, -needed, -needed * RECOVERED)
                ? List.of(new Finding("memory", Severity.WARNING, "Memory is nearly used up: " + mib + " MiB are left.",
                        "Stop other programs on this board, or remove features of Catseye that you don't use.", Map.of("mebibytes", mib))) : List.of();
        return Optional.of(new Reading(mib + " of " + size / MIB + " MiB are available.", findings,
                List.of(new BoardFigure("memory_available_bytes", "Memory that programs can still get.", available),
                        new BoardFigure("memory_size_bytes", "Memory of the board.", size))));
    }

    /** In bytes. */
    private Map<String, Long> readValues() {
        Map<String, Long> values = new HashMap<>();
        for (String line : files.readLines("proc/meminfo")) {
            String[] fields = line.split("[:\\s]+");
            if (fields.length == 3 && fields[2].equals("kB") && fields[1].matches("\\d{1,15}")) {
                values.put(fields[0], Long.parseLong(fields[1]) * KIB);
            }
        }
        return values;
    }
}
