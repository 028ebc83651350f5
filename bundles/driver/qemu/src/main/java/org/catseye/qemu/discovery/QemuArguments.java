package org.catseye.qemu.discovery;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the command line of a QEMU process says about its sockets.
 *
 * @param name of the virtual machine; empty if it has none
 * @param monitors its QMP sockets
 * @param vnc its VNC socket, if it needs no password
 */
record QemuArguments(String name, List<Path> monitors, Optional<Path> vnc) {

    private static final String UNIX = "unix:";

    QemuArguments {
        monitors = List.copyOf(monitors);
    }

    /** @return empty if it is no QEMU that runs a machine */
    static Optional<QemuArguments> parseCommand(List<String> command) {
        if (command.isEmpty() || !command.get(0).matches("(.*/)?(qemu-system-[a-z0-9_]+|qemu-kvm|kvm)")) {
            return Optional.empty();
        }
        String name = "";
        List<Path> monitors = new ArrayList<>();
        List<String> controlDevices = new ArrayList<>();
        Map<String, Path> sockets = new HashMap<>();
        Optional<Path> vnc = Optional.empty();
        for (int i = 1; i + 1 < command.size(); i++) {
            String value = command.get(i + 1);
            switch (command.get(i).replaceFirst("^--", "-")) {
                case "-name" -> name = readName(value);
                case "-qmp", "-qmp-pretty" -> findUnixPath(value).ifPresent(monitors::add);
                case "-vnc" -> vnc = value.contains("password") ? Optional.empty() : findUnixPath(value);
                case "-chardev" -> findField(value, "path").flatMap(QemuArguments::toPath).ifPresent(path -> findField(value, "id").ifPresent(id -> sockets.put(id, path)));
                case "-mon" -> {
                    if (findField(value, "mode").filter("control"::equals).isPresent()) {
                        controlDevices.add(findField(value, "chardev").orElse(value.split(",", 2)[0]));
                    }
                }
                default -> { }
            }
        }
        controlDevices.stream().map(sockets::get).filter(path -> path != null).forEach(monitors::add);
        return Optional.of(new QemuArguments(name, monitors, vnc));
    }

    private static String readName(String value) {
        return findField(value, "guest").orElse(value.split(",", 2)[0]);
    }

    private static Optional<Path> findUnixPath(String value) {
        return value.startsWith(UNIX) ? toPath(value.substring(UNIX.length()).split(",", 2)[0]) : Optional.empty();
    }

    private static Optional<String> findField(String value, String key) {
        for (String field : value.split(",")) {
            if (field.startsWith(key + "=")) {
                return Optional.of(field.substring(key.length() + 1));
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> toPath(String text) {
        try {
            return Optional.of(Path.of(text)).filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
