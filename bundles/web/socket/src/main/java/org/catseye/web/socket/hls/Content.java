package org.catseye.web.socket.hls;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Bytes of an answer, which may be released although an answer is not complete: a slow client keeps no memory. Thread-safe. */
final class Content {

    private final int size;
    private volatile byte[] bytes;

    /** @param bytes not to be changed any more */
    Content(byte[] bytes) {
        this.bytes = bytes;
        size = bytes.length;
    }

    static Content ofText(String ascii) {
        return new Content(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    int size() {
        return size;
    }

    /** Not to be changed; empty after {@link #release}. */
    Optional<byte[]> bytes() {
        return Optional.ofNullable(bytes);
    }

    void release() {
        bytes = null;
    }
}
