package org.catseye.core.deploy.jar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;

/**
 * Attributes of a file that differ after each change of its content. Tools can set the time of the last modification, but not that of the
 * last change of the inode.
 */
public record JarStamp(long size, FileTime modified, FileTime changed, Object inode) {

    /** Empty if it is not a regular file. */
    static Optional<JarStamp> readAttributes(Path file) throws IOException {
        Map<String, Object> all = Files.readAttributes(file, "unix:size,lastModifiedTime,ctime,ino,isRegularFile");
        if (!Boolean.TRUE.equals(all.get("isRegularFile"))) {
            return Optional.empty();
        }
        return Optional.of(new JarStamp((Long) all.get("size"), (FileTime) all.get("lastModifiedTime"), (FileTime) all.get("ctime"), all.get("ino")));
    }
}
