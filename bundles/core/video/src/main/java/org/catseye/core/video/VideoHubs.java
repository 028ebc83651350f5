package org.catseye.core.video;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.catseye.target.Target;
import org.catseye.video.VideoHub;
import org.catseye.video.spi.CaptureDevice;
import org.catseye.video.spi.JpegRenderer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one {@link VideoHub} service per target: for the default target always, for others as long as there is a target or a
 * device of that id. Devices come and go; the hub and its viewers stay.
 */
@Component(service = {}, immediate = true, configurationPid = Config.PID)
@Designate(ocd = Config.class)
public final class VideoHubs {

    private static final Logger LOG = LoggerFactory.getLogger(VideoHubs.class);

    private final BundleContext context;
    private final Config config;
    private final Memory memory;
    private final ScheduledExecutorService painting;
    private final Words words;
    /** Guards all below. Held while a device's loop is stopped; the capture thread never takes it. */
    private final Object wiring = new Object();
    private final Map<String, WiredHub> wired = new TreeMap<>();
    /** Best last: service references are ordered by ranking. */
    private final TreeMap<ServiceReference<JpegRenderer>, JpegRenderer> renderers = new TreeMap<>();
    private boolean ended;

    @Activate
    public VideoHubs(BundleContext context, Config config) {
        this.context = context;
        this.config = config;
        this.memory = new Memory(within("totalMebibytes", config.totalMebibytes(), 8, 4096) * 1024L * 1024);
        this.painting = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "video-words");
            thread.setDaemon(true);
            return thread;
        });
        this.words = new Words(painting);
    }

    /** Not in the constructor: a service must not be found before its component is complete. */
    @Activate
    void activate() {
        synchronized (wiring) {
            hub(Target.DEFAULT).always();
        }
    }

    @Deactivate
    void deactivate() {
        synchronized (wiring) {
            ended = true;
            wired.values().forEach(WiredHub::end);
            wired.clear();
        }
        painting.shutdownNow();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindTarget(Target target) {
        synchronized (wiring) {
            if (!ended) {
                hub(target.id()).addTarget();
            }
        }
    }

    void unbindTarget(Target target) {
        synchronized (wiring) {
            WiredHub hub = wired.get(target.id());
            if (hub != null && hub.removeTarget()) {
                wired.remove(target.id()).end();
            }
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindDevice(CaptureDevice device, ServiceReference<CaptureDevice> reference) {
        String id = targetOf(reference);
        if (!id.matches(Target.ID_PATTERN)) {
            LOG.error("{} offers a capture device for the target \"{}\", which is no possible id; it is not used",
                    reference.getBundle(), id);
            return;
        }
        synchronized (wiring) {
            if (!ended) {
                hub(id).add(reference, device);
            }
        }
    }

    void unbindDevice(CaptureDevice device, ServiceReference<CaptureDevice> reference) {
        synchronized (wiring) {
            WiredHub hub = wired.get(targetOf(reference));
            if (hub != null && hub.remove(reference)) {
                wired.remove(hub.target()).end();
            }
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindRenderer(JpegRenderer renderer, ServiceReference<JpegRenderer> reference) {
        synchronized (wiring) {
            renderers.put(reference, renderer);
            wired.values().forEach(hub -> hub.renderer(renderer()));
        }
    }

    void unbindRenderer(ServiceReference<JpegRenderer> reference) {
        synchronized (wiring) {
            renderers.remove(reference);
            wired.values().forEach(hub -> hub.renderer(renderer()));
        }
    }

    private Optional<JpegRenderer> renderer() {
        return renderers.isEmpty() ? Optional.empty() : Optional.of(renderers.lastEntry().getValue());
    }

    private WiredHub hub(String id) {
        return wired.computeIfAbsent(id, this::newHub);
    }

    private WiredHub newHub(String id) {
        int pool = within("poolMebibytes", config.poolMebibytes(), 8, 1024);
        Hub hub = bareHub(id, pool);
        // A rendition holds its newest JPEG, and those that are under way.
        return new WiredHub(hub, new Rendition(hub, bareHub(id + "-jpeg", Math.max(8, pool / 3)), renderer(), painting), context);
    }

    private Hub bareHub(String name, int poolMebibytes) {
        long mebi = 1024L * 1024;
        int largest = (int) (within("largestFrameMebibytes", config.largestFrameMebibytes(), 1, 64) * mebi);
        BufferPool pool = new BufferPool(poolMebibytes * mebi, largest, memory);
        return new Hub(name, pool, within("groupMebibytes", config.groupMebibytes(), 1, 512) * mebi, words);
    }

    /** The web console's form does not enforce its own limits. */
    private static int within(String key, int value, int least, int most) {
        if (value < least || value > most) {
            int used = Math.max(least, Math.min(most, value));
            LOG.warn("configuration {}: {} = {}: must be {} to {}; {} is used", Config.PID, key, value, least, most, used);
            return used;
        }
        return value;
    }

    private static String targetOf(ServiceReference<?> reference) {
        return reference.getProperty(Target.ID) instanceof String id ? id : Target.DEFAULT;
    }

    static String labelOf(ServiceReference<?> reference) {
        return reference.getProperty(Target.LABEL) instanceof String label ? label
                : FrameworkUtil.asMap(reference.getProperties()).getOrDefault("component.name", reference).toString();
    }
}
