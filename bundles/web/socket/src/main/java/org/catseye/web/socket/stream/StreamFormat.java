package org.catseye.web.socket.stream;

import java.nio.ByteBuffer;
import org.catseye.video.Frame;

/** How access units are written into one stream. Each stream has its own; used by one thread at a time. */
interface StreamFormat {

    /** The media type of the response. */
    String contentType();

    /**
     * The bytes for an access unit in Annex B format.
     *
     * @param unit open until the bytes are written
     * @param data a duplicate of the unit's bytes, which may be returned itself
     * @return remaining bytes that are valid until the next call
     */
    ByteBuffer wrapUnit(Frame unit, ByteBuffer data);

    /** Whether the last unit does not fit into the stream, which ends before it. */
    default boolean isOver() {
        return false;
    }

    /** What keeps the connection open while the picture is still; without any bytes if the format has nothing for this. */
    ByteBuffer writePause();
}
