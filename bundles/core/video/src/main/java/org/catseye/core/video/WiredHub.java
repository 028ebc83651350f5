package org.catseye.core.video;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.catseye.targets.Target;
import org.catseye.video.VideoHub;
import org.catseye.video.VideoState.Condition;
import org.catseye.video.spi.CaptureDevice;
import org.catseye.video.spi.JpegRenderer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A hub with what it is wired to: its service registration, its target, its devices. Guarded by the lock of VideoHubs. */
final class WiredHub {

    private static final Logger LOG = LoggerFactory.getLogger(WiredHub.class);

    private final Hub hub;
    private final TargetHub shown;
    private final ServiceRegistration<VideoHub> registration;
    /** Best last: service references are ordered by ranking. */
    private final TreeMap<ServiceReference<CaptureDevice>, CaptureDevice> devices = new TreeMap<>();
    private ServiceReference<CaptureDevice> inUse;
    private CaptureLoop loop;
    private Optional<String> misplaced = Optional.empty();
    private int targets;
    private boolean always;

    /** @param rendition of the hub's picture */
    WiredHub(Hub hub, Rendition rendition, BundleContext context) {
        this.hub = hub;
        this.shown = new TargetHub(hub, rendition);
        this.registration = context.registerService(VideoHub.class, shown,
                FrameworkUtil.asDictionary(Map.of(Target.ID, hub.target())));
    }

    String target() {
        return hub.target();
    }

    void always() {
        always = true;
    }

    void addTarget() {
        targets++;
    }

    /** True if nothing needs this hub any more. */
    boolean removeTarget() {
        targets--;
        return unused();
    }

    void add(ServiceReference<CaptureDevice> reference, CaptureDevice device) {
        devices.put(reference, device);
        choose();
        if (!reference.equals(inUse)) {
            LOG.info("{}: {} is there but not used, because {} has the higher service ranking, or the same and was there first", hub.target(),
                    VideoHubs.labelOf(reference), VideoHubs.labelOf(inUse));
        }
    }

    /** True if nothing needs this hub any more. */
    boolean remove(ServiceReference<CaptureDevice> reference) {
        devices.remove(reference);
        choose();
        return unused();
    }

    void end() {
        registration.unregister();
        stopLoop();
        shown.end();
    }

    void renderer(Optional<JpegRenderer> renderer) {
        shown.renderer(renderer);
    }

    /** @param words what is wrong with a device that could not be given to any target; said as long as this one has none */
    void misplaced(Optional<String> words) {
        misplaced = words;
        if (inUse == null) {
            without();
        }
    }

    private void without() {
        if (misplaced.isPresent()) {
            hub.condition(Condition.MISCONFIGURED, misplaced.get());
        } else {
            hub.condition(Condition.NO_DEVICE, "The capture device's driver is not running; the picture comes back when it starts.");
        }
    }

    private boolean unused() {
        return !always && targets <= 0 && devices.isEmpty();
    }

    private void choose() {
        ServiceReference<CaptureDevice> best = devices.isEmpty() ? null : devices.lastKey();
        if (best == null ? inUse == null : best.equals(inUse)) {
            return;
        }
        stopLoop();
        inUse = best;
        if (best == null) {
            hub.pool().trim();
            without();
        } else {
            loop = new CaptureLoop(hub, devices.get(best), VideoHubs.labelOf(best));
            loop.start();
        }
    }

    private void stopLoop() {
        if (loop != null) {
            loop.stop();
            loop = null;
        }
    }
}
