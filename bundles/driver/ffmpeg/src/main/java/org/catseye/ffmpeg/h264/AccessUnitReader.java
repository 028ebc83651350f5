package org.catseye.ffmpeg.h264;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.catseye.ffmpeg.process.MultipartReader;
import org.catseye.ffmpeg.process.PipeRun;
import org.catseye.video.VideoFormat;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.Slot;

/** Publishes the encoder's access units, each as soon as it is there. */
final class AccessUnitReader implements PipeRun.Reader {

    private static final int CHUNK_BYTES = 64 * 1024;
    /** Types of network abstraction layer units (ITU-T H.264, table 7-1). */
    private static final int SLICE = 1;
    private static final int SLICE_OF_KEY_FRAME = 5;
    private static final int TYPE_MASK = 0x1f;

    private final VideoFormat format;
    private final CaptureContext context;
    private final PictureWriter writer;

    AccessUnitReader(VideoFormat format, CaptureContext context, PictureWriter writer) {
        this.format = format;
        this.context = context;
        this.writer = writer;
    }

    @Override
    public void readOutput(InputStream in) throws IOException {
        MultipartReader parts = new MultipartReader(in);
        byte[] chunk = new byte[CHUNK_BYTES];
        boolean lost = false;
        for (int bytes = parts.readPartHeader(); bytes > 0; bytes = parts.readPartHeader()) {
            Optional<Slot> acquired = context.acquireSlot(bytes);
            if (acquired.isEmpty()) {
                // The frames that follow depend on this one.
                lost = true;
                parts.skipBody(bytes, chunk);
                writer.recordResult(bytes);
                writer.requestKeyFrame();
                continue;
            }
            try (Slot slot = acquired.get()) {
                parts.readBody(bytes, slot.buffer(), chunk);
                long captured = writer.recordResult(bytes);
                boolean keyFrame = isKeyFrame(slot.buffer(), bytes);
                lost &= !keyFrame;
                if (keyFrame) {
                    writer.recordKeyFrame();
                }
                if (!lost) {
                    context.publishFrame(slot, format, keyFrame, captured == 0 ? System.nanoTime() : captured);
                }
            }
        }
    }

    /** Whether the first slice belongs to a key frame. */
    static boolean isKeyFrame(ByteBuffer unit, int bytes) {
        for (int at = 0; at + 3 < bytes; at++) {
            if (unit.get(at) == 0 && unit.get(at + 1) == 0 && unit.get(at + 2) == 1) {
                int type = unit.get(at + 3) & TYPE_MASK;
                if (type == SLICE || type == SLICE_OF_KEY_FRAME) {
                    return type == SLICE_OF_KEY_FRAME;
                }
                at += 3;
            }
        }
        return false;
    }
}
