package org.catseye.qemu;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catseye.config.BadValueException;
import org.catseye.options.Options;
import org.catseye.qemu.qmp.QmpAddress;

/**
 * A checked configuration.
 *
 * @param target its id
 * @param address where QEMU listens
 * @param drives the drives that are offered; empty for all
 * @param screenshot the file that QEMU writes screenshots to; empty if there are none
 */
record QemuSettings(String target, QmpAddress address, List<String> drives, Optional<Path> screenshot) {

    /** The kernel's limit for the path of a Unix socket (unix(7)). */
    private static final int MAX_SOCKET_BYTES = 107;
    private static final String DRIVE = "[A-Za-z0-9/_.\\[\\]-]{1,128}";
    private static final int DEFAULT_PORT = 4_444;

    /** @throws BadValueException with the configuration, key and value, and the values that are allowed */
    static QemuSettings parseSettings(Map<String, ?> properties) throws BadValueException {
        Options options = new Options(QemuConfig.PID, properties);
        List<String> drives = options.readTexts("drives");
        for (String drive : drives) {
            if (!drive.matches(DRIVE)) {
                throw options.badValue("drives", drive, "a list of drives as QEMU names them, such as ide2-cd0, and disk");
            }
        }
        return new QemuSettings(options.readTargetId(), parseAddress(options), drives, parseScreenshot(options));
    }

    private static QmpAddress parseAddress(Options options) throws BadValueException {
        Optional<Path> socket = parsePath(options, "socket", "the full path of a Unix socket, of at most " + MAX_SOCKET_BYTES + " bytes");
        if (socket.isPresent()) {
            return QmpAddress.ofSocket(socket.get());
        }
        String host = options.readMatchingText("host", "", "|[A-Za-z0-9:][A-Za-z0-9.:_-]{0,252}", "the name or IP address where QEMU listens");
        if (host.isEmpty()) {
            throw options.badValue("socket", "", "the full path of the Unix socket from QEMU's option -qmp");
        }
        return QmpAddress.ofPort(host, options.readNumber("port", DEFAULT_PORT, 1, QemuConfig.MAX_PORT));
    }

    private static Optional<Path> parseScreenshot(Options options) throws BadValueException {
        Optional<Path> socket = parsePath(options, "socket", "");
        Optional<Path> folder = parsePath(options, "pictureFolder", "the full path of a folder, or empty").or(() -> socket.map(Path::getParent));
        if (!options.readFlag("picture", true) || folder.isEmpty()) {
            return Optional.empty();
        }
        // The target's id has no slash.
        return Optional.of(folder.get().resolve("catseye-" + options.readTargetId() + ".ppm"));
    }

    private static Optional<Path> parsePath(Options options, String key, String allowed) throws BadValueException {
        String text = options.readText(key, "");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            Path path = Path.of(text);
            if (path.isAbsolute() && path.getFileName() != null && path.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_SOCKET_BYTES) {
                return Optional.of(path.normalize());
            }
        } catch (InvalidPathException e) {
            throw options.badValue(key, text, allowed);
        }
        throw options.badValue(key, text, allowed);
    }
}
