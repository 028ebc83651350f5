package org.catseye.core.media.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.catseye.config.BadValueException;
import org.catseye.options.Options;

/**
 * The settings of the library.
 *
 * @param folder absolute
 * @param ownFolder whether the folder is the one in Catseye's home, which is created if it is missing
 * @param readOnlyFolders absolute
 * @param maxUploads unfinished uploads of one user
 * @param reserveBytes what stays free on the disk
 */
public record LibrarySettings(Path folder, boolean ownFolder, List<Path> readOnlyFolders, int maxUploads, long reserveBytes) {

    private static final String FOLDER = "folder";
    private static final String READ_ONLY_FOLDERS = "readOnlyFolders";
    private static final String ABSOLUTE = "the full path of a folder, which begins with /";
    private static final long MEBIBYTE = 1 << 20;

    public LibrarySettings {
        readOnlyFolders = List.copyOf(readOnlyFolders);
    }

    public static LibrarySettings parse(Map<String, ?> properties, Path home) throws BadValueException {
        Options options = new Options(LibraryConfig.PID, properties);
        String folder = options.readText(FOLDER, "");
        List<Path> readOnly = new ArrayList<>();
        for (String each : options.readTexts(READ_ONLY_FOLDERS)) {
            readOnly.add(parsePath(options, READ_ONLY_FOLDERS, each));
        }
        if (readOnly.size() > LibraryConfig.MAX_FOLDERS) {
            throw options.badValue(READ_ONLY_FOLDERS, readOnly.size() + " folders", "at most " + LibraryConfig.MAX_FOLDERS + " folders");
        }
        int uploads = options.readNumber("maxUploads", LibraryConfig.DEFAULT_MAX_UPLOADS, LibraryConfig.MIN_MAX_UPLOADS, LibraryConfig.MAX_MAX_UPLOADS);
        int reserve = options.readNumber("reserveMebibytes", LibraryConfig.DEFAULT_RESERVE_MEBIBYTES, LibraryConfig.MIN_RESERVE_MEBIBYTES,
                LibraryConfig.MAX_RESERVE_MEBIBYTES);
        return new LibrarySettings(folder.isEmpty() ? home.toAbsolutePath().resolve("media") : parsePath(options, FOLDER, folder), folder.isEmpty(), readOnly,
                uploads, reserve * MEBIBYTE);
    }

    private static Path parsePath(Options options, String key, String text) throws BadValueException {
        try {
            Path path = Path.of(text);
            if (path.isAbsolute()) {
                return path.normalize();
            }
        } catch (InvalidPathException e) {
            throw options.badValue(key, text, ABSOLUTE);
        }
        throw options.badValue(key, text, ABSOLUTE);
    }
}
