package org.catseye.core.media.files;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.catseye.core.media.library.ImageFiles;
import org.catseye.core.media.library.ImageFiles.Located;
import org.catseye.media.MediaException;
import org.catseye.media.MediaException.Reason;
import org.catseye.media.MediaImage;
import org.catseye.media.MediaLibrary;
import org.catseye.media.MediaUpload;

/** As much of a library as disks need: a folder in which the id of an image is its name. */
final class FolderLibrary {

    private final Path folder;
    private final Map<String, Path> files = new ConcurrentHashMap<>();
    /** What is left of the disk. */
    long freeBytes = Long.MAX_VALUE;
    int discarded;

    FolderLibrary(Path folder) {
        this.folder = folder;
    }

    MediaLibrary service() {
        return (MediaLibrary) Proxy.newProxyInstance(MediaLibrary.class.getClassLoader(), new Class<?>[] {MediaLibrary.class}, (proxy, method, arguments) ->
                switch (method.getName()) {
                    case "startUpload" -> upload((String) arguments[0], (Long) arguments[1], (String) arguments[2]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    ImageFiles images() {
        return id -> Optional.ofNullable(files.get(id)).map(file -> new Located(new MediaImage(id, id, 0, "", "", Instant.EPOCH), file, true));
    }

    Path locate(String id) throws MediaException {
        if (!files.containsKey(id)) {
            throw new MediaException(Reason.NOT_FOUND, "There is no such image in the library.");
        }
        return files.get(id);
    }

    void add(String name, byte[] content) throws IOException {
        files.put(name, Files.write(folder.resolve(name), content));
    }

    private MediaUpload upload(String name, long bytes, String user) {
        return (MediaUpload) Proxy.newProxyInstance(MediaUpload.class.getClassLoader(), new Class<?>[] {MediaUpload.class}, (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "appendContent" -> {
                    if (bytes > freeBytes) {
                        throw new MediaException(Reason.NO_SPACE, "The disk is full.");
                    }
                    return Files.copy((InputStream) arguments[1], folder.resolve(name));
                }
                case "finishUpload" -> {
                    files.put(name, folder.resolve(name));
                    return new MediaImage(name, name, Files.size(folder.resolve(name)), "", user, Instant.EPOCH);
                }
                case "discardUpload" -> {
                    discarded++;
                    return null;
                }
                default -> throw new UnsupportedOperationException(method.getName());
            }
        });
    }
}
