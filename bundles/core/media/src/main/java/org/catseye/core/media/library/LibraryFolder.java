package org.catseye.core.media.library;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.catseye.core.media.settings.LibraryConfig;
import org.catseye.core.media.settings.LibrarySettings;
import org.catseye.media.MediaException;
import org.catseye.media.MediaException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The library's own folder, which may disappear and come back at any time. Its owner's lock guards it, except for {@link #usableBytes}. */
final class LibraryFolder {

    private static final Logger LOG = LoggerFactory.getLogger(LibraryFolder.class);

    private final LibrarySettings settings;
    private final PartialImage.Owner owner;
    private Optional<Shelf> shelf = Optional.empty();
    private String lastProblem = "";

    /** @param owner of the unfinished uploads in the folder */
    LibraryFolder(LibrarySettings settings, PartialImage.Owner owner) {
        this.settings = settings;
        this.owner = owner;
    }

    Path path() {
        return settings.folder();
    }

    /** The folder's content as it was when it could be used the last time; empty if it never could. */
    Optional<Shelf> lastShelf() {
        return shelf;
    }

    /** @throws MediaException UNAVAILABLE if the folder cannot be used */
    Shelf requireShelf() throws MediaException {
        String problem;
        try {
            if (settings.ownFolder()) {
                Files.createDirectories(path());
            }
            problem = findProblem(path());
            if (problem.isEmpty()) {
                if (shelf.isEmpty() || !shelf.get().isCurrent()) {
                    shelf = Optional.of(Shelf.open(path(), owner));
                }
                reportProblem("");
                return shelf.get();
            }
        } catch (IOException e) {
            LOG.debug("The folder of the media library cannot be used", e);
            problem = "The folder " + path() + " cannot be used: " + describe(e) + ".";
        }
        reportProblem(problem);
        throw new MediaException(Reason.UNAVAILABLE, problem);
    }

    private static String findProblem(Path folder) {
        if (!Files.exists(folder)) {
            return "The folder " + folder + " does not exist. Mount its disk or create it, or change the option folder of " + LibraryConfig.PID + ".";
        }
        if (!Files.isDirectory(folder)) {
            return folder + " is not a folder. Change the option folder of " + LibraryConfig.PID + ".";
        }
        return Files.isWritable(folder) ? "" : "Catseye may not write to the folder " + folder + ". Change its permissions, or mount its disk for writing.";
    }

    private void reportProblem(String problem) {
        if (!problem.equals(lastProblem)) {
            lastProblem = problem;
            if (problem.isEmpty()) {
                LOG.info("The folder of the media library can be used again");
            } else {
                LOG.warn("{}", problem);
            }
        }
    }

    /** The disk that the folder is on. */
    FileStore findStore() throws IOException {
        return Files.getFileStore(path());
    }

    /** How much of the disk the library may take; below 0 if the reserve is in use. Needs no lock. */
    long usableBytes() throws IOException {
        return findStore().getUsableSpace() - settings.reserveBytes();
    }

    /** A failure of the disk in words; a refusal stays what it is. */
    MediaException toUnavailable(IOException e) {
        return e instanceof MediaException refused ? refused
                : new MediaException(Reason.UNAVAILABLE, "The disk of " + path() + " cannot be used: " + describe(e) + ".", e);
    }

    /** The reason without the path that the JDK puts before it. */
    static String describe(IOException e) {
        String text = String.valueOf(e.getMessage());
        int reason = text.lastIndexOf(": ");
        return reason < 0 ? e.getClass().getSimpleName().replace("Exception", "") : text.substring(reason + 2);
    }
}
