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
import org.catseye.concurrent.NamedThreads;
import org.catseye.config.BadValueException;
import org.catseye.hid.HidState.Feature;
import org.catseye.hid.gadget.configfs.GadgetKeeper;
import org.catseye.hid.gadget.connection.ConnectionWatcher;
import org.catseye.hid.gadget.connection.ReportSender;
import org.catseye.hid.gadget.connection.StatusNotifier;
import org.catseye.hid.gadget.udc.SystemPaths;
import org.catseye.hid.spi.HidFeedback;
import org.catseye.hid.spi.HidTransport;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.hid.spi.MotionReport;
import org.catseye.hid.spi.PointerReport;
import org.catseye.options.Options;
import org.catseye.targets.SelfCheck;
import org.catseye.targets.Target;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;

/** Makes the board's USB device port the remote computer's keyboard, pointer and mouse. Outranks the virtual target's HID device. */
@Component(service = {HidTransport.class, SelfCheck.class}, configurationPid = GadgetConfig.PID, property = "service.ranking:Integer=10")
@Designate(ocd = GadgetConfig.class)
@GadgetConfig
public final class HidGadget implements HidTransport, SelfCheck {

    private static final long JOIN_MILLIS = 2000;
    private static final long REPLUG_TIMEOUT_SECONDS = 5;
    private static final Action REPLUG = new Action("replug", "Unplug and plug in again", "Unplugs the USB cable by software for one "
            + "second, and plugs it in again. This helps if the remote computer no longer responds to the keyboard.");

    private final SystemPaths paths;
    private final String target;
    private final String label;
    /** Null if the configuration is invalid; {@link #configurationError} then has the reason. */
    private final GadgetSettings settings;
    private final String configurationError;
    private final StatusNotifier notifier = new StatusNotifier();
    private volatile Attachment attachment;

    /** The thread that runs between attach and detach. */
    private record Attachment(ConnectionWatcher watcher, Thread thread) {
    }

    // A map instead of the annotation type: a value of the wrong type must not make the activation fail.
    @Activate
    public HidGadget(Map<String, Object> properties, BundleContext context) {
        this(properties, SystemPaths.find(Optional.ofNullable(context.getProperty(SystemPaths.ROOT_PROPERTY)).map(Path::of)));
    }

    HidGadget(Map<String, ?> properties, SystemPaths paths) {
        this.paths = paths;
        GadgetSettings valid = null;
        String error = "";
        try {
            valid = GadgetSettings.parseSettings(properties);
        } catch (BadValueException e) {
            error = e.getMessage();
        }
        Options options = new Options(GadgetConfig.PID, properties);
        this.target = options.readText(Target.ID, Target.DEFAULT);
        this.label = options.readText(Target.LABEL, GadgetConfig.DEFAULT_LABEL);
        this.settings = valid;
        this.configurationError = error;
    }

    @Override
    public Set<Feature> supportedFeatures() {
        return settings == null ? Set.of() : settings.gadget().profile().supportedFeatures();
    }

    @Override
    public synchronized void attach(HidFeedback feedback) {
        detach();
        notifier.startNotifying(feedback);
        if (settings == null) {
            notifier.notifyOffline(configurationError);
            return;
        }
        try {
            GadgetKeeper keeper = new GadgetKeeper(settings.gadget(), paths, settings.controller(), System::nanoTime);
            ConnectionWatcher watcher = new ConnectionWatcher(keeper, paths, settings.gadget().profile(), notifier);
            Thread thread = NamedThreads.newDaemonThread(watcher, "hid-gadget-" + target);
            attachment = new Attachment(watcher, thread);
            thread.start();
        } catch (IOException e) {
            notifier.notifyOffline(e.getMessage());
        }
    }

    @Override
    @Deactivate
    public synchronized void detach() {
        notifier.stopNotifying();
        Attachment ending = attachment;
        attachment = null;
        if (ending != null) {
            ending.watcher().stopWatching();
            try {
                ending.thread().join(JOIN_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void sendKeyboard(KeyboardReport report) throws IOException {
        requireSender().sendKeyboard(report);
    }

    @Override
    public void sendPointer(PointerReport report) throws IOException {
        requireSender().sendPointer(report);
    }

    @Override
    public void sendMotion(MotionReport report) throws IOException {
        requireSender().sendMotion(report);
    }

    @Override
    public void sendConsumerUsage(int usage) throws IOException {
        requireSender().sendConsumerUsage(usage);
    }

    @Override
    public void sendSystemUsage(int usage) throws IOException {
        requireSender().sendSystemUsage(usage);
    }

    @Override
    public String title() {
        return label;
    }

    @Override
    public List<Item> checkItems() {
        if (settings == null) {
            return List.of(Item.failed("Settings", configurationError, "Correct it in the settings of the USB keyboard and mouse."));
        }
        Attachment current = attachment;
        return new GadgetInspection(settings, paths, notifier).inspectAll(current == null ? null : current.watcher());
    }

    @Override
    public List<Action> availableActions() {
        return settings == null ? List.of() : List.of(REPLUG);
    }

    @Override
    public void performAction(String id) throws IOException {
        if (availableActions().stream().noneMatch(action -> action.id().equals(id))) {
            throw new IllegalArgumentException("this device has no action \"" + id + "\"");
        }
        try {
            requireAttachment().watcher().requestReplug().get(REPLUG_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            throw new IOException("the USB device port was not connected again within " + REPLUG_TIMEOUT_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private ReportSender requireSender() throws IOException {
        return requireAttachment().watcher().reportSender();
    }

    private Attachment requireAttachment() throws IOException {
        Attachment current = attachment;
        if (current == null) {
            throw new IOException(settings == null ? configurationError : "the USB keyboard is not in use");
        }
        return current;
    }
}
