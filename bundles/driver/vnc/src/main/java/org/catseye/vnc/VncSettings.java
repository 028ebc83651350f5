package org.catseye.vnc;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catseye.config.BadValueException;
import org.catseye.options.Options;
import org.catseye.rfb.client.ClientOptions;
import org.catseye.rfb.picture.Encoding;
import org.catseye.rfb.security.Credentials;
import org.catseye.rfb.security.SecurityPolicy;
import org.catseye.rfb.transport.ServerAddress;
import org.catseye.trust.DeviceTrust;
import org.catseye.trust.FingerprintTrust;
import org.catseye.trust.ServerTrust;
import org.catseye.vnc.link.LinkSettings;

/**
 * A checked configuration.
 *
 * @param link how to connect
 * @param viewOnly whether no input is sent
 * @param jpegQuality 10 to 100
 * @param fps upper limit of frames per second
 */
record VncSettings(LinkSettings link, boolean viewOnly, int jpegQuality, int fps) {

    private static final int MAX_UNIX_PATH_BYTES = 107;

    /** @throws BadValueException with the configuration, key and value, and the values that are allowed */
    static VncSettings parseSettings(Map<String, ?> properties) throws BadValueException {
        Options options = new Options(VncConfig.PID, properties);
        String target = options.readTargetId();
        ServerAddress address = parseAddress(options);
        SecurityPolicy security = new SecurityPolicy(new Credentials(options.readText("user", ""), options.readSecret("password")), parseTls(options));
        ClientOptions client = new ClientOptions(options.readFlag("shared", true), parseEncodings(options, address.isUnixSocket()));
        return new VncSettings(new LinkSettings(target, address, security, client), options.readFlag("viewOnly", false),
            options.readNumber("jpegQuality", VncConfig.DEFAULT_JPEG_QUALITY, VncConfig.MIN_JPEG_QUALITY, VncConfig.MAX_JPEG_QUALITY),
            options.readNumber("fps", VncConfig.DEFAULT_FPS, VncConfig.MIN_FPS, VncConfig.MAX_FPS));
    }

    private static ServerAddress parseAddress(Options options) throws BadValueException {
        String host = options.readMatchingText("host", "", "[0-9A-Za-z._:%-]{0,253}", "the name or the address of a server, without a port");
        int port = options.readNumber("port", VncConfig.DEFAULT_PORT, 1, VncConfig.MAX_PORT);
        Optional<Path> socket = parsePath(options, "socket", "the full path of a Unix socket, or empty");
        if (socket.isPresent() == !host.isEmpty()) {
            throw options.badValue("host", host, socket.isPresent() ? "empty, because there is a Unix socket" : "the name or address of the server;"
                + " or set the Unix socket");
        }
        if (socket.isPresent() && socket.get().toString().getBytes(StandardCharsets.UTF_8).length > MAX_UNIX_PATH_BYTES) {
            throw options.badValue("socket", socket.get(), "a path of at most " + MAX_UNIX_PATH_BYTES + " bytes, which is the limit of Linux");
        }
        return socket.map(ServerAddress::ofSocket).orElseGet(() -> ServerAddress.ofHost(host, port));
    }

    private static Optional<Path> parsePath(Options options, String key, String allowed) throws BadValueException {
        String path = options.readText(key, "");
        try {
            if (path.isEmpty() || Path.of(path).isAbsolute()) {
                return path.isEmpty() ? Optional.empty() : Optional.of(Path.of(path));
            }
        } catch (InvalidPathException e) {
            // Reported below, like a relative path.
        }
        throw options.badValue(key, path, allowed);
    }

    private static Optional<ServerTrust> parseTls(Options options) throws BadValueException {
        String mode = options.readMatchingText("tls", VncConfig.TLS_OFF, VncConfig.TLS_OFF + "|" + VncConfig.TLS_CERTIFICATE + "|" + VncConfig.TLS_FINGERPRINT,
            "off, certificate or fingerprint");
        Optional<Path> file = parsePath(options, "certificateFile", "the full path of a PEM file, or empty");
        String fingerprint = options.readText("fingerprint", "");
        if (file.isPresent() && !mode.equals(VncConfig.TLS_CERTIFICATE)) {
            throw options.badValue("certificateFile", file.get(), "empty, unless tls is certificate");
        }
        if (!fingerprint.isEmpty() && !mode.equals(VncConfig.TLS_FINGERPRINT)) {
            throw options.badValue("fingerprint", fingerprint, "empty, unless tls is fingerprint");
        }
        return switch (mode) {
            case VncConfig.TLS_CERTIFICATE -> Optional.of(new DeviceTrust(file));
            case VncConfig.TLS_FINGERPRINT -> Optional.of(FingerprintTrust.parseFingerprint(fingerprint)
                .orElseThrow(() -> options.badValue("fingerprint", fingerprint, "a SHA-256 fingerprint: 64 hexadecimal digits, with or without colons")));
            default -> Optional.empty();
        };
    }

    private static List<Integer> parseEncodings(Options options, boolean local) throws BadValueException {
        String name = options.readMatchingText("encoding", VncConfig.AUTO, "auto|tight|zrle|hextile|raw", "auto, tight, zrle, hextile or raw");
        String quality = options.readMatchingText("tightQuality", VncConfig.DEFAULT_TIGHT_QUALITY, "[0-9]|off", "a digit from 0 to 9, or off");
        List<Integer> encodings = new ArrayList<>(List.of(Encoding.COPY_RECT));
        switch (name) {
            case "zrle" -> encodings.add(Encoding.ZRLE);
            case "hextile" -> encodings.add(Encoding.HEXTILE);
            case "raw" -> { }
            default -> encodings.addAll(local && name.equals(VncConfig.AUTO) ? List.of(Encoding.RAW, Encoding.TIGHT)
                : List.of(Encoding.TIGHT, Encoding.ZRLE, Encoding.HEXTILE));
        }
        encodings.addAll(List.of(Encoding.RAW, Encoding.DESKTOP_SIZE, Encoding.EXTENDED_DESKTOP_SIZE, Encoding.LAST_RECT, Encoding.DESKTOP_NAME,
            Encoding.CURSOR, Encoding.POINTER_POSITION, Encoding.VMWARE_POINTER_POSITION, Encoding.QEMU_EXTENDED_KEYS, Encoding.QEMU_LED_STATE,
            Encoding.VMWARE_LED_STATE, Encoding.QEMU_POINTER_MOTION));
        if (!quality.equals(VncConfig.OFF)) {
            encodings.add(Encoding.JPEG_QUALITY_0 + Integer.parseInt(quality));
        }
        return encodings.stream().distinct().toList();
    }
}
