package org.catseye.virtual;

import java.io.IOException;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.catseye.config.BadValueException;
import org.catseye.hid.HidState.Feature;
import org.catseye.hid.Leds;
import org.catseye.hid.spi.HidFeedback;
import org.catseye.hid.spi.HidTransport;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.hid.spi.MotionReport;
import org.catseye.hid.spi.PointerReport;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.CaptureDevice;
import org.catseye.virtual.machine.Machine;
import org.catseye.virtual.paint.FontSource;
import org.catseye.virtual.paint.Look;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;

/**
 * A pretend computer as a device: its screen and its USB port. Immediate, because the machine should go on running while the
 * hubs that use it are replaced. A configuration that cannot be used leaves the device standing; it then says what is wrong.
 */
@Component(service = {CaptureDevice.class, HidTransport.class}, configurationPid = VirtualTargetConfig.PID,
    immediate = true)
@Designate(ocd = VirtualTargetConfig.class)
@VirtualTargetConfig
public final class VirtualTarget implements CaptureDevice, HidTransport {

    private final Settings settings;
    /** What is wrong with the configuration. */
    private final Optional<BadValueException> fault;
    private final Machine machine;
    private final LongSupplier clock;
    private final FontSource fonts;
    private final AtomicLong sequence = new AtomicLong();
    private final AtomicInteger ledsToSend = new AtomicInteger();
    private Sent sent;
    private volatile HidFeedback feedback;
    private volatile FrameLoop loop;
    private volatile boolean closed;

    /** Which lights were told to whom. */
    private record Sent(HidFeedback to, int leds) {
    }

    @Activate
    public VirtualTarget(Map<String, Object> properties) {
        this(properties, System::nanoTime, Clock.systemDefaultZone(), FontSource::java);
    }

    /** For tests: with their own time and letters. */
    VirtualTarget(Map<String, Object> properties, LongSupplier clock, Clock wallClock, FontSource fonts) {
        Settings read;
        BadValueException wrong = null;
        try {
            read = Settings.of(properties);
        } catch (BadValueException e) {
            read = Settings.DEFAULTS;
            wrong = e;
        }
        settings = read;
        fault = Optional.ofNullable(wrong);
        this.clock = clock;
        this.fonts = fonts;
        machine = new Machine(read.width(), read.height(), read.postMillis(), read.nvram(), clock, wallClock, this::changed);
        machine.powerOn();
    }

    @Deactivate
    void close() {
        closed = true;
        feedback = null;
        FrameLoop running = loop;
        if (running != null) {
            running.stop();
        }
    }

    /** The machine behind the sockets: its power and its inside. */
    Machine machine() {
        return machine;
    }

    @Override
    public void capture(CaptureContext context) throws IOException, InterruptedException {
        check();
        Look look = new Look(settings.width(), settings.height(), fonts);
        FrameLoop mine = new FrameLoop(machine, settings, look, context, clock, sequence);
        loop = mine;
        try {
            if (!closed) {
                mine.run();
            }
        } finally {
            loop = null;
        }
    }

    private void check() throws IOException {
        if (fault.isPresent()) {
            throw fault.get();
        }
    }

    private void changed() {
        FrameLoop running = loop;
        if (running != null) {
            running.wake();
        }
        sendLeds();
    }

    /** Tells the lights that changed, one call after the other and outside of every lock, whichever threads ask for it. */
    private void sendLeds() {
        if (feedback == null || ledsToSend.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            HidFeedback to = feedback;
            Sent now = new Sent(to, machine.leds());
            if (to != null && !now.equals(sent)) {
                sent = now;
                to.reportLeds(now.leds() < 0 ? Leds.UNKNOWN : Leds.fromReport(now.leds()));
            }
            seen = ledsToSend.addAndGet(-seen);
        } while (seen != 0);
    }

    @Override
    public Set<Feature> supportedFeatures() {
        return EnumSet.allOf(Feature.class);
    }

    /** Ready even while the machine is switched off: standby power keeps its keyboard and power key alive. */
    @Override
    public void attach(HidFeedback to) {
        if (fault.isPresent()) {
            to.reportOffline(fault.get().getMessage());
            return;
        }
        feedback = to;
        to.reportReady("the virtual target listens");
        sendLeds();
    }

    @Override
    public void detach() {
        feedback = null;
    }

    @Override
    public void sendKeyboard(KeyboardReport report) throws IOException {
        check();
        machine.keyboard(report.toBootReport());
    }

    @Override
    public void sendPointer(PointerReport report) throws IOException {
        check();
        machine.pointer(report);
    }

    @Override
    public void sendMotion(MotionReport report) throws IOException {
        check();
        machine.motion(report);
    }

    @Override
    public void sendConsumerUsage(int usage) throws IOException {
        check();
        machine.consumer(usage);
    }

    @Override
    public void sendSystemUsage(int usage) throws IOException {
        check();
        machine.system(usage);
    }
}
