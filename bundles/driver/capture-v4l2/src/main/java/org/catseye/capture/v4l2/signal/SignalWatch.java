package org.catseye.capture.v4l2.signal;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.catseye.capture.v4l2.signal.FillerDetector.FrameContent;
import org.catseye.capture.v4l2.signal.InputRegisters.Connection;
import org.catseye.capture.v4l2.stick.Stick;
import org.catseye.video.IncomingSignal;
import org.catseye.video.IncomingSignal.Timing;
import org.catseye.video.VideoFormat;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.Signal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether a stick delivers the computer's picture. A stick always delivers pictures: without a signal it delivers its own
 * filler picture, which is withheld here while the reason is reported. The picture itself is decisive; the chip's register gives the
 * reason, and decides in the case of a picture of one colour, which can be either: a computer may show plain blue. For one thread.
 */
public final class SignalWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SignalWatch.class);

    /**
     * Filler pictures of less than this duration are not reported: a stick begins with 11 to 14 of them even with a signal, and shows
     * some when the resolution changes.
     */
    private static final long MIN_FILLER_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long REGISTER_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** The state of the input as the chip reports it. */
    private record InputState(Connection connection, Optional<Timing> timing) {

        private static final InputState UNKNOWN = new InputState(Connection.UNKNOWN, Optional.empty());

        String missingSignalMessage() {
            return switch (connection) {
                case DISCONNECTED -> "no HDMI signal: nothing is connected to the stick, or the computer is off or asleep";
                case CONNECTED -> "HDMI is connected" + timing.map(t -> " (" + t.description() + ")").orElse("")
                    + ", but the stick shows no picture: the computer may be asleep, or may send a picture that is copy-protected or too"
                    + " large for the stick";
                case UNKNOWN -> "no HDMI signal: check the cable and whether the computer is on and awake";
            };
        }
    }

    private final CaptureContext context;
    private final Stick stick;
    private final FillerDetector detector;
    private Optional<InputRegisters> registers = Optional.empty();
    private InputState input = InputState.UNKNOWN;
    private Optional<InputState> lastReported = Optional.empty();
    private boolean enabled;
    private boolean withholding;
    /** The picture may be a filler, and the register decides. */
    private boolean doubtful;
    private long withheldSinceNanos;
    private long registersReadNanos = Long.MIN_VALUE;

    public SignalWatch(CaptureContext context, Stick stick) {
        this.context = context;
        this.stick = stick;
        this.detector = new FillerDetector(stick.chip());
    }

    public void setEnabled(boolean wanted) {
        if (wanted && !enabled) {
            registers = InputRegisters.findRegisters(stick);
        } else if (!wanted) {
            close();
        }
        enabled = wanted;
    }

    /** For tests: uses other registers than the stick's. */
    void useRegisters(InputRegisters other) {
        registers = Optional.of(other);
    }

    /**
     * Decides about one frame, and reports a missing signal.
     *
     * @param jpeg its bytes are those before the position
     * @param scanOffset where its entropy-coded data begins; 0 if unknown
     * @param nanos the frame's time
     * @return whether to publish the frame
     */
    public boolean isPublishable(ByteBuffer jpeg, int scanOffset, VideoFormat format, long nanos) {
        if (!enabled) {
            return true;
        }
        FrameContent content = detector.classifyFrame(jpeg, scanOffset, format, nanos);
        if (content == FrameContent.FILLER_COLOUR && !doubtful) {
            readRegisters(nanos);
        }
        doubtful = content == FrameContent.FILLER_COLOUR;
        if (!isFiller(content)) {
            withholding = false;
            lastReported = Optional.empty();
            return true;
        }
        if (!withholding) {
            withholding = true;
            withheldSinceNanos = nanos;
            readRegisters(nanos);
        }
        if (nanos - withheldSinceNanos >= MIN_FILLER_NANOS && !lastReported.equals(Optional.of(input))) {
            lastReported = Optional.of(input);
            context.reportSignal(Signal.NO_SIGNAL, input.missingSignalMessage());
        }
        return false;
    }

    private boolean isFiller(FrameContent content) {
        return switch (content) {
            case PICTURE -> false;
            case SINGLE_COLOUR -> input.connection() == Connection.DISCONNECTED;
            case FILLER_COLOUR -> input.connection() != Connection.CONNECTED;
            case FILLER -> true;
        };
    }

    /** Reads the chip's registers if that is due. Called once a second; reads more often while there may be no picture. */
    public void readRegistersIfDue(long nanos) {
        if (enabled && (withholding || doubtful || registersReadNanos == Long.MIN_VALUE || nanos - registersReadNanos >= REGISTER_INTERVAL_NANOS)) {
            readRegisters(nanos);
        }
    }

    @Override
    public void close() {
        registers.ifPresent(InputRegisters::close);
        registers = Optional.empty();
        input = new InputState(Connection.UNKNOWN, input.timing());
    }

    private void readRegisters(long nanos) {
        registersReadNanos = nanos;
        if (registers.isEmpty()) {
            return;
        }
        Connection connection = registers.get().readConnection();
        Optional<Timing> timing = connection == Connection.CONNECTED ? registers.get().readTiming() : Optional.empty();
        if (!timing.equals(input.timing())) {
            timing.ifPresent(t -> LOG.info("{}: the computer sends {}", stick.description(), t.description()));
            context.reportIncomingSignal(IncomingSignal.ofPicture(timing));
        }
        input = new InputState(connection, timing);
    }
}
