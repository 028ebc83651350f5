package org.catseye.capture.v4l2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.catseye.linux.Errno;
import org.catseye.linux.ErrnoException;
import org.catseye.linux.Ioctl;
import org.catseye.linux.Struct;
import org.catseye.video.IncomingSignal.Timing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The input of an HDMI bridge (tc358743 and others), which tells what comes in and when that changes: Documentation/
 * userspace-api/media/v4l/vidioc-query-dv-timings.rst. One thread.
 */
final class DvInput {

    private static final Logger LOG = LoggerFactory.getLogger(DvInput.class);

    private final VideoNode node;
    private final Ioctl dequeueEvent;
    private final ByteBuffer event;
    private Optional<Timing> timing = Optional.empty();
    private String trouble = "";

    private DvInput(VideoNode node) {
        this.node = node;
        this.dequeueEvent = V4l2.dequeueEvent(node.layout());
        this.event = Struct.allocate(node.layout().event());
    }

    /** The selected input, if it is one with timings; then its changes are subscribed to and it has an EDID. */
    static Optional<DvInput> of(VideoNode node) throws IOException {
        ByteBuffer input = Struct.allocate(V4l2.INPUT);
        ByteBuffer index = Struct.allocate(4);
        if (node.fd().tryIoctl(V4l2.G_INPUT, index) < 0) {
            return Optional.empty();
        }
        input.putInt(0, index.getInt(0));
        if (node.fd().tryIoctl(V4l2.ENUMINPUT, input) < 0
            || (input.getInt(V4l2.INPUT_CAPABILITIES) & V4l2.IN_CAP_DV_TIMINGS) == 0) {
            return Optional.empty();
        }
        node.fd().tryIoctl(V4l2.SUBSCRIBE_EVENT, Struct.allocate(V4l2.EVENT_SUBSCRIPTION).putInt(0, V4l2.EVENT_SOURCE_CHANGE));
        Edid.ensure(node, index.getInt(0));
        return Optional.of(new DvInput(node));
    }

    /** Asks what comes in and sets the device up for it. @return whether there is a usable signal; see {@link #trouble()} */
    boolean detect() throws IOException {
        ByteBuffer found = Struct.allocate(V4l2.DV_TIMINGS);
        int result = node.fd().tryIoctl(V4l2.QUERY_DV_TIMINGS, found);
        if (result < 0) {
            timing = Optional.empty();
            trouble = words(new ErrnoException(V4l2.QUERY_DV_TIMINGS.name(), node.fd().path(), -result));
            return false;
        }
        Timing now = timing(found);
        node.patiently(V4l2.S_DV_TIMINGS, found);
        LOG.info("{}: the computer sends {}", node.fd().path(), now.description());
        timing = Optional.of(now);
        return true;
    }

    /** What came in when it was last asked. */
    Optional<Timing> timing() {
        return timing;
    }

    /** Why there is no usable signal, with the mend. */
    String trouble() {
        return trouble;
    }

    /** Takes the events that wait; whether one of them says that the source changed. */
    boolean sourceChanged() {
        boolean changed = false;
        while (node.fd().tryIoctl(dequeueEvent, event) >= 0) {
            changed |= event.getInt(0) == V4l2.EVENT_SOURCE_CHANGE && (event.getInt(V4l2.EVENT_CHANGES) & 1) != 0;
        }
        return changed;
    }

    static Timing timing(ByteBuffer t) {
        int width = t.getInt(V4l2.DV_WIDTH);
        int height = t.getInt(V4l2.DV_HEIGHT);
        long clock = t.getLong(V4l2.DV_PIXEL_CLOCK);
        long across = width;
        long down = height;
        for (int i = 0; i < 3; i++) {
            across += Integer.toUnsignedLong(t.getInt(V4l2.DV_BLANKING + 4 * i));
            down += Integer.toUnsignedLong(t.getInt(V4l2.DV_BLANKING + 12 + 4 * i));
        }
        double fps = clock > 0 && across * down > 0 ? (double) clock / (across * down) : 0;
        return new Timing(width, height, fps, t.getInt(V4l2.DV_INTERLACED) != 0);
    }

    private static String words(ErrnoException e) throws ErrnoException {
        if (e.is(Errno.ENOLINK)) {
            return "no HDMI signal: check the cable and whether the computer is on";
        }
        if (e.is(Errno.ENOLCK)) {
            return "the HDMI signal is unstable: check the cable";
        }
        if (e.is(Errno.ERANGE)) {
            return "the computer sends a resolution that the input does not understand: choose a smaller one there";
        }
        if (e.is(Errno.ENODATA)) {
            return "the input cannot tell what it receives";
        }
        throw e;
    }
}
