package org.catseye.web.socket.video;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Optional;
import org.catseye.video.Codec;
import org.catseye.video.Frame;
import org.catseye.web.socket.viewer.FrameHeads;

/**
 * What a viewer has not got yet of a picture: the strips that differ from the picture that it got last, as a message of their own with a JPEG of these
 * strips only. A small change of the screen is then a small message, which is also decoded faster. For one connection, in turns only.
 */
final class ChangedStrips {

    /** Bit 1 of the flags in the header of {@code catseye.video.v1}. */
    static final byte PARTS_FLAG = 2;

    /** More runs than that have more than half of the strips of any picture. */
    private static final int MAX_RUNS = 1024;

    private JpegStrips next = new JpegStrips();
    private JpegStrips sent = new JpegStrips();
    private boolean comparable;
    private final BitSet changed = new BitSet();
    private final int[] runs = new int[2 * MAX_RUNS];
    private int runCount;
    private ByteBuffer message = ByteBuffer.allocateDirect(0);

    /** The next picture is sent as a whole. */
    void forgetPicture() {
        comparable = false;
    }

    /**
     * Compares a picture with the one before, which the viewer has got, and takes its place.
     *
     * @param videoHead the header of the whole picture in {@code catseye.video.v1}
     * @return a WebSocket message of the changed strips, valid until the next call; empty if the picture has to be sent as a whole
     */
    Optional<ByteBuffer> describeChanges(Frame frame, ByteBuffer videoHead) {
        boolean hasStrips = frame.format().codec() == Codec.JPEG && next.readPicture(frame.encodedBytes());
        Optional<ByteBuffer> result = hasStrips && comparable && next.isLike(sent) ? buildMessage(videoHead) : Optional.empty();
        JpegStrips other = sent;
        sent = next;
        next = other;
        comparable = hasStrips;
        return result;
    }

    private Optional<ByteBuffer> buildMessage(ByteBuffer videoHead) {
        int stripBytes = collectChanges();
        if (2 * stripBytes > next.totalBytes()) {
            return Optional.empty();
        }
        int strips = changed.cardinality();
        int payload = 2 + 4 * runCount + next.headerBytes() + stripBytes;
        int whole = FrameHeads.WEBSOCKET_HEAD + FrameHeads.VIDEO_HEAD + payload;
        if (message.capacity() < whole) {
            message = ByteBuffer.allocateDirect(whole + whole / 2);
        }
        message.clear();
        FrameHeads.putLength(message.put((byte) 0x82), FrameHeads.VIDEO_HEAD + payload);
        int head = message.position();
        message.put(videoHead);
        message.put(head + 2, PARTS_FLAG).putInt(head + 20, payload);
        message.putShort((short) runCount);
        for (int i = 0; i < 2 * runCount; i++) {
            message.putShort((short) runs[i]);
        }
        next.writeHeader(message, strips);
        int number = 0;
        for (int i = changed.nextSetBit(0); i >= 0; i = changed.nextSetBit(i + 1)) {
            next.writeStrip(message, i, number++, strips);
        }
        return Optional.of(message.flip());
    }

    /** Finds the changed strips and their runs, in rows of pixels: where each begins, and how many it has. @return the bytes of the strips */
    private int collectChanges() {
        changed.clear();
        int bytes = 0;
        for (int i = 0; i < next.count(); i++) {
            if (!next.hasSameStrip(sent, i)) {
                changed.set(i);
            }
        }
        if (changed.isEmpty()) {
            // Each frame is a message; it shows how old the picture is.
            changed.set(0);
        }
        runCount = 0;
        for (int from = changed.nextSetBit(0); from >= 0 && runCount < MAX_RUNS;) {
            int to = changed.nextClearBit(from);
            runs[2 * runCount] = from * next.stripRows();
            runs[2 * runCount + 1] = Math.min(to * next.stripRows(), next.height()) - from * next.stripRows();
            runCount++;
            for (int i = from; i < to; i++) {
                bytes += next.stripBytes(i);
            }
            from = changed.nextSetBit(to);
        }
        return bytes;
    }
}
