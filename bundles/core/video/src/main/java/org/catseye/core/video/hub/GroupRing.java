package org.catseye.core.video.hub;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import org.catseye.core.video.memory.FrameBuffer;
import org.catseye.core.video.memory.FrameHandle;
import org.catseye.video.Codec;
import org.catseye.video.Frame;

/**
 * The current group of pictures: from the newest key frame to the newest frame. A JPEG is a group of its own, so the ring holds just
 * the newest one and a viewer skips those it missed; a viewer of H.264 goes through the group in order, and so does a viewer of drawings.
 * Limited in bytes of the buffers: beyond that the oldest frames are dropped, and a viewer that missed them waits for the next key frame. Thread-safe.
 */
final class GroupRing {

    /** A viewer that fell back by more is better off at the next key frame: a picture may be late by frames, never by seconds. */
    static final int MAX_BEHIND = 30;

    private final long maxBytes;
    private volatile int maxBehind = MAX_BEHIND;
    /** Guarded by this, as are {@link #bytes} and {@link #closed}. The ring holds one reference to each. */
    private final Deque<FrameBuffer> frames = new ArrayDeque<>();
    private long bytes;
    private boolean closed;

    GroupRing(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** From now on, a viewer that fell back by more frames waits for the next key frame. For sources that make one at once. */
    void limitBehind(int frameCount) {
        maxBehind = frameCount;
    }

    /** Adds the newest frame and takes over the caller's reference. */
    synchronized void addFrame(FrameBuffer buffer) {
        if (closed) {
            buffer.releaseReference();
            return;
        }
        if (buffer.isKeyFrame()) {
            removeAll();
        }
        frames.addLast(buffer);
        bytes += buffer.capacity();
        // A viewer that is behind by more drawings is better off with a JPEG, which their source makes at once.
        while (frames.size() > 1 && (bytes > maxBytes || isDrawing(buffer) && frames.size() > MAX_BEHIND)) {
            removeOldest();
        }
    }

    synchronized void removeAll() {
        while (!frames.isEmpty()) {
            removeOldest();
        }
    }

    /** From now on there is no frame. Frames that were given out stay valid. */
    synchronized void closeRing() {
        closed = true;
        removeAll();
    }

    /**
     * The next frame a viewer can use, as {@link org.catseye.video.Subscription#nextFrame()} defines it.
     *
     * @return empty if there is none; for a viewer that fell too far behind, none until the next key frame
     */
    synchronized Optional<Frame> nextFrame(ViewerPosition position, Set<Codec> accepts) {
        FrameBuffer newest = frames.peekLast();
        long last = position.lastSequence();
        if (newest == null || newest.sequence() <= last) {
            return Optional.empty();
        }
        if (!accepts.contains(newest.format().codec())) {
            if (isDrawing(newest) && accepts.contains(Codec.JPEG)) {
                position.waitForKeyFrame();
            }
            return Optional.empty();
        }
        FrameBuffer first = frames.getFirst();
        boolean inOrder = last >= first.sequence();
        boolean missedSome = !inOrder && !first.isKeyFrame() && (last == 0 || last + 1 != first.sequence());
        if (inOrder && position.isSkippingGroup()) {
            return Optional.empty();
        }
        if (missedSome || inOrder && position.isTooFarBehind(newest.sequence() - last, maxBehind)) {
            position.waitForKeyFrame();
            return Optional.empty();
        }
        FrameBuffer next = inOrder ? findFrame(last + 1) : first;
        position.moveTo(next.sequence(), next.isKeyFrame(), newest.sequence() - next.sequence());
        next.retainReference();
        return Optional.of(new FrameHandle(next));
    }

    /** Lets a viewer that begins anew pass over the current group, if that is long. @return whether it does */
    synchronized boolean skipLongGroup(ViewerPosition position) {
        boolean skips = frames.size() > maxBehind;
        if (skips) {
            position.skipGroup(frames.getLast().sequence());
        }
        return skips;
    }

    private FrameBuffer findFrame(long sequence) {
        for (FrameBuffer buffer : frames) {
            if (buffer.sequence() >= sequence) {
                return buffer;
            }
        }
        throw new IllegalStateException("frame " + sequence + " is beyond the newest, which was checked");
    }

    private static boolean isDrawing(FrameBuffer buffer) {
        return buffer.format().codec() == Codec.DRAWING;
    }

    private void removeOldest() {
        FrameBuffer oldest = frames.removeFirst();
        bytes -= oldest.capacity();
        oldest.releaseReference();
    }
}
