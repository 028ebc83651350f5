package org.catseye.core.media.library;

import java.nio.file.Path;
import java.util.Optional;
import org.catseye.media.MediaException;
import org.catseye.media.MediaException.Reason;
import org.catseye.media.MediaImage;

/** Where images are, for what is in this bundle: the hubs, which attach them, and the files on disks. */
public interface ImageFiles {

    /** mtools takes what follows it in a path for an offset in the file that is named before it. */
    String OFFSET_MARK = "@@";

    /**
     * An image and its file.
     *
     * @param file absolute; a regular file when it was looked at
     * @param writable false for an image of a read-only folder
     */
    record Located(MediaImage image, Path file, boolean writable) {
    }

    /** The image with this id or, if there is none, with this name. Reads the disk. */
    Optional<Located> locateImage(String idOrName);

    /** As {@link #locateImage}. @throws MediaException NOT_FOUND, or UNSUPPORTED for writing to an image of a read-only folder */
    default Located requireImage(String idOrName, boolean forWriting) throws MediaException {
        Located located = locateImage(idOrName).orElseThrow(() -> new MediaException(Reason.NOT_FOUND, "There is no such image in the library."));
        if (forWriting && !located.writable()) {
            throw new MediaException(Reason.UNSUPPORTED, "The image is in a folder that is only read. Attach it read-only, or upload it to the library.");
        }
        return located;
    }
}
