package org.catseye.core.deploy.jar;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.osgi.framework.Version;

/**
 * A whole bundle in the drop folder that passed the review.
 *
 * @param path the file
 * @param modified when the file was last modified
 * @param digest SHA-256 of the file
 */
public record DroppedJar(Path path, FileTime modified, String digest, String symbolicName, Version version, boolean fragment) {

    /** The beginning of the location of every bundle that comes from the drop folder. */
    public static final String LOCATION_PREFIX = "drop:";

    /** @throws IllegalArgumentException if the content is not a bundle, or its version is malformed */
    public static DroppedJar describe(Path path, FileTime modified, JarContent content) {
        return new DroppedJar(path, modified, content.digest(), content.symbolicName().orElseThrow(IllegalArgumentException::new),
                content.parseVersion(), content.isFragment());
    }

    public String fileName() {
        return path.getFileName().toString();
    }

    /** The location of its bundle. It contains the symbolic name, so a file that becomes another bundle has another location. */
    public String location() {
        return createLocation(symbolicName, fileName());
    }

    public static String createLocation(String symbolicName, String fileName) {
        return LOCATION_PREFIX + symbolicName + "/" + fileName;
    }

    /** The file name in the location of a bundle from the drop folder. */
    public static String parseFileName(String location) {
        return location.substring(location.lastIndexOf('/') + 1);
    }
}
