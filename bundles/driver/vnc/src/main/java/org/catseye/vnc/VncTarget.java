package org.catseye.vnc;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catseye.config.BadValueException;
import org.catseye.hid.HidState.Feature;
import org.catseye.hid.spi.HidFeedback;
import org.catseye.hid.spi.HidTransport;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.hid.spi.MotionReport;
import org.catseye.hid.spi.PointerReport;
import org.catseye.options.CheckedSettings;
import org.catseye.options.Options;
import org.catseye.targets.SelfCheck;
import org.catseye.targets.Target;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.CaptureDevice;
import org.catseye.vnc.input.VncInput;
import org.catseye.vnc.link.VncLink;
import org.catseye.vnc.screen.ScreenLoop;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;

/** One VNC server: one instance for each factory configuration {@code org.catseye.vnc~name}. Screen and input share a connection. */
@Component(service = {CaptureDevice.class, HidTransport.class, SelfCheck.class}, configurationPid = VncConfig.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE, property = {Target.ID + "=" + Target.DEFAULT, Target.LABEL + "=" + VncConfig.LABEL})
@Designate(ocd = VncConfig.class, factory = true)
public final class VncTarget implements CaptureDevice, HidTransport, SelfCheck {

    private static final String VIEW_ONLY = "This VNC server is configured for viewing only.";

    private final CheckedSettings<VncSettings> settings;
    private final Optional<VncLink> link;
    private final String label;
    private volatile Optional<VncInput> input = Optional.empty();
    private volatile Optional<ScreenLoop> loop = Optional.empty();
    private volatile boolean closed;

    // A map instead of the annotation type: a value of the wrong type must not make the activation fail.
    @Activate
    public VncTarget(Map<String, Object> properties) {
        settings = CheckedSettings.parseProperties(properties, VncSettings::parseSettings);
        label = new Options(VncConfig.PID, properties).readText(Target.LABEL, VncConfig.LABEL);
        link = settings.findValid().map(valid -> new VncLink(valid.link()));
    }

    @Deactivate
    void closeTarget() {
        closed = true;
        loop.ifPresent(ScreenLoop::stopLoop);
        detach();
        link.ifPresent(VncLink::close);
    }

    /** For tests. */
    VncLink link() {
        return link.orElseThrow();
    }

    @Override
    public void capture(CaptureContext context) throws IOException, InterruptedException {
        VncSettings valid = settings.requireValid();
        ScreenLoop mine = new ScreenLoop(link.orElseThrow(), context, valid.jpegQuality(), valid.fps());
        loop = Optional.of(mine);
        try {
            if (!closed) {
                mine.deliverFrames();
            }
        } finally {
            loop = Optional.empty();
        }
    }

    @Override
    public Set<Feature> supportedFeatures() {
        boolean usable = settings.findValid().filter(valid -> !valid.viewOnly()).isPresent();
        return usable ? EnumSet.allOf(Feature.class) : Set.of();
    }

    @Override
    public synchronized void attach(HidFeedback feedback) {
        detach();
        try {
            if (settings.requireValid().viewOnly()) {
                feedback.reportOffline(VIEW_ONLY);
                return;
            }
        } catch (BadValueException e) {
            feedback.reportOffline(e.getMessage());
            return;
        }
        VncInput next = new VncInput(link.orElseThrow(), feedback);
        input = Optional.of(next);
        next.startInput();
    }

    @Override
    public synchronized void detach() {
        input.ifPresent(VncInput::stopInput);
        input = Optional.empty();
    }

    @Override
    public void sendKeyboard(KeyboardReport report) throws IOException {
        requireInput().sendKeyboard(report);
    }

    @Override
    public void sendPointer(PointerReport report) throws IOException {
        requireInput().sendPointer(report);
    }

    @Override
    public void sendMotion(MotionReport report) throws IOException {
        requireInput().sendMotion(report);
    }

    @Override
    public void sendConsumerUsage(int usage) throws IOException {
        requireInput().sendConsumerUsage(usage);
    }

    @Override
    public void sendSystemUsage(int usage) throws IOException {
        requireInput().sendSystemUsage(usage);
    }

    private VncInput requireInput() throws IOException {
        settings.requireValid();
        return input.orElseThrow(() -> new IOException(VIEW_ONLY));
    }

    @Override
    public String title() {
        return label;
    }

    @Override
    public List<Item> checkItems() {
        try {
            return VncInspection.inspectAll(settings.requireValid(), link.orElseThrow().state());
        } catch (BadValueException e) {
            return List.of(Item.failed("Settings", e.getMessage(), "Correct this value in the configuration."));
        }
    }
}
