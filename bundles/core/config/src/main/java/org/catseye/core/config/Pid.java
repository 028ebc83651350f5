package org.catseye.core.config;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A PID and the file it lives in.
 *
 * @param name the PID
 * @param factory of an instance the PID of its factory, else empty
 */
record Pid(String name, Optional<String> factory) {
    private static final String OURS = "org.catseye.";

    /** As ConfigurationAdmin names it: {@code factory~name} is an instance. */
    static Pid of(String name) {
        int tilde = name.indexOf('~');
        return new Pid(name, tilde > 0 ? Optional.of(name.substring(0, tilde)) : Optional.empty());
    }

    /** Empty for files that are no configuration: logging.properties, backups, what an editor leaves. */
    static Optional<Pid> ofFile(String file) {
        return meant(file).filter(pid -> pid.file().equals(file));
    }

    /** What a person has to know of a file that looks like a configuration and is not read, because its name has to be another. */
    static Optional<String> misnamed(String file) {
        return meant(file).filter(pid -> !pid.file().equals(file)).map(pid -> file + " is not read: the configuration " + pid.name() + " is in a file "
                + pid.file() + (pid.ours() ? ", as key = value" : ", as name=\"text\" or count=I\"5\""));
    }

    private static Optional<Pid> meant(String file) {
        if (file.startsWith(".") || !(file.endsWith(".cfg") || file.endsWith(".config"))) {
            return Optional.empty();
        }
        try {
            return Optional.of(of(URLDecoder.decode(file.substring(0, file.lastIndexOf('.')).replace("+", "%2B"), StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException badEscape) {
            return Optional.empty();
        }
    }

    /**
     * The file's name. An instance made without a name has a PID of {@code factory.number}; its file says {@code factory~number}, and
     * that is its PID from the next start on.
     */
    String file() {
        String shown = factory.filter(prefix -> name.startsWith(prefix + ".")).map(prefix -> prefix + "~" + name.substring(prefix.length() + 1))
                .orElse(name);
        String escaped = URLEncoder.encode(shown, StandardCharsets.UTF_8).replace("+", "%20").replace("%7E", "~");
        return escaped + (ours() ? ".cfg" : ".config");
    }

    Format format() {
        return ours() ? new CfgFormat() : new TypedFormat();
    }

    private boolean ours() {
        return name.startsWith(OURS);
    }
}
