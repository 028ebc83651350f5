package org.catseye.capture.v4l2;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.catseye.capture.v4l2.device.DeviceInspection;
import org.catseye.capture.v4l2.settings.Settings;
import org.catseye.capture.v4l2.settings.V4l2Config;
import org.catseye.capture.v4l2.stick.HotplugWatch;
import org.catseye.capture.v4l2.stick.Stick;
import org.catseye.capture.v4l2.stick.StickAllocator;
import org.catseye.capture.v4l2.stick.StickFaults;
import org.catseye.capture.v4l2.stream.CaptureStream;
import org.catseye.config.BadValueException;
import org.catseye.device.FallbackService;
import org.catseye.linux.Poller;
import org.catseye.targets.Target;
import org.catseye.video.device.DeviceSettings;
import org.catseye.video.device.DeviceSettings.Configuration;
import org.catseye.video.spi.AdjustableDevice;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.CaptureDevice;
import org.catseye.video.spi.Signal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Captures from one stick: claims it, streams from it until something changes, and waits for it while it is unplugged. Settings may
 * change at any time and from any thread; a running stream adopts them immediately. {@link #capture} runs on the hub's thread.
 */
final class StickDriver implements CaptureDevice, AdjustableDevice, FallbackService.Releasable {

    /** The settings, or the mistake in the configuration; exactly one of them is null. */
    private record Setup(Settings settings, BadValueException mistake) {
    }

    private static final Logger LOG = LoggerFactory.getLogger(StickDriver.class);
    private static final String DEVICE = "device";
    private static final Runnable NO_ACTION = () -> { };

    private final StickAllocator sticks;
    /** Of the configuration; empty if there is none. */
    private final Optional<String> pid;
    private volatile Setup setup;
    private volatile Runnable wakeAction = NO_ACTION;

    /** @param pid of the configuration; empty if there is none */
    StickDriver(StickAllocator sticks, Optional<String> pid, SettingsSource settings) {
        this.sticks = sticks;
        this.pid = pid;
        applySettings(settings);
    }

    /** Supplies the settings. */
    interface SettingsSource {
        /** @throws BadValueException with a message for the user */
        Settings readSettings() throws BadValueException;
    }

    /** Replaces the settings, also for a running stream. Never fails: {@link #capture} reports a mistake. */
    void applySettings(SettingsSource source) {
        Setup next;
        try {
            next = new Setup(source.readSettings(), null);
            sticks.registerOwner(this, next.settings().device(), () -> wakeAction.run());
        } catch (BadValueException e) {
            next = new Setup(null, e);
            sticks.removeOwner(this);
        }
        setup = next;
        wakeAction.run();
    }

    @Override
    public void releaseDevice() {
        sticks.removeOwner(this);
    }

    @Override
    public DeviceSettings readDeviceSettings() {
        Setup current = setup;
        Optional<Stick> stick = sticks.findHeldStick(this);
        Map<String, String> initial = stick.map(found -> Map.of(Target.ID, Target.DEFAULT, DEVICE, sticks.describeSelection(found))).orElse(Map.of());
        Configuration configuration = new Configuration(V4l2Config.PID, pid, pid.isPresent() ? Map.of() : initial, DeviceInspection.allKeys());
        String mistake = current.mistake() == null ? "" : current.mistake().getMessage() + ".";
        if (stick.isPresent()) {
            return DeviceInspection.describe(stick.get(), configuration, mistake);
        } else if (pid.isEmpty()) {
            return DeviceSettings.nothingToAdjust("", "No HDMI stick is connected: plug one in.");
        }
        return DeviceSettings.ofConfiguration("", configuration, mistake.isEmpty() ? "The HDMI stick of this computer is not connected: plug it in." : mistake);
    }

    @Override
    public void checkDeviceValues(Map<String, String> values) throws IOException {
        Settings settings = Settings.parseSettings(values);
        Optional<Stick> stick = sticks.findHeldStick(this);
        if (stick.isPresent()) {
            DeviceInspection.checkSettings(stick.get(), settings);
        }
    }

    @Override
    public void capture(CaptureContext context) throws IOException, InterruptedException {
        try (Poller poller = new Poller(1)) {
            wakeAction = poller::wake;
            context.setWakeAction(poller::wake);
            while (!context.isStopped()) {
                Settings settings = currentSettings();
                Optional<Stick> stick = sticks.claimStick(this);
                if (stick.isPresent()) {
                    captureFrom(stick.get(), context, poller, settings);
                } else {
                    context.reportSignal(Signal.NO_DEVICE, settings.device().missingMessage(settings.pid()));
                    awaitStick(context, poller, settings);
                }
            }
        } finally {
            wakeAction = NO_ACTION;
        }
    }

    private void awaitStick(CaptureContext context, Poller poller, Settings settings) throws IOException {
        try (HotplugWatch hotplug = new HotplugWatch(poller)) {
            while (!context.isStopped() && setup.settings() == settings && sticks.claimStick(this).isEmpty()) {
                hotplug.awaitChange();
            }
        }
    }

    private void captureFrom(Stick stick, CaptureContext context, Poller poller, Settings settings) throws IOException {
        context.reportSignal(Signal.CONNECTING, "opening " + stick.description());
        sticks.markOpened(this, stick);
        Optional<CaptureStream.EndReason> reason;
        try (CaptureStream stream = new CaptureStream(context, poller, stick, settings)) {
            reason = Optional.of(stream.runUntilEnd(
                () -> sticks.holdsStick(this, stick) ? Optional.ofNullable(setup.settings()) : Optional.empty()));
        } catch (IOException e) {
            if (!StickFaults.isPossibleUnplug(e)) {
                throw StickFaults.explainFailure(e, stick, "the requested picture");
            }
            LOG.info("{} was unplugged: {}", stick.description(), e.getMessage());
            reason = Optional.empty();
        } finally {
            sticks.markClosed(this);
        }
        if (reason.isPresent()) {
            handleEnd(reason.get(), stick, context, poller, settings);
        } else {
            handleUnplug(stick, context, poller);
        }
    }

    private static void handleUnplug(Stick stick, CaptureContext context, Poller poller) throws IOException {
        context.reportSignal(Signal.NO_DEVICE, stick.description() + " was unplugged: plug it in again");
        // The node may still exist for a moment. Search again after the kernel's next event instead of in a busy loop.
        try (HotplugWatch hotplug = new HotplugWatch(poller)) {
            hotplug.awaitChange();
        }
    }

    private void handleEnd(CaptureStream.EndReason reason, Stick stick, CaptureContext context, Poller poller, Settings settings)
            throws IOException {
        switch (reason) {
            case STALLED -> {
                LOG.warn("{} delivered nothing for {} ms: reopening it", stick.description(), settings.stallMillis());
                context.reportSignal(Signal.CONNECTING,
                    stick.description() + " delivers no pictures: reopening it; if that does not help, replug it");
            }
            case IDLE -> {
                context.reportSignal(Signal.CONNECTING, stick.description() + " is paused because there are no viewers");
                awaitViewer(context, poller, settings);
            }
            case CHANGED -> LOG.debug("{} is set up again", stick.description());
        }
    }

    /** Waits for a viewer while everything is closed. Also returns when the stick is unplugged, so that this is reported. */
    private void awaitViewer(CaptureContext context, Poller poller, Settings settings) throws IOException {
        try (HotplugWatch hotplug = new HotplugWatch(poller)) {
            while (!context.isStopped() && context.viewerCount() == 0 && setup.settings() == settings
                && sticks.claimStick(this).isPresent()) {
                hotplug.awaitChange();
            }
        }
    }

    private Settings currentSettings() throws BadValueException {
        Setup current = setup;
        if (current.mistake() != null) {
            throw current.mistake();
        }
        return current.settings();
    }
}
