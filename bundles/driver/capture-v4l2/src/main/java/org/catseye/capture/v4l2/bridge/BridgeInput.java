package org.catseye.capture.v4l2.bridge;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import org.catseye.capture.v4l2.edid.Edid;
import org.catseye.capture.v4l2.kernel.V4l2;
import org.catseye.capture.v4l2.kernel.VideoNode;
import org.catseye.linux.ErrnoException;
import org.catseye.linux.Ioctl;
import org.catseye.linux.Struct;
import org.catseye.video.IncomingSignal.Timing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The input of an HDMI bridge (tc358743 and others), which reports the incoming timing and its changes
 * (Documentation/userspace-api/media/v4l/vidioc-query-dv-timings.rst). For one thread.
 */
public final class BridgeInput {

    private static final Logger LOG = LoggerFactory.getLogger(BridgeInput.class);

    private final VideoNode node;
    private final Ioctl dequeueEvent;
    private final ByteBuffer event;
    private Optional<Timing> detectedTiming = Optional.empty();

    private BridgeInput(VideoNode node) {
        this.node = node;
        this.dequeueEvent = V4l2.dequeueEventRequest(node.layout());
        this.event = Struct.allocate(node.layout().eventBytes());
    }

    /**
     * The selected input if it supports timings; empty for a stick. Subscribes to its changes and makes sure that it has an EDID.
     *
     * @param pid the configuration's name, for error messages
     * @param edid as configured; empty for the one that it has, or the default
     */
    public static Optional<BridgeInput> openInput(VideoNode node, String pid, Optional<Edid> edid) throws IOException {
        OptionalInt index = findIndex(node);
        if (index.isEmpty()) {
            return Optional.empty();
        }
        node.descriptor().tryIoctl(V4l2.SUBSCRIBE_EVENT, Struct.allocate(V4l2.EVENT_SUBSCRIPTION).putInt(0, V4l2.EVENT_SOURCE_CHANGE));
        new InputEdid(node, index.getAsInt()).ensurePresent(pid, edid);
        return Optional.of(new BridgeInput(node));
    }

    /** The number of the selected input if it supports timings; empty for a stick. */
    public static OptionalInt findIndex(VideoNode node) {
        ByteBuffer input = Struct.allocate(V4l2.INPUT);
        ByteBuffer index = Struct.allocate(4);
        if (node.descriptor().tryIoctl(V4l2.G_INPUT, index) < 0) {
            return OptionalInt.empty();
        }
        input.putInt(0, index.getInt(0));
        if (node.descriptor().tryIoctl(V4l2.ENUMINPUT, input) < 0
            || (input.getInt(V4l2.INPUT_CAPABILITIES) & V4l2.IN_CAP_DV_TIMINGS) == 0) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(index.getInt(0));
    }

    /** The timing that a bridge receives now, without setting the device up for it; empty if there is no usable signal. */
    public static Optional<Timing> queryTiming(VideoNode node) {
        ByteBuffer found = Struct.allocate(V4l2.DV_TIMINGS);
        return node.descriptor().tryIoctl(V4l2.QUERY_DV_TIMINGS, found) < 0 ? Optional.empty() : Optional.of(parseTiming(found));
    }

    /**
     * Queries the incoming timing and sets the device up for it.
     *
     * @return empty if there is a usable signal, see {@link #detectedTiming()}; otherwise why there is none
     * @throws IOException if the request failed for a reason other than the signal
     */
    public Optional<SignalFault> detectSignal() throws IOException {
        ByteBuffer found = Struct.allocate(V4l2.DV_TIMINGS);
        int result = node.descriptor().tryIoctl(V4l2.QUERY_DV_TIMINGS, found);
        if (result < 0) {
            detectedTiming = Optional.empty();
            ErrnoException e = new ErrnoException(V4l2.QUERY_DV_TIMINGS.name(), node.descriptor().path(), -result);
            return Optional.of(SignalFault.forError(e).orElseThrow(() -> e));
        }
        Timing timing = parseTiming(found);
        node.ioctlWithRetry(V4l2.S_DV_TIMINGS, found);
        LOG.info("{}: the computer sends {}", node.descriptor().path(), timing.description());
        detectedTiming = Optional.of(timing);
        return Optional.empty();
    }

    /** The result of the last {@link #detectSignal()}. */
    public Optional<Timing> detectedTiming() {
        return detectedTiming;
    }

    /** Reads all pending events. @return whether one of them reports another source */
    public boolean pollSourceChange() {
        boolean changed = false;
        while (node.descriptor().tryIoctl(dequeueEvent, event) >= 0) {
            changed |= event.getInt(0) == V4l2.EVENT_SOURCE_CHANGE && (event.getInt(V4l2.EVENT_CHANGES) & V4l2.CHANGED_RESOLUTION) != 0;
        }
        return changed;
    }

    /** @param timings a v4l2_dv_timings; its size includes the blanking, which decides the frame rate */
    static Timing parseTiming(ByteBuffer timings) {
        int width = timings.getInt(V4l2.DV_WIDTH);
        int height = timings.getInt(V4l2.DV_HEIGHT);
        long clock = timings.getLong(V4l2.DV_PIXEL_CLOCK);
        long totalWidth = width;
        long totalHeight = height;
        for (int i = 0; i < 3; i++) {
            totalWidth += Integer.toUnsignedLong(timings.getInt(V4l2.DV_BLANKING + 4 * i));
            totalHeight += Integer.toUnsignedLong(timings.getInt(V4l2.DV_BLANKING + 12 + 4 * i));
        }
        double framesPerSecond = clock > 0 && totalWidth * totalHeight > 0 ? (double) clock / (totalWidth * totalHeight) : 0;
        return new Timing(width, height, framesPerSecond, timings.getInt(V4l2.DV_INTERLACED) != 0);
    }
}
