package org.catseye.capture.lkv373a.h264;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.catseye.capture.lkv373a.mpegts.AccessUnitSink;
import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.Slot;

/**
 * Writes access units directly into buffers of the hub and publishes those that a decoder can use. After a loss it publishes nothing
 * until the next key frame, so that the last good picture stays visible instead of a distorted one. For one thread; only key frames
 * create garbage.
 */
public final class AccessUnitWriter implements AccessUnitSink, AutoCloseable {

    private static final int MIN_ESTIMATE = 16 * 1024;
    private static final int MAX_BYTES = 64 * 1024 * 1024;
    private static final byte[] START_CODE = {0, 0, 0, 1};

    private final CaptureContext context;
    private final LongSupplier clock;
    private final NalScanner units = new NalScanner();
    private Slot slot;
    private ByteBuffer buffer;
    private long arrivalNanos;
    /** Bytes that the next unit will probably need, derived from the previous ones. Most units then fit into their first buffer. */
    private int estimatedBytes = MIN_ESTIMATE;
    private byte[] sequenceParameters = {};
    private byte[] pictureParameters = {};
    private VideoFormat format;
    private boolean awaitingKeyFrame = true;
    private long awaitingSinceNanos;
    private long publishedFrames;
    private long publishedNanos;
    private boolean begun;

    /** @param clock as {@link System#nanoTime()} */
    public AccessUnitWriter(CaptureContext context, LongSupplier clock) {
        this.context = context;
        this.clock = clock;
        this.awaitingSinceNanos = clock.getAsLong();
    }

    @Override
    public void beginUnit(long presentationTicks, long nanos, int expectedBytes) {
        close();
        arrivalNanos = nanos;
        begun = true;
        useSlot(context.acquireSlot(expectedBytes > 0 ? expectedBytes : estimatedBytes).orElse(null));
        if (slot == null) {
            awaitKeyFrame();
        }
    }

    @Override
    public void appendData(ByteBuffer bytes) {
        if (slot == null) {
            return;
        }
        if (buffer.remaining() < bytes.remaining() && !growBuffer(buffer.position() + bytes.remaining())) {
            handleLoss();
            return;
        }
        buffer.put(bytes);
    }

    @Override
    public void endUnit() {
        if (slot == null) {
            return;
        }
        estimatedBytes = Math.max(MIN_ESTIMATE, Math.max(buffer.position() + buffer.position() / 4, estimatedBytes - estimatedBytes / 32));
        while (slot != null) {
            int size = buffer.position();
            units.scanUnits(buffer, 0, size);
            Slot rest = units.nextUnitOffset() < size ? copyToNewSlot(units.nextUnitOffset(), size) : null;
            buffer.position(units.nextUnitOffset());
            publishOrDropUnit();
            close();
            useSlot(rest);
        }
    }

    @Override
    public void handleLoss() {
        if (slot != null) {
            close();
            context.reportLostFrames(1);
        }
        awaitKeyFrame();
    }

    @Override
    public void close() {
        if (slot != null) {
            slot.close();
            useSlot(null);
        }
    }

    public long publishedFrames() {
        return publishedFrames;
    }

    /** When the last frame was published, {@link System#nanoTime()}; empty before the first one. */
    public OptionalLong lastPublishedNanos() {
        return publishedFrames == 0 ? OptionalLong.empty() : OptionalLong.of(publishedNanos);
    }

    /** Whether any PES packet of the video began. */
    public boolean hasBegunUnits() {
        return begun;
    }

    /** Since when a key frame is awaited, {@link System#nanoTime()}; empty if the picture is live. */
    public OptionalLong awaitingKeyFrameSince() {
        return awaitingKeyFrame ? OptionalLong.of(awaitingSinceNanos) : OptionalLong.empty();
    }

    private void useSlot(Slot next) {
        slot = next;
        buffer = next == null ? null : next.buffer();
    }

    private void publishOrDropUnit() {
        rememberParameters();
        if (!units.hasPicture()) {
            return;
        }
        if (format == null || pictureParameters.length == 0 || awaitingKeyFrame && !units.isKeyFrame()) {
            context.reportLostFrames(1);
            awaitKeyFrame();
        } else if (units.isKeyFrame() && !(units.hasSequenceParameters() && units.hasPictureParameters())) {
            publishWithParameters();
        } else {
            publish(slot);
        }
    }

    private void publish(Slot complete) {
        if (units.isKeyFrame()) {
            awaitingKeyFrame = false;
        }
        publishedFrames++;
        publishedNanos = clock.getAsLong();
        slot = null;
        context.publishFrame(complete, format, units.isKeyFrame(), arrivalNanos);
    }

    /** Adds the parameter sets to a key frame: every published key frame contains them, even if the sender leaves them out. */
    private void publishWithParameters() {
        int parameterBytes = sequenceParameters.length + pictureParameters.length + 2 * START_CODE.length;
        Optional<Slot> larger = context.acquireSlot(buffer.position() + parameterBytes);
        if (larger.isEmpty()) {
            awaitKeyFrame();
            return;
        }
        ByteBuffer old = buffer.flip();
        larger.get().buffer().put(START_CODE).put(sequenceParameters).put(START_CODE).put(pictureParameters).put(old);
        close();
        publish(larger.get());
    }

    private void rememberParameters() {
        if (units.hasSequenceParameters()) {
            ByteBuffer found = units.sequenceParameters(buffer);
            if (!found.equals(ByteBuffer.wrap(sequenceParameters))) {
                sequenceParameters = copyBytes(found);
                format = SequenceParameters.parseUnit(ByteBuffer.wrap(sequenceParameters))
                    .map(parsed -> new VideoFormat(Codec.H264, parsed.width(), parsed.height())).orElse(null);
            }
        }
        if (units.hasPictureParameters()) {
            ByteBuffer found = units.pictureParameters(buffer);
            if (!found.equals(ByteBuffer.wrap(pictureParameters))) {
                pictureParameters = copyBytes(found);
            }
        }
    }

    private void awaitKeyFrame() {
        if (!awaitingKeyFrame) {
            awaitingKeyFrame = true;
            awaitingSinceNanos = clock.getAsLong();
        }
    }

    private boolean growBuffer(int neededBytes) {
        Optional<Slot> larger = neededBytes > MAX_BYTES ? Optional.empty()
            : context.acquireSlot(Math.min(MAX_BYTES, neededBytes + neededBytes / 2));
        if (larger.isEmpty()) {
            return false;
        }
        larger.get().buffer().put(buffer.flip());
        close();
        useSlot(larger.get());
        return true;
    }

    private Slot copyToNewSlot(int from, int to) {
        Optional<Slot> rest = context.acquireSlot(to - from);
        rest.ifPresentOrElse(it -> it.buffer().put(buffer.duplicate().limit(to).position(from)), this::awaitKeyFrame);
        return rest.orElse(null);
    }

    private static byte[] copyBytes(ByteBuffer from) {
        byte[] bytes = new byte[from.remaining()];
        from.get(bytes);
        return bytes;
    }
}
