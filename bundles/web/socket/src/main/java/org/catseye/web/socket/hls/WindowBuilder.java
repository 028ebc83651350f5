package org.catseye.web.socket.hls;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.catseye.video.VideoFormat;
import org.catseye.web.socket.mp4.Mp4Fragment;
import org.catseye.web.socket.mp4.Mp4Header;
import org.catseye.web.socket.mp4.ParameterSets;
import org.catseye.web.socket.mp4.Sample;

/**
 * Makes parts and segments of access units. Media time is the capture time, with two exceptions. A part lasts no longer than
 * {@link Timing#part}, so while no picture comes for longer, the media time stands still. And a part leaves no gap before its first picture,
 * so that picture is shown from the end of the part before. Not thread-safe.
 */
final class WindowBuilder {

    /** How late a picture may be: an encoder needs some time. */
    private static final long MAX_DELAY = TimeUnit.MILLISECONDS.toNanos(150);
    /** The request comes so much before the end of the segment, because the encoder needs some time. */
    private static final long REQUEST_LEAD = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int MIN_SEGMENTS_IN_MEMORY = 4;
    private static final int MIN_PARTS_IN_MEMORY = 16;

    private final Timing timing;
    private final LongSupplier maxBytes;
    private final Deque<Segment> complete = new ArrayDeque<>();
    private final List<Part> parts = new ArrayList<>();
    private final List<Sample> samples = new ArrayList<>();
    /** The media times of {@link #samples}, in nanoseconds. */
    private final List<Long> starts = new ArrayList<>();
    /** Empty before the first key frame. */
    private Optional<Segment.Header> header = Optional.empty();
    private Optional<ParameterSets> sets = Optional.empty();
    private VideoFormat format;
    private boolean discontinuity;
    private long number;
    private long segmentStart;
    private long segmentMillis;
    private long partStart;
    /** The clock's time at media time 0. */
    private long base;
    /** The clock's time of the last request for a key frame. */
    private long requested;
    private boolean requestedForSegment;
    private int fragments;
    private long removedDiscontinuities;

    /**
     * @param number of the first segment
     * @param maxBytes the memory for all segments; may change
     */
    WindowBuilder(Timing timing, long number, LongSupplier maxBytes) {
        this.timing = timing;
        this.number = number;
        this.maxBytes = maxBytes;
    }

    /**
     * Adds an access unit. Those before the first key frame are dropped.
     *
     * @param nanos its time, which increases
     * @param own its parameter sets, if it has any
     * @param epochMillis when it was captured, in milliseconds since the epoch
     */
    void addUnit(Sample sample, long nanos, Optional<ParameterSets> own, VideoFormat unitFormat, long epochMillis) {
        boolean changed = sample.keyFrame() && own.isPresent() && !(own.equals(sets) && unitFormat.equals(format));
        if (header.isEmpty() && !changed) {
            return;
        }
        if (header.isEmpty()) {
            base = nanos;
            requested = nanos - timing.target();
        }
        long at = closeBefore(nanos, changed, sample.keyFrame());
        if (changed) {
            useHeader(own.get(), unitFormat);
        }
        if (parts.isEmpty() && samples.isEmpty()) {
            segmentStart = at;
            segmentMillis = epochMillis;
        }
        samples.add(sample);
        starts.add(at);
    }

    /** Closes what ends before this picture. @return its media time */
    private long closeBefore(long nanos, boolean changed, boolean key) {
        long at = nanos - base;
        if (!samples.isEmpty()) {
            long last = starts.get(starts.size() - 1);
            at = Math.max(at, last + 1);
            boolean segmentEnds = changed || endsSegment(at, key);
            long open = samples.stream().mapToLong(sample -> sample.bytes().length).sum();
            if (segmentEnds || at + (at - last) > partStart + timing.part() || open > maxBytes.getAsLong() / MIN_PARTS_IN_MEMORY) {
                closePart(Math.min(at, partStart + timing.part()));
            }
        }
        if (samples.isEmpty()) {
            if (at > partStart + timing.part()) {
                // No picture came for so long.
                base += at - partStart;
            }
            at = partStart;
            if (changed || endsSegment(at, key)) {
                closeSegment();
            }
        }
        return at;
    }

    private boolean endsSegment(long at, boolean key) {
        long age = at - segmentStart;
        long bytes = parts.stream().mapToLong(part -> part.content().size()).sum();
        return key && age >= timing.minSegment() || age > timing.target() - timing.part() || bytes > maxBytes.getAsLong() / MIN_SEGMENTS_IN_MEMORY;
    }

    private void useHeader(ParameterSets own, VideoFormat unitFormat) {
        discontinuity = header.isPresent();
        sets = Optional.of(own);
        format = unitFormat;
        header = Optional.of(new Segment.Header(number, new Content(Mp4Header.create(own, unitFormat))));
    }

    /** Ends the part when its time is over, although no picture has come. @param now as in {@link #addUnit} */
    void advanceTo(long now) {
        if (!samples.isEmpty() && now - base > partStart + timing.part() + MAX_DELAY) {
            closePart(partStart + timing.part());
        }
    }

    /** Whether a key frame should be requested now. */
    boolean needsKeyFrame(long now) {
        long at = now - base;
        boolean paused = samples.isEmpty() && at > partStart + timing.part() / 2 && now - requested > timing.part();
        boolean ends = !requestedForSegment && at - segmentStart > timing.segment() - REQUEST_LEAD;
        if (header.isEmpty() || !paused && !ends) {
            return false;
        }
        requested = now;
        requestedForSegment |= ends;
        return true;
    }

    private void closePart(long end) {
        Mp4Fragment fragment = new Mp4Fragment(++fragments, ticksOf(partStart));
        for (int i = 0; i < samples.size(); i++) {
            long next = i + 1 < starts.size() ? starts.get(i + 1) : end;
            fragment.add(samples.get(i), ticksOf(next) - ticksOf(starts.get(i)));
        }
        parts.add(new Part(new Content(fragment.toBytes()), ticksOf(end) - ticksOf(partStart), samples.get(0).keyFrame()));
        samples.clear();
        starts.clear();
        partStart = end;
    }

    private void closeSegment() {
        requestedForSegment = false;
        if (parts.isEmpty()) {
            return;
        }
        complete.add(new Segment(number++, segmentMillis, header.orElseThrow(), discontinuity, parts));
        discontinuity = false;
        parts.clear();
        long bytes = complete.stream().mapToLong(Segment::bytes).sum();
        while (complete.size() > Window.KEPT || bytes > maxBytes.getAsLong() && complete.size() > 1) {
            Segment oldest = complete.removeFirst();
            bytes -= oldest.bytes();
            removedDiscontinuities += oldest.discontinuity() ? 1 : 0;
            oldest.parts().forEach(part -> part.content().release());
        }
    }

    private static long ticksOf(long nanos) {
        return TimeUnit.NANOSECONDS.toMicros(nanos) * 9 / 100;
    }

    Window snapshot() {
        Optional<Segment> current = header.map(of -> new Segment(number, segmentMillis, of, discontinuity, parts));
        return new Window(List.copyOf(complete), current, !samples.isEmpty(), removedDiscontinuities);
    }

    /** Frees all memory. */
    void release() {
        complete.forEach(segment -> segment.parts().forEach(part -> part.content().release()));
        parts.forEach(part -> part.content().release());
        samples.clear();
        starts.clear();
    }
}
