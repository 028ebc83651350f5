package org.catseye.qemu.discovery;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for virtual machines: sockets in a folder, and running processes. It opens no socket, because QEMU would then serve nobody else.
 */
final class MachineSearch {

    private static final Logger LOG = LoggerFactory.getLogger(MachineSearch.class);

    private static final String MONITOR_SUFFIX = ".qmp";
    private static final String VNC_SUFFIX = ".vnc";
    private static final int MAX_FOUND = 64;
    private static final int MAX_COMMAND_BYTES = 256 << 10;
    private static final int MAX_ID_CHARS = 48;
    /** Monitors that libvirt and Proxmox use themselves. */
    private static final List<Path> OTHERS = List.of(Path.of("/var/lib/libvirt"), Path.of("/run/libvirt"), Path.of("/var/run/qemu-server"),
            Path.of("/run/qemu-server"));

    private final Path folder;
    private final Path proc;

    /** @param folder for sockets @param proc the folder /proc */
    MachineSearch(Path folder, Path proc) {
        this.folder = folder;
        this.proc = proc;
    }

    /** @param used sockets that are configured already */
    List<FoundMachine> findMachines(Collection<Path> used) {
        Map<Path, FoundMachine> found = new LinkedHashMap<>();
        Set<String> ids = new HashSet<>();
        for (QemuArguments process : listProcesses()) {
            process.monitors().stream().filter(each -> OTHERS.stream().noneMatch(each::startsWith) && isSocket(each)).limit(1)
                    .forEach(monitor -> addMachine(found, ids, process.name().isEmpty() ? baseName(monitor) : process.name(), monitor, process.vnc()));
        }
        for (Path monitor : listFolder()) {
            Path vnc = monitor.resolveSibling(baseName(monitor) + VNC_SUFFIX);
            addMachine(found, ids, baseName(monitor), monitor, Optional.of(vnc).filter(MachineSearch::isSocket));
        }
        found.keySet().removeAll(used);
        return List.copyOf(found.values());
    }

    private static void addMachine(Map<Path, FoundMachine> found, Set<String> ids, String label, Path monitor, Optional<Path> vnc) {
        if (found.size() >= MAX_FOUND || found.containsKey(monitor)) {
            return;
        }
        String base = label.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        base = base.isEmpty() ? "machine" : base.substring(0, Math.min(base.length(), MAX_ID_CHARS));
        String id = base;
        for (int number = 2; !ids.add(id); number++) {
            id = base + "-" + number;
        }
        found.put(monitor, new FoundMachine(id, label, monitor, vnc));
    }

    private static String baseName(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(MONITOR_SUFFIX) ? name.substring(0, name.length() - MONITOR_SUFFIX.length()) : name;
    }

    private static boolean isSocket(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).isOther();
        } catch (IOException | SecurityException e) {
            return false;
        }
    }

    private List<Path> listFolder() {
        List<Path> sockets = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + MONITOR_SUFFIX)) {
                files.forEach(file -> {
                    if (isSocket(file)) {
                        sockets.add(file);
                    }
                });
            } catch (IOException e) {
                LOG.debug("{}", folder, e);
            }
        }
        sockets.sort(null);
        return sockets;
    }

    private List<QemuArguments> listProcesses() {
        List<QemuArguments> processes = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(proc, "[0-9]*")) {
            folders.forEach(process -> readCommand(process).flatMap(QemuArguments::parseCommand).ifPresent(processes::add));
        } catch (IOException e) {
            LOG.debug("{}", proc, e);
        }
        return processes;
    }

    private static Optional<List<String>> readCommand(Path process) {
        try (InputStream file = Files.newInputStream(process.resolve("cmdline"))) {
            return Optional.of(Arrays.asList(new String(file.readNBytes(MAX_COMMAND_BYTES), StandardCharsets.UTF_8).split("\0")));
        } catch (IOException e) {
            return Optional.empty(); // It has ended, or belongs to another user.
        }
    }
}
