package org.catseye.ffmpeg.h264;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * JPEGs in IVF, the simplest container with time stamps: a header of 32 bytes, then each picture after its length and its time stamp,
 * little-endian (as {@code libavformat/ivfdec.c} of ffmpeg reads it). Here the unit of time is a millisecond.
 */
final class IvfStream {

    private static final int HEADER_BYTES = 32;
    private static final int FRAME_HEADER_BYTES = 12;
    private static final long JUMP_MILLIS = TimeUnit.SECONDS.toMillis(EncoderOptions.KEY_FRAME_SECONDS) + 1_000;
    private static final int UNITS_PER_SECOND = 1_000;

    private final OutputStream out;
    private final ByteBuffer head = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final long started = System.nanoTime();
    private long lastMillis = -1;
    private long jumped;

    /** Writes the header. @param width of the pictures, in pixels */
    IvfStream(OutputStream out, int width, int height) throws IOException {
        this.out = out;
        head.put("DKIF".getBytes(StandardCharsets.US_ASCII)).putShort((short) 0).putShort((short) HEADER_BYTES);
        head.put("MJPG".getBytes(StandardCharsets.US_ASCII)).putShort((short) width).putShort((short) height);
        head.putInt(UNITS_PER_SECOND).putInt(1).putInt(0).putInt(0);
        out.write(head.array(), 0, HEADER_BYTES);
    }

    /** Writes a picture. May block. @param keyFrame whether it must become a key frame */
    void writePicture(byte[] jpeg, int bytes, boolean keyFrame) throws IOException {
        jumped += keyFrame ? JUMP_MILLIS : 0;
        lastMillis = Math.max(lastMillis + 1, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started) + jumped);
        head.clear();
        head.putInt(bytes).putLong(lastMillis);
        out.write(head.array(), 0, FRAME_HEADER_BYTES);
        out.write(jpeg, 0, bytes);
        out.flush();
    }
}
