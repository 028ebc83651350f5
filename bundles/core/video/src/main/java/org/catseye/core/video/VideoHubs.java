package org.catseye.core.video;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.IntSupplier;
import org.catseye.config.BadValueException;
import org.catseye.targets.Target;
import org.catseye.video.VideoHub;
import org.catseye.video.spi.CaptureDevice;
import org.catseye.video.spi.JpegRenderer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
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
    /** Devices whose target cannot be, and what is wrong, in words. */
    private final Map<ServiceReference<CaptureDevice>, String> misplaced = new TreeMap<>();
    private boolean ended;

    @Activate
    public VideoHubs(BundleContext context, Config config) {
        this.context = context;
        this.config = config;
        this.memory = new Memory(within("totalMebibytes", config::totalMebibytes, 8, 4096) * 1024L * 1024);
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
            misplaced(reference, Optional.of(Target.invalidId(pidOf(reference), reference.getProperty(Target.ID))));
            return;
        }
        synchronized (wiring) {
            if (!ended) {
                hub(id).add(reference, device);
            }
        }
    }

    void unbindDevice(CaptureDevice device, ServiceReference<CaptureDevice> reference) {
        misplaced(reference, Optional.empty());
        synchronized (wiring) {
            WiredHub hub = wired.get(targetOf(reference));
            if (hub != null && hub.remove(reference)) {
                wired.remove(hub.target()).end();
            }
        }
    }

    /** A device whose target cannot be: it serves none, and the default target says so as long as nothing else serves that. */
    private void misplaced(ServiceReference<CaptureDevice> reference, Optional<BadValueException> mistake) {
        synchronized (wiring) {
            boolean was = misplaced.remove(reference) != null;
            mistake.ifPresent(wrong -> misplaced.put(reference, wrong.getMessage()));
            if (!ended && (was || mistake.isPresent())) {
                hub(Target.DEFAULT).misplaced(misplaced.values().stream().findFirst());
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
        int pool = within("poolMebibytes", config::poolMebibytes, 8, 1024);
        Hub hub = bareHub(id, pool);
        // A rendition holds its newest JPEG, and those that are under way.
        return new WiredHub(hub, new Rendition(hub, bareHub(id + "-jpeg", Math.max(8, pool / 3)), renderer(), painting), context);
    }

    private Hub bareHub(String name, int poolMebibytes) {
        long mebi = 1024L * 1024;
        int largest = (int) (within("largestFrameMebibytes", config::largestFrameMebibytes, 1, 64) * mebi);
        BufferPool pool = new BufferPool(poolMebibytes * mebi, largest, memory);
        return new Hub(name, pool, within("groupMebibytes", config::groupMebibytes, 1, 512) * mebi, words);
    }

    /** A file may hold anything, and without hubs there is no picture at all: what cannot be used is told, and replaced. */
    private static int within(String key, IntSupplier value, int least, int most) {
        int given;
        try {
            given = value.getAsInt();
        } catch (RuntimeException noNumber) {
            int used = standard(key);
            LOG.warn("{}: {} is no number; it has to be {} to {}; {} is used", Config.PID, key, least, most, used);
            return used;
        }
        int used = Math.max(least, Math.min(most, given));
        if (used != given) {
            LOG.warn("{}: {} is '{}'; it has to be {} to {}; {} is used", Config.PID, key, given, least, most, used);
        }
        return used;
    }

    private static int standard(String key) {
        try {
            return (int) Config.class.getMethod(key).getDefaultValue();
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException("no attribute " + key, e);
        }
    }

    private static String targetOf(ServiceReference<?> reference) {
        Object id = reference.getProperty(Target.ID);
        // A list is no id, and does not look like one.
        return id == null ? Target.DEFAULT : id.toString();
    }

    private static String pidOf(ServiceReference<?> reference) {
        return reference.getProperty(Constants.SERVICE_PID) instanceof String pid ? pid : reference.getBundle().getSymbolicName();
    }

    static String labelOf(ServiceReference<?> reference) {
        return reference.getProperty(Target.LABEL) instanceof String label ? label
                : FrameworkUtil.asMap(reference.getProperties()).getOrDefault("component.name", reference).toString();
    }
}
