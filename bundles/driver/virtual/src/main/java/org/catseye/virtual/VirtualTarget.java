package org.catseye.virtual;

import java.io.IOException;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
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
import org.catseye.media.MediaKind;
import org.catseye.power.PowerAction;
import org.catseye.power.PowerCondition;
import org.catseye.power.spi.PowerControl;
import org.catseye.power.spi.PowerReading;
import org.catseye.targets.SelfCheck;
import org.catseye.targets.Target;
import org.catseye.video.device.DeviceSettings;
import org.catseye.video.spi.AdjustableDevice;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.CaptureDevice;
import org.catseye.virtual.machine.Machine;
import org.catseye.virtual.media.VirtualDrive;
import org.catseye.virtual.paint.FontSource;
import org.catseye.virtual.paint.Look;
import org.catseye.virtual.scene.BootDevice;
import org.catseye.virtual.scene.SceneCode;

/**
 * The virtual computer as a device: its screen, its USB port and its buttons. An invalid configuration does not remove the device; the device
 * then reports what is wrong.
 */
public final class VirtualTarget implements CaptureDevice, AdjustableDevice, HidTransport, PowerControl, SelfCheck {

    private static final long CYCLE_PAUSE_MILLIS = 1_000;

    private final Map<String, Object> properties;
    private volatile Settings settings;
    /** The reason why the configuration is invalid; empty if it is valid. */
    private final Optional<BadValueException> fault;
    private final VirtualDrive cdDrive;
    private final VirtualDrive diskDrive;
    private final Machine machine;
    private final LongSupplier clock;
    private final FontSource fonts;
    private final AtomicLong sequence = new AtomicLong();
    private final AtomicInteger ledsToSend = new AtomicInteger();
    private Sent sent;
    private volatile HidFeedback feedback;
    private volatile FrameLoop loop;
    private volatile boolean closed;

    /** The LEDs that were reported last, and their receiver. */
    private record Sent(HidFeedback to, int leds) {
    }

    /** @param properties the settings, with {@link Target#ID} */
    VirtualTarget(Map<String, Object> properties) {
        this(properties, System::nanoTime, Clock.systemDefaultZone(), FontSource::drawWithJava);
    }

    /** For tests, with their own time and fonts. */
    VirtualTarget(Map<String, Object> properties, LongSupplier clock, Clock wallClock, FontSource fonts) {
        this.properties = Map.copyOf(properties);
        Settings read;
        BadValueException wrong = null;
        try {
            read = Settings.parseSettings(properties);
        } catch (BadValueException e) {
            read = Settings.DEFAULTS;
            wrong = e;
        }
        settings = read;
        fault = Optional.ofNullable(wrong);
        this.clock = clock;
        this.fonts = fonts;
        cdDrive = new VirtualDrive(MediaKind.CDROM, fault);
        diskDrive = new VirtualDrive(MediaKind.DISK, fault);
        machine = new Machine(read.width(), read.height(), read.postMillis(), read.nvram(), Map.of(BootDevice.CDROM, cdDrive, BootDevice.USB, diskDrive),
            clock, wallClock, this::handleMachineChange);
        machine.powerOn();
    }

    /** Called after its services were unregistered. */
    void stopTarget() {
        closed = true;
        cdDrive.close();
        diskDrive.close();
        feedback = null;
        FrameLoop running = loop;
        if (running != null) {
            running.stopLoop();
        }
    }

    VirtualDrive cdDrive() {
        return cdDrive;
    }

    VirtualDrive diskDrive() {
        return diskDrive;
    }

    /** The simulated machine, for tests. */
    Machine machine() {
        return machine;
    }

    @Override
    public void capture(CaptureContext context) throws IOException, InterruptedException {
        requireValidSettings();
        Look look = new Look(settings.width(), settings.height(), fonts);
        do {
            Settings current = settings;
            FrameLoop mine = new FrameLoop(machine, current, look, context, clock, sequence);
            loop = mine;
            try {
                if (!closed && settings == current) {
                    mine.deliverFrames();
                }
            } finally {
                loop = null;
            }
        } while (!closed && !context.isStopped());
    }

    /**
     * Adopts changed settings while the computer goes on.
     *
     * @param changed the settings, with {@link Target#ID}
     * @return false, and nothing has changed, if this computer can't adopt them, because they are invalid or another computer would need them
     */
    boolean adoptSettings(Map<String, Object> changed) {
        Settings next;
        try {
            next = Settings.parseSettings(changed);
        } catch (BadValueException e) {
            return false;
        }
        if (fault.isPresent() || !VirtualSettings.isSameComputer(properties, changed)) {
            return false;
        }
        settings = next;
        FrameLoop running = loop;
        if (running != null) {
            running.stopLoop();
        }
        return true;
    }

    @Override
    public DeviceSettings readDeviceSettings() {
        return VirtualSettings.describe(properties, fault);
    }

    @Override
    public void checkDeviceValues(Map<String, String> values) throws IOException {
        Settings.parseSettings(values);
    }

    private void requireValidSettings() throws IOException {
        if (fault.isPresent()) {
            throw fault.get();
        }
    }

    private void handleMachineChange() {
        FrameLoop running = loop;
        if (running != null) {
            running.wakeLoop();
        }
        sendLeds();
    }

    /** Reports changed LEDs, one call at a time and outside of every lock, from any thread. */
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
    public String title() {
        return "Virtual computer";
    }

    @Override
    public List<Item> checkItems() {
        return VirtualInspection.inspectAll(fault, machine.power(), loop != null, feedback != null);
    }

    @Override
    public Set<Feature> supportedFeatures() {
        return EnumSet.allOf(Feature.class);
    }

    /** Ready even while the machine is off: standby power supplies its keyboard and power key. */
    @Override
    public void attach(HidFeedback to) {
        if (fault.isPresent()) {
            to.reportOffline(fault.get().getMessage());
            return;
        }
        feedback = to;
        to.reportReady("the virtual computer accepts input");
        sendLeds();
    }

    @Override
    public void detach() {
        feedback = null;
    }

    @Override
    public void sendKeyboard(KeyboardReport report) throws IOException {
        requireValidSettings();
        machine.acceptKeyboard(report.toBootReport());
    }

    @Override
    public void sendPointer(PointerReport report) throws IOException {
        requireValidSettings();
        machine.acceptPointer(report);
    }

    @Override
    public void sendMotion(MotionReport report) throws IOException {
        requireValidSettings();
        machine.acceptMotion(report);
    }

    @Override
    public void sendConsumerUsage(int usage) throws IOException {
        requireValidSettings();
        machine.acceptConsumerUsage(usage);
    }

    @Override
    public void sendSystemUsage(int usage) throws IOException {
        requireValidSettings();
        machine.acceptSystemUsage(usage);
    }

    /** With an invalid configuration too, so that the page has its buttons; then it is the action that fails. */
    @Override
    public Set<PowerAction> supportedActions() {
        return EnumSet.allOf(PowerAction.class);
    }

    @Override
    public PowerReading readState() throws IOException {
        requireValidSettings();
        PowerCondition condition = machine.power() == Machine.Power.OFF ? PowerCondition.OFF : PowerCondition.ON;
        return new PowerReading(condition, Optional.of(machine.sceneCode() == SceneCode.BOOTING));
    }

    @Override
    public void performAction(PowerAction action) throws IOException, InterruptedException {
        requireValidSettings();
        switch (action) {
            case PRESS -> machine.pressPowerButton();
            case HOLD, OFF -> machine.powerOff();
            case RESET -> machine.pressResetButton();
            case WAKE, ON -> machine.powerOn();
            case CYCLE -> {
                machine.powerOff();
                Thread.sleep(CYCLE_PAUSE_MILLIS);
                machine.powerOn();
            }
        }
    }
}
