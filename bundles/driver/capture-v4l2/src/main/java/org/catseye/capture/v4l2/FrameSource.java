package org.catseye.capture.v4l2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.catseye.video.VideoFormat;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.Slot;

/** How the bytes of a driver's buffer become a JPEG for viewers. Used by one thread. */
interface FrameSource extends AutoCloseable {

    /** For what the device delivers. @throws IOException if that cannot be shown */
    static FrameSource of(Format format) throws IOException {
        if (V4l2.isJpeg(format.fourcc())) {
            return new JpegSource();
        }
        if (format.fourcc() == V4l2.YUYV || format.fourcc() == V4l2.UYVY) {
            return new YuvSource(format);
        }
        throw new IOException("the device insists on " + V4l2.name(format.fourcc()) + " pictures, which cannot be shown");
    }

    /**
     * Looks at a frame. The last one that was accepted is the one that {@link #copy} and the getters speak of.
     *
     * @param bytes the buffer, from index 0
     * @param used how many bytes were delivered
     * @return whether it is whole; if not, {@link #defect()} says why
     */
    boolean accept(ByteBuffer bytes, int used);

    /** Why the last frame was not accepted, as "frames: ...". */
    String defect();

    /**
     * Puts the accepted frame into a buffer of the hub.
     *
     * @return the slot, its position behind the last byte; empty if the hub has none
     */
    Optional<Slot> copy(ByteBuffer bytes, CaptureContext context) throws IOException;

    /** Of the accepted frame. */
    VideoFormat format();

    /** Where the accepted frame's entropy-coded data begins in the copy. */
    int scan();

    @Override
    default void close() {
    }
}
