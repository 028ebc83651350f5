package org.catseye.capture.v4l2.frame;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.catseye.capture.v4l2.kernel.StreamFormat;
import org.catseye.capture.v4l2.kernel.V4l2;
import org.catseye.video.VideoFormat;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.Slot;

/** Turns the bytes of a driver's buffer into a JPEG for viewers. For one thread. */
public interface FrameSource extends AutoCloseable {

    /** The source for a device's format. @throws IOException if that format cannot be shown */
    static FrameSource forFormat(StreamFormat format) throws IOException {
        if (V4l2.isJpeg(format.fourcc())) {
            return new JpegSource();
        }
        if (format.fourcc() == V4l2.YUYV || format.fourcc() == V4l2.UYVY) {
            return new YuvSource(format);
        }
        throw new IOException("the device delivers only " + V4l2.formatName(format.fourcc()) + " pictures, which cannot be shown");
    }

    /**
     * Checks a frame. {@link #copyToSlot} and the getters refer to the last frame that was accepted.
     *
     * @param bytes the buffer, from index 0
     * @param used how many bytes were delivered
     * @return whether the frame is complete; if not, {@link #defectDescription()} gives the reason
     */
    boolean acceptFrame(ByteBuffer bytes, int used);

    /** Why the last frame was rejected, as the end of a sentence about dropped frames. */
    String defectDescription();

    /**
     * Copies the accepted frame into a buffer of the hub.
     *
     * @return the slot, positioned behind the last byte; the caller owns it. Empty if the hub has no buffer
     */
    Optional<Slot> copyToSlot(ByteBuffer bytes, CaptureContext context) throws IOException;

    /** The format of the accepted frame. */
    VideoFormat frameFormat();

    /** Where the accepted frame's entropy-coded data begins in the copy; 0 if unknown. */
    int scanOffset();

    @Override
    default void close() {
    }
}
