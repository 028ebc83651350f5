package org.catseye.media;

import java.util.Objects;

/**
 * The disk that the library is on.
 *
 * @param totalBytes its size; 0 if it cannot be used
 * @param freeBytes what a new image may take: without what unfinished uploads and downloads have announced, and without a reserve for the
 *     rest of the device
 * @param problem one sentence for the user: why the folder cannot be used; empty if it can
 */
public record MediaSpace(long totalBytes, long freeBytes, String problem) {

    public MediaSpace {
        Objects.requireNonNull(problem, "problem");
    }
}
