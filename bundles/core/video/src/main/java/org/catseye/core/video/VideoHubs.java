package org.catseye.core.video;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.catseye.concurrent.NamedThreads;
import org.catseye.core.video.capture.CaptureWatch;
import org.catseye.core.video.capture.DelayTimer;
import org.catseye.core.video.hub.Hub;
import org.catseye.core.video.memory.BufferPool;
import org.catseye.core.video.memory.MemoryBudget;
import org.catseye.core.video.memory.MemoryConfig;
import org.catseye.core.video.placeholder.PlaceholderPictures;
import org.catseye.core.video.rendition.Renditions;
import org.catseye.options.Options;
import org.catseye.plugins.health.LentFrames;
import org.catseye.services.BoundService;
import org.catseye.services.ByTarget;
import org.catseye.services.OwnRegistration;
import org.catseye.services.PerTarget;
import org.catseye.services.RankedServices;
import org.catseye.targets.Target;
import org.catseye.video.Codec;
import org.catseye.video.VideoHub;
import org.catseye.video.spi.CaptureDevice;
import org.catseye.video.spi.JpegRenderer;
import org.catseye.video.spi.VideoEncoder;
import org.osgi.framework.BundleContext;
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
 * device with that id. Devices come and go; the hub and its viewers stay.
 */
@Component(service = {}, immediate = true, configurationPid = MemoryConfig.PID)
@Designate(ocd = MemoryConfig.class)
public final class VideoHubs {

    private static final Logger LOG = LoggerFactory.getLogger(VideoHubs.class);
    private static final int BYTES_PER_MEBIBYTE = 1 << 20;
    private static final int MIN_RENDITION_MEBIBYTES = 8;
    /** The reason to keep the default target's hub. */
    private static final String ALWAYS = "always";

    private final BundleContext context;
    private final Options options;
    private final MemoryBudget budget;
    private final ScheduledExecutorService background;
    private final PlaceholderPictures placeholders;
    private final CaptureWatch watch = new CaptureWatch();
    private final OwnRegistration<LentFrames> lentFrames = new OwnRegistration<>();
    /** Makes changes one after the other. Held while a device is stopped; the capture thread never takes it. */
    private final Object wiring = new Object();
    private final PerTarget<TargetVideo> hubs = new PerTarget<>(this::createHub, TargetVideo::shutDown);
    private final ByTarget<CaptureDevice> devices = new ByTarget<>(this::updateDevices);
    private final RankedServices<JpegRenderer> renderers = new RankedServices<>();
    private final Map<Codec, RankedServices<VideoEncoder>> encoders = Map.of(Codec.H264, new RankedServices<>(), Codec.JPEG, new RankedServices<>());

    @Activate
    public VideoHubs(BundleContext context, Map<String, ?> properties) {
        this.context = context;
        this.options = new Options(MemoryConfig.PID, properties);
        int total = readMebibytes("totalMebibytes", MemoryConfig.DEFAULT_TOTAL, MemoryConfig.MIN_TOTAL, MemoryConfig.MAX_TOTAL);
        budget = new MemoryBudget((long) total * BYTES_PER_MEBIBYTE);
        background = NamedThreads.newSingleThreadScheduler("video-background");
        placeholders = new PlaceholderPictures(background);
    }

    /** Not in the constructor: a service must not be found before its component is complete. */
    @Activate
    void activate() {
        lentFrames.register(() -> context.registerService(LentFrames.class, watch, null));
        background.scheduleWithFixedDelay(watch::takeSamples, CaptureWatch.SAMPLE_SECONDS, CaptureWatch.SAMPLE_SECONDS, TimeUnit.SECONDS);
        synchronized (wiring) {
            keepHub(Target.DEFAULT, ALWAYS);
            if (!devices.listMistakes().isEmpty()) {
                updateDevices(Target.DEFAULT);
            }
        }
    }

    @Deactivate
    void deactivate() {
        synchronized (wiring) {
            hubs.close();
        }
        lentFrames.unregister();
        background.shutdownNow();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, updated = "bindTarget")
    void bindTarget(Target target, Map<String, Object> properties) {
        keepHub(target.id(), BoundService.serviceIdOf(properties));
    }

    void unbindTarget(Map<String, Object> properties) {
        withdrawReason(properties);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, updated = "bindDevice")
    void bindDevice(CaptureDevice device, Map<String, Object> properties) {
        synchronized (wiring) {
            devices.add(properties, device).ifPresent(mistake -> {
                LOG.error("{}; the device serves no target", mistake.getMessage());
                withdrawReason(properties);
            });
        }
    }

    void unbindDevice(Map<String, Object> properties) {
        synchronized (wiring) {
            devices.remove(properties);
        }
        withdrawReason(properties);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, updated = "bindRenderer")
    void bindRenderer(JpegRenderer renderer, Map<String, Object> properties) {
        synchronized (wiring) {
            renderers.add(properties, renderer);
            hubs.listAll().forEach(hub -> hub.useRenderer(renderers.findBest()));
        }
    }

    void unbindRenderer(Map<String, Object> properties) {
        synchronized (wiring) {
            renderers.remove(properties);
            hubs.listAll().forEach(hub -> hub.useRenderer(renderers.findBest()));
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, updated = "bindEncoder")
    void bindEncoder(VideoEncoder encoder, Map<String, Object> properties) {
        synchronized (wiring) {
            removeEncoder(properties);
            Optional<Codec> output = readOutput(properties);
            if (output.isEmpty()) {
                LOG.error("An encoder has the property {} = {}; it must be one of {}. It is not used", VideoEncoder.OUTPUT, properties.get(VideoEncoder.OUTPUT), encoders.keySet());
                return;
            }
            encoders.get(output.get()).add(properties, encoder);
            hubs.listAll().forEach(hub -> useEncoder(hub, output.get()));
        }
    }

    void unbindEncoder(Map<String, Object> properties) {
        synchronized (wiring) {
            removeEncoder(properties);
        }
    }

    private void removeEncoder(Map<String, Object> properties) {
        encoders.forEach((output, ranked) -> ranked.remove(properties).ifPresent(removed -> hubs.listAll().forEach(hub -> useEncoder(hub, output))));
    }

    private void useEncoder(TargetVideo hub, Codec output) {
        hub.useEncoder(output, encoders.get(output).findBest());
    }

    private static Optional<Codec> readOutput(Map<String, Object> properties) {
        return Arrays.stream(Codec.values()).filter(codec -> codec != Codec.DRAWING && codec.name().equals(properties.get(VideoEncoder.OUTPUT))).findFirst();
    }

    private void keepHub(String target, Object reason) {
        synchronized (wiring) {
            hubs.keep(target, reason).ifPresent(hub -> hub.register(context));
        }
    }

    private void withdrawReason(Map<String, Object> properties) {
        synchronized (wiring) {
            hubs.withdraw(BoundService.serviceIdOf(properties));
        }
    }

    /** The devices of a target changed, or those that belong to none; under {@link #wiring}. */
    private void updateDevices(String target) {
        List<BoundService<CaptureDevice>> current = devices.listServices(target);
        current.forEach(bound -> keepHub(target, bound.serviceId()));
        hubs.find(target).ifPresent(hub -> hub.useDevices(current, target.equals(Target.DEFAULT) ? devices.listMistakes() : List.of()));
    }

    private TargetVideo createHub(String target) {
        int pool = readMebibytes("poolMebibytes", MemoryConfig.DEFAULT_POOL, MemoryConfig.MIN_POOL, MemoryConfig.MAX_POOL);
        int group = readMebibytes("groupMebibytes", MemoryConfig.DEFAULT_GROUP, MemoryConfig.MIN_GROUP, MemoryConfig.MAX_GROUP);
        Hub hub = createBareHub(target, pool, group);
        // A rendition holds its newest JPEG or group of pictures, and what is being sent. The group must leave room for the next key frame.
        int renditionPool = Math.max(MIN_RENDITION_MEBIBYTES, pool / 3);
        Renditions renditions = new Renditions(hub, name -> createBareHub(target + name, renditionPool, Math.min(group, renditionPool / 2)), background);
        TargetVideo video = new TargetVideo(hub, renditions, DelayTimer.onExecutor(background), watch);
        video.useRenderer(renderers.findBest());
        encoders.keySet().forEach(output -> useEncoder(video, output));
        return video;
    }

    private Hub createBareHub(String name, int poolMebibytes, int groupMebibytes) {
        int frame = readMebibytes("largestFrameMebibytes", MemoryConfig.DEFAULT_FRAME, MemoryConfig.MIN_FRAME, MemoryConfig.MAX_FRAME);
        BufferPool pool = new BufferPool((long) poolMebibytes * BYTES_PER_MEBIBYTE, frame * BYTES_PER_MEBIBYTE, budget);
        return new Hub(name, pool, (long) groupMebibytes * BYTES_PER_MEBIBYTE, placeholders);
    }

    /** Without hubs there is no picture at all, so a bad value is logged and replaced. */
    private int readMebibytes(String key, int defaultValue, int min, int max) {
        return options.readNumberOrDefault(key, defaultValue, min, max, LOG::warn);
    }
}
