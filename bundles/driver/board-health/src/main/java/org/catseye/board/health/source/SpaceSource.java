package org.catseye.board.health.source;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catseye.board.BoardCondition.Severity;
import org.catseye.board.BoardFigure;

/** The free space on the disk that holds the home of Catseye. */
public final class SpaceSource implements HealthSource {

    private static final long MIB = 1024L * 1024;
    private static final int CRITICAL_PART = 4;
    private static final double RECOVERED = 1.2;

    private final File home;
    private final long minFree;
    private final Threshold threshold = new Threshold();

    /** @param minFreeMib less free space than this is a condition; less than a quarter of it is critical */
    public SpaceSource(Path home, int minFreeMib) {
        this.home = home.toFile();
        this.minFree = minFreeMib * MIB;
    }

    @Override
    public String subject() {
        return "Disk space";
    }

    @Override
    public Optional<Reading> readNow() {
        long size = home.getTotalSpace();
        long free = home.getUsableSpace();
        if (size <= 0) {
            return Optional.empty();
        }
        String mib = Long.toString(free / MIB);
        List<Finding> findings = threshold.update(-free, -minFree, -minFree * RECOVERED)
                ? List.of(new Finding("disk-space", free < minFree / CRITICAL_PART ? Severity.CRITICAL : Severity.WARNING,
                        "The disk is nearly full: " + mib + " MiB are free. Without free space, settings and users cannot be saved.",
                        "Delete images that you don't need from the library, or files of other programs.", Map.of("mebibytes", mib))) : List.of();
        return Optional.of(new Reading(mib + " MiB are free.", findings,
                List.of(new BoardFigure("disk_free_bytes", "Free space on the disk that holds the home.", free),
                        new BoardFigure("disk_size_bytes", "Size of the disk that holds the home.", size))));
    }
}
