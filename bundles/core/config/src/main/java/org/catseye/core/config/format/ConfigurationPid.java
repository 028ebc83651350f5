package org.catseye.core.config.format;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A PID, and the name and format of its file.
 *
 * @param name the PID
 * @param factory the PID of the factory; empty if this is not an instance of one
 */
public record ConfigurationPid(String name, Optional<String> factory) {
    private static final String CATSEYE_PREFIX = "org.catseye.";

    /** As ConfigurationAdmin names it: {@code factory~name} is an instance. */
    public static ConfigurationPid parsePid(String name) {
        int tilde = name.indexOf('~');
        return new ConfigurationPid(name, tilde > 0 ? Optional.of(name.substring(0, tilde)) : Optional.empty());
    }

    /** The PID of a configuration file; empty for other files, such as logging.properties, backups and files of editors. */
    public static Optional<ConfigurationPid> findByFileName(String fileName) {
        return findIntended(fileName).filter(pid -> pid.fileName().equals(fileName));
    }

    /** A message about a file that looks like a configuration and is not read, because its name is wrong; empty for all other files. */
    public static Optional<String> explainWrongName(String fileName) {
        return findIntended(fileName).filter(pid -> !pid.fileName().equals(fileName))
                .map(pid -> fileName + " is not read: the configuration " + pid.name() + " is in a file " + pid.fileName()
                        + (pid.isCatseye() ? ", as key = value" : ", as name=\"text\" or count=I\"5\""));
    }

    private static Optional<ConfigurationPid> findIntended(String fileName) {
        if (fileName.startsWith(".") || !(fileName.endsWith(".cfg") || fileName.endsWith(".config"))) {
            return Optional.empty();
        }
        try {
            String escaped = fileName.substring(0, fileName.lastIndexOf('.')).replace("+", "%2B");
            return Optional.of(parsePid(URLDecoder.decode(escaped, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException badEscape) {
            return Optional.empty();
        }
    }

    /**
     * The file's name. An instance that was created without a name has a PID of {@code factory.number}; its file is called
     * {@code factory~number}, which is its PID from the next start on.
     */
    public String fileName() {
        String shown = factory.filter(prefix -> name.startsWith(prefix + "."))
                .map(prefix -> prefix + "~" + name.substring(prefix.length() + 1)).orElse(name);
        String escaped = URLEncoder.encode(shown, StandardCharsets.UTF_8).replace("+", "%20").replace("%7E", "~");
        return escaped + (isCatseye() ? ".cfg" : ".config");
    }

    public FileFormat fileFormat() {
        return isCatseye() ? new CfgFormat() : new TypedFormat();
    }

    private boolean isCatseye() {
        return name.startsWith(CATSEYE_PREFIX);
    }
}
