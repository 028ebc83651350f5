package org.catseye.hid.gadget;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.catseye.config.BadValueException;
import org.catseye.device.Options;
import org.catseye.hid.HidState.Feature;
import org.catseye.hid.spi.HidFeedback;
import org.catseye.hid.spi.HidTransport;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.hid.spi.MotionReport;
import org.catseye.hid.spi.PointerReport;
import org.catseye.targets.SelfCheck;
import org.catseye.targets.Target;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;

/** The board's USB device port as keyboard, pointer and mouse of the target. Takes precedence over a pretend one. */
@Component(service = {HidTransport.class, SelfCheck.class}, configurationPid = Config.PID, property = "service.ranking:Integer=10")
@Designate(ocd = Config.class)
@Config
public final class HidGadget implements HidTransport, SelfCheck {

    private static final long JOIN_MILLIS = 2000;
    private static final long REPLUG_SECONDS = 5;
    private static final Action REPLUG = new Action("replug", "Unplug and plug in again",
            "The target sees the USB cable pulled and put back after a second; helps when it has lost the keyboard.");

    private final Places places;
    private final String target;
    private final String label;
    /** Null if the configuration is not right; {@link #wrong} then says why. */
    private final Settings settings;
    private final String wrong;
    private final Voice voice = new Voice();
    private volatile Life life;

    /** What runs between attach and detach. */
    private record Life(Watcher watcher, Thread thread) {
    }

    // A map instead of the annotation type: a value of the wrong type must not make the activation fail.
    @Activate
    public HidGadget(Map<String, Object> properties, BundleContext context) {
        this(properties, Optional.ofNullable(context.getProperty(Places.ROOT)).map(Path::of).map(Places::below).orElse(Places.LINUX));
    }

    HidGadget(Map<String, ?> properties, Places places) {
        this.places = places;
        Settings good = null;
        String bad = "";
        try {
            good = Settings.of(properties);
        } catch (BadValueException e) {
            bad = e.getMessage();
        }
        Options options = new Options(Config.PID, properties);
        this.target = options.text(Target.ID, Target.DEFAULT);
        this.label = options.text(Target.LABEL, "USB keyboard and mouse");
        this.settings = good;
        this.wrong = bad;
    }

    @Override
    public Set<Feature> supportedFeatures() {
        return settings == null ? Set.of() : settings.gadget().profile().features();
    }

    @Override
    public synchronized void attach(HidFeedback feedback) {
        detach();
        voice.to(feedback);
        if (settings == null) {
            voice.offline(wrong);
            return;
        }
        try {
            Keeper keeper = new Keeper(settings.gadget(), places, settings.controller(), System::nanoTime);
            Watcher watcher = new Watcher(keeper, places, settings.gadget().profile(), voice);
            Thread thread = new Thread(watcher, "hid-gadget-" + target);
            thread.setDaemon(true);
            life = new Life(watcher, thread);
            thread.start();
        } catch (IOException e) {
            voice.offline(e.getMessage());
        }
    }

    @Override
    @Deactivate
    public synchronized void detach() {
        voice.hush();
        Life ending = life;
        life = null;
        if (ending != null) {
            ending.watcher().stop();
            try {
                ending.thread().join(JOIN_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void sendKeyboard(KeyboardReport report) throws IOException {
        wire().keyboard(report);
    }

    @Override
    public void sendPointer(PointerReport report) throws IOException {
        wire().pointer(report);
    }

    @Override
    public void sendMotion(MotionReport report) throws IOException {
        wire().motion(report);
    }

    @Override
    public void sendConsumerUsage(int usage) throws IOException {
        wire().consumer(usage);
    }

    @Override
    public String title() {
        return label;
    }

    @Override
    public List<Item> checkItems() {
        if (settings == null) {
            return List.of(Item.failed("Settings", wrong, "Correct it in the settings of the USB keyboard and mouse."));
        }
        Life now = life;
        return new Inspection(settings, places, voice).items(now == null ? null : now.watcher());
    }

    @Override
    public List<Action> availableActions() {
        return settings == null ? List.of() : List.of(REPLUG);
    }

    @Override
    public void performAction(String id) throws IOException {
        if (availableActions().stream().noneMatch(action -> action.id().equals(id))) {
            throw new IllegalArgumentException("no action \"" + id + "\" here");
        }
        try {
            alive().watcher().replug().get(REPLUG_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            throw new IOException("the controller has not come back within " + REPLUG_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private Wire wire() throws IOException {
        return alive().watcher().wire();
    }

    private Life alive() throws IOException {
        Life now = life;
        if (now == null) {
            throw new IOException(settings == null ? wrong : "the USB keyboard is not in use");
        }
        return now;
    }
}
