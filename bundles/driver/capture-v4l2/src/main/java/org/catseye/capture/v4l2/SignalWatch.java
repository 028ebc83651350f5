package org.catseye.capture.v4l2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.catseye.video.IncomingSignal;
import org.catseye.video.IncomingSignal.Timing;
import org.catseye.video.VideoFormat;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.Signal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether what a stick delivers is the computer's picture. A stick delivers always: without a signal its own filler picture,
 * which is kept back here, with the reason in words. What the picture shows counts; the chip's register explains it, and decides
 * where a picture of one colour may be either. One thread.
 */
final class SignalWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SignalWatch.class);

    /** A stick begins with 11 to 14 filler frames even if there is a signal, and shows some when the resolution changes. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long REGISTER_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final CaptureContext context;
    private final Stick stick;
    private final Filler filler;
    private Optional<InputRegisters> registers = Optional.empty();
    private InputRegisters.Connected connected = InputRegisters.Connected.UNKNOWN;
    private Optional<Timing> input = Optional.empty();
    private boolean enabled;
    private boolean withheld;
    private long since;
    private long asked = Long.MIN_VALUE;
    private String told = "";

    SignalWatch(CaptureContext context, Stick stick) {
        this.context = context;
        this.stick = stick;
        this.filler = new Filler(stick.chip());
    }

    void enable(boolean wanted) {
        if (wanted && !enabled) {
            registers = InputRegisters.of(stick);
        } else if (!wanted) {
            close();
        }
        enabled = wanted;
    }

    /** For tests: other registers than the stick's. */
    void registers(InputRegisters other) {
        registers = Optional.of(other);
    }

    /**
     * Whether to publish this frame.
     *
     * @param jpeg bytes 0 to position
     * @param scan where its entropy-coded data begins; 0 if unknown
     * @param now of this frame, nanoseconds
     */
    boolean shows(ByteBuffer jpeg, int scan, VideoFormat format, long now) throws IOException {
        if (!enabled) {
            return true;
        }
        Filler.Kind kind = filler.judge(jpeg, scan, format, now);
        boolean no = kind == Filler.Kind.FILLER || kind == Filler.Kind.BLANK && connected == InputRegisters.Connected.NO;
        if (!no) {
            picture();
            return true;
        }
        if (!withheld) {
            withheld = true;
            since = now;
            ask(now);
        }
        if (now - since >= PATIENCE_NANOS && !told.equals(words())) {
            told = words();
            context.reportSignal(Signal.NO_SIGNAL, told);
        }
        return false;
    }

    /** Once a second: asks the chip, more often while there is no picture. */
    void tick(long now) {
        if (enabled && (withheld || asked == Long.MIN_VALUE || now - asked >= REGISTER_NANOS)) {
            ask(now);
        }
    }

    @Override
    public void close() {
        registers.ifPresent(InputRegisters::close);
        registers = Optional.empty();
        connected = InputRegisters.Connected.UNKNOWN;
    }

    private void picture() {
        withheld = false;
        told = "";
    }

    private void ask(long now) {
        asked = now;
        if (registers.isEmpty()) {
            return;
        }
        connected = registers.get().connected();
        Optional<Timing> seen = connected == InputRegisters.Connected.YES ? registers.get().input() : Optional.empty();
        if (seen.isPresent() && !seen.equals(input)) {
            LOG.info("{}: the computer sends {}", stick.words(), seen.get().description());
        }
        if (!seen.equals(input)) {
            context.reportIncomingSignal(IncomingSignal.ofPicture(seen));
        }
        input = seen;
    }

    private String words() {
        switch (connected) {
            case NO:
                return "no HDMI signal: nothing is connected to the stick, or the computer is off or asleep";
            case YES:
                return "HDMI is connected" + input.map(i -> " (" + i.description() + ")").orElse("") + ", but the stick shows no picture: the"
                    + " computer may be asleep, or sends something protected or too large for the stick";
            default:
                return "no HDMI signal: check the cable and whether the computer is on and awake";
        }
    }
}
