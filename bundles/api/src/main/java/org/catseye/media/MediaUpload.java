package org.catseye.media;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.osgi.annotation.versioning.ProviderType;

/**
 * An image that is being uploaded. It is not in the library until {@link #finishUpload()}, and it survives a restart. Thread-safe; one
 * thread at a time can append.
 */
@ProviderType
public interface MediaUpload {

    /** Random; who knows it can't use it without being logged in as {@link #user()}. */
    String id();

    /** The name that the image will have. */
    String name();

    /** Who started it. */
    String user();

    /** The size of the image; -1 while it is unknown. */
    long length();

    /** How many bytes are stored. */
    long offset();

    /** When it is deleted if nothing is appended. */
    Instant expires();

    /** What is appended until the stream ends is stored, even if the stream or the disk fails then.
     *
     * @param offset where the content begins; has to be {@link #offset()}
     * @return the new offset
     * @throws MediaException CONFLICT for another offset; BUSY if another thread appends; NO_SPACE if the disk is full; TOO_LARGE for more
     *     than {@link #length()}
     * @throws IOException if the stream fails
     */
    long appendContent(long offset, InputStream content) throws MediaException, IOException;

    /** Puts the image into the library. Its hash is computed later.
     *
     * @throws MediaException CONFLICT if bytes are missing; EXISTS if there is an image of this name meanwhile
     */
    MediaImage finishUpload() throws MediaException;

    /** Deletes what is stored; ends an {@link #appendContent} under way. */
    void discardUpload();
}
