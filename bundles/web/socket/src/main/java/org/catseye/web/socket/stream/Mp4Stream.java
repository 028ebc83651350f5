package org.catseye.web.socket.stream;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.catseye.video.Frame;
import org.catseye.video.VideoFormat;
import org.catseye.web.socket.mp4.Mp4Fragment;
import org.catseye.web.socket.mp4.Mp4Header;
import org.catseye.web.socket.mp4.ParameterSets;
import org.catseye.web.socket.mp4.Sample;
import org.catseye.web.socket.viewer.UnitClock;

/**
 * A fragmented MP4 without an end, with one fragment for each access unit. The header has the picture size and the parameter sets, so the
 * stream ends before a key frame with others; a client that opens it again gets the new ones.
 */
final class Mp4Stream implements StreamFormat {

    /** A box "free" without content (ISO/IEC 14496-12, 8.1.2). */
    private static final byte[] FREE_BOX = {0, 0, 0, 8, 'f', 'r', 'e', 'e'};
    private static final int INITIAL_BYTES = 64 * 1024;
    /** How long a picture is shown is known only when the next one comes. Players use the time of the next one. */
    private static final long FIRST_DURATION = Mp4Header.TIMESCALE / 25;
    private static final long MAX_DURATION = Mp4Header.TIMESCALE;

    private final UnitClock times = new UnitClock();
    private ByteBuffer out = ByteBuffer.allocateDirect(INITIAL_BYTES);
    private Optional<ParameterSets> sets = Optional.empty();
    private VideoFormat format;
    private long firstNanos;
    private long lastTicks;
    private int fragments;
    private boolean over;

    @Override
    public String contentType() {
        return "video/mp4";
    }

    @Override
    public ByteBuffer wrapUnit(Frame unit, ByteBuffer data) {
        long nanos = times.nextNanos(unit);
        byte[] header = {};
        if (unit.isKeyFrame()) {
            Optional<ParameterSets> own = ParameterSets.ofUnit(data);
            if (sets.isEmpty() && own.isPresent()) {
                sets = own;
                format = unit.format();
                firstNanos = nanos;
                header = Mp4Header.create(own.get(), format);
            } else {
                over = own.isPresent() && !(own.equals(sets) && unit.format().equals(format));
            }
        }
        if (sets.isEmpty() || over) {
            return reserve(0).flip();
        }
        byte[] fragment = createFragment(Sample.ofUnit(data, unit.isKeyFrame()), TimeUnit.NANOSECONDS.toMicros(nanos - firstNanos) * 9 / 100);
        return reserve(header.length + fragment.length).put(header).put(fragment).flip();
    }

    private byte[] createFragment(Sample sample, long ticks) {
        long duration = fragments == 0 ? FIRST_DURATION : Math.min(ticks - lastTicks, MAX_DURATION);
        lastTicks = ticks;
        return new Mp4Fragment(++fragments, ticks).add(sample, duration).toBytes();
    }

    @Override
    public boolean isOver() {
        return over;
    }

    @Override
    public ByteBuffer writePause() {
        return fragments == 0 ? reserve(0).flip() : reserve(FREE_BOX.length).put(FREE_BOX).flip();
    }

    private ByteBuffer reserve(int bytes) {
        if (out.capacity() < bytes) {
            out = ByteBuffer.allocateDirect(bytes * 3 / 2);
        }
        return out.clear();
    }
}
