package org.catseye.core.video;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import org.catseye.video.Codec;
import org.catseye.video.Frame;

/**
 * The current group of pictures: from the newest key frame to the newest frame. A JPEG is a group of its own, so that the ring
 * holds just the newest one and whoever asks skips what came between; for H.264 a viewer goes through the group in order.
 * Bounded in bytes: beyond that the oldest frames go, and who had not taken them waits for the next key frame. Thread-safe.
 */
final class GroupRing {

    /** A viewer that fell back by so many is better off at the next key frame: a picture is late by frames, never by seconds. */
    static final int MOST_BEHIND = 30;

    private final long mostBytes;
    /** Guarded by this, as is {@link #bytes}. Each element holds one reference. */
    private final Deque<Buffer> frames = new ArrayDeque<>();
    private long bytes;

    GroupRing(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Adds the newest frame and takes over the caller's reference. */
    synchronized void add(Buffer buffer) {
        if (buffer.key()) {
            clear();
        }
        frames.addLast(buffer);
        bytes += buffer.view().limit();
        while (bytes > mostBytes && frames.size() > 1) {
            drop();
        }
    }

    synchronized void clear() {
        while (!frames.isEmpty()) {
            drop();
        }
    }

    /**
     * The next frame that a viewer can use, as {@link org.catseye.video.Subscription#nextFrame()} says.
     *
     * @return empty if there is none; for a viewer that fell off, none until the next key frame
     */
    synchronized Optional<Frame> after(Cursor cursor, Set<Codec> accepts) {
        Buffer newest = frames.peekLast();
        long last = cursor.last();
        if (newest == null || newest.sequence() <= last || !accepts.contains(newest.format().codec())) {
            return Optional.empty();
        }
        Buffer first = frames.getFirst();
        boolean inOrder = last >= first.sequence();
        boolean fellOff = !inOrder && !first.key() && (last == 0 || last + 1 != first.sequence());
        if (fellOff || inOrder && cursor.tooFar(newest.sequence() - last)) {
            cursor.lose();
            return Optional.empty();
        }
        Buffer next = inOrder ? find(last + 1) : first;
        cursor.took(next.sequence(), next.key(), newest.sequence() - next.sequence());
        next.retain();
        return Optional.of(new Handle(next));
    }

    private Buffer find(long sequence) {
        for (Buffer buffer : frames) {
            if (buffer.sequence() >= sequence) {
                return buffer;
            }
        }
        throw new IllegalStateException("frame " + sequence + " is beyond the newest, which was checked");
    }

    private void drop() {
        Buffer oldest = frames.removeFirst();
        bytes -= oldest.view().limit();
        oldest.release();
    }
}
