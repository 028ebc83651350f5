package org.catseye.board.health.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.catseye.board.BoardCondition.Severity;
import org.catseye.files.KernelFiles;

/**
 * Whether the file systems of the home and of the root can be written. Linux makes a file system read-only after errors, for example of an SD card.
 *
 * <p>A mount may be read-only although its file system is not: systemd protects the root from services in this way (ProtectSystem). So for the root,
 * the option of the file system counts, and only if /etc/fstab requests a root that can be written: some systems are read-only on purpose.
 */
public final class FileSystemSource implements HealthSource {

    /** Positions in a line of /proc/self/mountinfo, of proc(5); those of the second part come after a separator. */
    private static final int MOUNT_POINT = 4;
    private static final int MOUNT_OPTIONS = 5;
    private static final int SUPER_OPTIONS = 2;
    private static final int FSTAB_OPTIONS = 3;
    private static final Set<String> NEVER_WRITTEN = Set.of("squashfs", "erofs", "iso9660", "overlay", "tmpfs", "ramfs");
    private static final String REMEDY = "Save your settings, restart the board so that Linux checks the disk, and replace the SD card or disk if this "
            + "happens again.";

    private final KernelFiles files;
    private final String home;

    /** @param home its absolute path */
    public FileSystemSource(KernelFiles files, Path home) {
        this.files = files;
        this.home = home.toString();
    }

    private record Mount(String point, String type, boolean mountReadOnly, boolean systemReadOnly) {
    }

    @Override
    public String subject() {
        return "File systems";
    }

    @Override
    public Optional<Reading> readNow() {
        List<Mount> mounts = files.readLines("proc/self/mountinfo").stream().map(FileSystemSource::parseMount).flatMap(Optional::stream).toList();
        if (mounts.isEmpty()) {
            return Optional.empty();
        }
        List<Finding> findings = new ArrayList<>();
        if (findLast(mounts, home).filter(mount -> mount.mountReadOnly() || mount.systemReadOnly()).isPresent()) {
            findings.add(new Finding("home-read-only", Severity.CRITICAL,
                    "The home of Catseye has been read-only since " + Finding.SINCE + ": settings and users cannot be saved.", REMEDY));
        }
        if (findLast(mounts, "/").filter(mount -> mount.systemReadOnly() && !NEVER_WRITTEN.contains(mount.type())).isPresent() && isRootWritable()) {
            findings.add(new Finding("root-read-only", Severity.CRITICAL,
                    "The root file system has been read-only since " + Finding.SINCE + ", probably after an error of the disk.", REMEDY));
        }
        return Optional.of(new Reading("Both the root and the home can be written.", findings));
    }

    /** The mount that a path is on. Later mounts cover earlier ones. */
    private static Optional<Mount> findLast(List<Mount> mounts, String path) {
        Mount best = null;
        for (Mount mount : mounts) {
            boolean contains = mount.point().equals("/") || path.equals(mount.point()) || path.startsWith(mount.point() + "/");
            if (contains && (best == null || mount.point().length() >= best.point().length())) {
                best = mount;
            }
        }
        return Optional.ofNullable(best);
    }

    private static Optional<Mount> parseMount(String line) {
        String[] parts = line.split(" - ", 2);
        String[] mount = parts[0].split(" ");
        String[] system = parts.length < 2 ? new String[0] : parts[1].split(" ");
        if (mount.length <= MOUNT_OPTIONS || system.length <= SUPER_OPTIONS) {
            return Optional.empty();
        }
        String point = mount[MOUNT_POINT].replace("\\040", " ").replace("\\011", "\t").replace("\\012", "\n").replace("\\134", "\\");
        return Optional.of(new Mount(point, system[0], isReadOnly(mount[MOUNT_OPTIONS]), isReadOnly(system[SUPER_OPTIONS])));
    }

    private static boolean isReadOnly(String options) {
        return Arrays.asList(options.split(",")).contains("ro");
    }

    /** Whether fstab(5) requests it; false without an entry. */
    private boolean isRootWritable() {
        return files.readLines("etc/fstab").stream().map(line -> line.strip().split("\\s+"))
                .anyMatch(fields -> fields.length > FSTAB_OPTIONS && fields[1].equals("/") && !isReadOnly(fields[FSTAB_OPTIONS]));
    }
}
