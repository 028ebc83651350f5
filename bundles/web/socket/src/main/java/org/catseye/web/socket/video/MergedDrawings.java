package org.catseye.web.socket.video;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.catseye.video.Codec;
import org.catseye.video.Frame;
import org.catseye.video.Subscription;

/**
 * The drawings that have come while a viewer could take none, as one message: their steps one after the other. A picture that comes after
 * them replaces them. If they do not fit into a buffer of a fixed size, the source is asked for a picture, and drawings are left out until it
 * comes. For one connection, in turns only.
 */
final class MergedDrawings {

    static final int MAX_BYTES = 256 * 1024;
    /** A message of this size gets no further drawings; the rest follows in the next message. */
    private static final int ENOUGH_BYTES = MAX_BYTES / 2;

    /** Has {@link #MAX_BYTES} once it is needed. */
    private ByteBuffer steps = ByteBuffer.allocateDirect(0);
    private Frame newest;
    private boolean merged;
    private boolean awaitingPicture;

    /**
     * Takes the frames after a drawing, as far as there are any.
     *
     * @param first is lent already
     * @param lend gets the frame that takes its place; the one before is closed
     * @return whether {@link #newest} may be sent
     */
    boolean collectFrom(Frame first, Optional<Subscription> source, Consumer<Frame> lend) {
        newest = first;
        merged = false;
        steps.clear();
        boolean sends = !awaitingPicture;
        int bytes = first.encodedBytes().remaining();
        while (awaitingPicture || bytes <= ENOUGH_BYTES) {
            Optional<Frame> next = source.flatMap(Subscription::nextFrame);
            if (next.isEmpty()) {
                return sends;
            }
            Frame frame = next.get();
            boolean picture = frame.format().codec() != Codec.DRAWING;
            bytes += frame.encodedBytes().remaining();
            if (picture) {
                replaceNewest(frame, lend);
                noticePicture();
                return true;
            }
            if (awaitingPicture) {
                frame.close();
            } else if (bytes > MAX_BYTES) {
                frame.close();
                awaitingPicture = true;
                source.ifPresent(Subscription::requestKeyFrame);
                return true;
            } else {
                if (!merged) {
                    append(newest);
                }
                merged = true;
                append(frame);
                replaceNewest(frame, lend);
            }
        }
        return sends;
    }

    private void replaceNewest(Frame frame, Consumer<Frame> lend) {
        Frame before = newest;
        newest = frame;
        lend.accept(frame);
        before.close();
    }

    private void append(Frame drawing) {
        if (steps.capacity() == 0) {
            steps = ByteBuffer.allocateDirect(MAX_BYTES);
        }
        steps.put(drawing.encodedBytes().duplicate());
    }

    /** A picture is sent, which drawings can change again. */
    void noticePicture() {
        awaitingPicture = false;
        merged = false;
    }

    /** The last drawing, or the picture that came after it. */
    Frame newest() {
        return newest;
    }

    /** Whether {@link #steps()} are those of several drawings; else they are those of the newest. */
    boolean isMerged() {
        return merged;
    }

    /** The steps of all drawings; valid until the next call of {@link #collectFrom}. */
    ByteBuffer steps() {
        return steps.duplicate().flip();
    }
}
