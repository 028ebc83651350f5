package org.catseye.core.video;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catseye.config.BadValueException;
import org.catseye.core.video.capture.CaptureDevices;
import org.catseye.core.video.capture.CaptureWatch;
import org.catseye.core.video.capture.DelayTimer;
import org.catseye.core.video.hub.Hub;
import org.catseye.core.video.rendition.Renditions;
import org.catseye.core.video.rendition.TargetHub;
import org.catseye.services.BoundService;
import org.catseye.services.OwnRegistration;
import org.catseye.targets.SelfCheck;
import org.catseye.targets.Target;
import org.catseye.video.Codec;
import org.catseye.video.VideoHub;
import org.catseye.video.VideoState.Condition;
import org.catseye.video.device.CaptureSettings;
import org.catseye.video.spi.CaptureDevice;
import org.catseye.video.spi.JpegRenderer;
import org.catseye.video.spi.VideoEncoder;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** The video of one target: its hub, its devices, and the registered services. Guarded by the lock of {@link VideoHubs}. */
final class TargetVideo {

    private final Hub hub;
    private final Renditions renditions;
    private final CaptureWatch watch;
    private final TargetHub service;
    private final CaptureDevices devices;
    private volatile List<BadValueException> mistakes = List.of();
    private final OwnRegistration<VideoHub> registration = new OwnRegistration<>();
    private final OwnRegistration<CaptureSettings> settingsRegistration = new OwnRegistration<>();
    private final OwnRegistration<SelfCheck> checkRegistration = new OwnRegistration<>();

    TargetVideo(Hub hub, Renditions renditions, DelayTimer timer, CaptureWatch watch) {
        this.hub = hub;
        this.renditions = renditions;
        this.watch = watch;
        service = new TargetHub(hub, renditions);
        devices = new CaptureDevices(hub, timer, watch);
        hub.setSource(Optional.of(devices));
    }

    /** Without effect if the service is registered already. */
    void register(BundleContext context) {
        registration.register(() -> context.registerService(VideoHub.class, service,
            FrameworkUtil.asDictionary(Map.of(Target.ID, hub.target()))));
        settingsRegistration.register(() -> context.registerService(CaptureSettings.class, new UsedDeviceSettings(devices::usedDevice),
            FrameworkUtil.asDictionary(Map.of(Target.ID, hub.target()))));
        checkRegistration.register(() -> context.registerService(SelfCheck.class, new PictureCheck(hub::currentState, devices::describeChoice, () -> mistakes,
            () -> watch.findProblems(hub.target(), hub.target().equals(Target.DEFAULT))),
            FrameworkUtil.asDictionary(Map.of(Target.ID, hub.target(), Target.LABEL, "Picture"))));
    }

    /**
     * Takes over the current devices; waits for those that are no longer among them.
     *
     * @param bestFirst in the order of their ranking
     * @param mistakes of devices that belong to no target; shown in the self-check, and as the state while this target has no device
     */
    void useDevices(List<BoundService<CaptureDevice>> bestFirst, List<BadValueException> mistakes) {
        this.mistakes = List.copyOf(mistakes);
        devices.replaceDevices(bestFirst);
        if (!devices.isEmpty()) {
            return;
        }
        hub.pool().releaseFreeBuffers();
        if (mistakes.isEmpty()) {
            hub.showCondition(Condition.NO_DEVICE, "The capture device's driver is not running; the picture comes back when it starts.");
        } else {
            hub.showCondition(Condition.MISCONFIGURED, mistakes.get(0).getMessage());
        }
    }

    void useRenderer(Optional<JpegRenderer> renderer) {
        renditions.useRenderer(renderer);
    }

    void useEncoder(Codec output, Optional<VideoEncoder> encoder) {
        renditions.useEncoder(output, encoder);
    }

    void shutDown() {
        checkRegistration.unregister();
        settingsRegistration.unregister();
        registration.unregister();
        devices.close();
        service.close();
    }
}
