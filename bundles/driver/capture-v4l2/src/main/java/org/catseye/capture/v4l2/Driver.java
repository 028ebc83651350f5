package org.catseye.capture.v4l2;

import java.io.IOException;
import java.util.Optional;
import org.catseye.config.BadValueException;
import org.catseye.linux.Poller;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.CaptureDevice;
import org.catseye.video.spi.Signal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance's life: takes a stick, streams from it until something changes, waits for it when it is gone. Its configuration
 * may change at any time; the stream notices at once.
 */
final class Driver implements CaptureDevice {

    /** A configuration, or what is wrong with it. */
    private record Setup(Settings settings, BadValueException mistake) {
    }

    private static final Logger LOG = LoggerFactory.getLogger(Driver.class);
    private static final Runnable NOBODY = () -> { };

    private final Sticks sticks;
    private volatile Setup setup;
    private volatile Runnable wake = NOBODY;

    /** @param settings gives the settings, or throws what is to be shown to people */
    Driver(Sticks sticks, SettingsSource settings) {
        this.sticks = sticks;
        configure(settings);
    }

    /** Where settings come from. */
    interface SettingsSource {
        Settings get() throws BadValueException;
    }

    /** Takes other settings from now on; a running stream goes over to them. Never fails: a mistake is told by capture. */
    void configure(SettingsSource source) {
        Setup next;
        try {
            next = new Setup(source.get(), null);
            sticks.join(this, next.settings().device(), () -> wake.run());
        } catch (BadValueException e) {
            next = new Setup(null, e);
            sticks.leave(this);
        }
        setup = next;
        wake.run();
    }

    /** Gives the stick back to the others. */
    void leave() {
        sticks.leave(this);
    }

    @Override
    public void capture(CaptureContext context) throws IOException, InterruptedException {
        try (Poller poller = new Poller(1)) {
            wake = poller::wake;
            context.setWakeAction(poller::wake);
            while (!context.isStopped()) {
                Settings settings = settings();
                Optional<Stick> stick = sticks.claim(this);
                if (stick.isPresent()) {
                    stream(context, poller, stick.get(), settings);
                } else {
                    context.reportSignal(Signal.NO_DEVICE, settings.device().words(settings.pid()));
                    waitForStick(context, poller, settings);
                }
            }
        } finally {
            wake = NOBODY;
        }
    }

    private void waitForStick(CaptureContext context, Poller poller, Settings settings) throws IOException {
        try (Hotplug hotplug = new Hotplug(poller)) {
            while (!context.isStopped() && setup.settings() == settings && sticks.claim(this).isEmpty()) {
                hotplug.await();
            }
        }
    }

    private void stream(CaptureContext context, Poller poller, Stick stick, Settings settings) throws IOException {
        context.reportSignal(Signal.CONNECTING, "opening " + stick.words());
        sticks.opening(this, stick);
        Stream.End end;
        try (Stream stream = new Stream(context, poller, stick, settings)) {
            end = stream.run(() -> sticks.holds(this, stick) ? Optional.ofNullable(setup.settings()) : Optional.empty());
        } catch (IOException e) {
            if (!Faults.maybeGone(e)) {
                throw Faults.explain(e, stick, "the picture asked for");
            }
            LOG.info("{} is gone: {}", stick.words(), e.getMessage());
            end = Stream.End.GONE;
        } finally {
            sticks.closed(this);
        }
        after(end, context, poller, stick, settings);
    }

    private void after(Stream.End end, CaptureContext context, Poller poller, Stick stick, Settings settings) throws IOException {
        switch (end) {
            case GONE -> {
                context.reportSignal(Signal.NO_DEVICE, stick.words() + " was unplugged: plug it in again");
                // The node can be there for a moment still: look again after the kernel's next word, not in a tight loop.
                try (Hotplug hotplug = new Hotplug(poller)) {
                    hotplug.await();
                }
            }
            case STALLED -> {
                LOG.warn("{} was silent for {} ms: opening it anew", stick.words(), settings.stallMillis());
                context.reportSignal(Signal.CONNECTING, stick.words() + " delivers no pictures: it is opened anew; if that does not help, replug it");
            }
            case IDLE -> {
                context.reportSignal(Signal.CONNECTING, stick.words() + " rests, because nobody is watching");
                rest(context, poller, settings);
            }
            case CHANGED -> LOG.debug("{} is set up anew", stick.words());
        }
    }

    /** Waits for a viewer, with everything closed; also ends when the stick goes, so that this is said. */
    private void rest(CaptureContext context, Poller poller, Settings settings) throws IOException {
        try (Hotplug hotplug = new Hotplug(poller)) {
            while (!context.isStopped() && context.viewerCount() == 0 && setup.settings() == settings && sticks.claim(this).isPresent()) {
                hotplug.await();
            }
        }
    }

    private Settings settings() throws BadValueException {
        Setup now = setup;
        if (now.mistake() != null) {
            throw now.mistake();
        }
        return now.settings();
    }
}
