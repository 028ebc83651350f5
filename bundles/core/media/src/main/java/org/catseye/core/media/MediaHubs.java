package org.catseye.core.media;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.catseye.access.Audit;
import org.catseye.concurrent.NamedThreads;
import org.catseye.config.BadValueException;
import org.catseye.core.media.library.Attachments;
import org.catseye.core.media.library.Attachments.Place;
import org.catseye.core.media.library.ImageFiles;
import org.catseye.media.AttachedMedium;
import org.catseye.media.MediaHub;
import org.catseye.media.spi.MediaDrive;
import org.catseye.services.BoundService;
import org.catseye.services.ByTarget;
import org.catseye.services.OwnRegistration;
import org.catseye.services.PerTarget;
import org.catseye.targets.Target;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registers a hub for each target that a drive names, for as long as there is one. */
@Component(immediate = true, service = {})
public final class MediaHubs {

    private static final Logger LOG = LoggerFactory.getLogger(MediaHubs.class);
    /** How often attached images are looked after when nobody asks: the remote computer may have ejected them. */
    private static final long FOLLOW_SECONDS = 5;

    private final BundleContext context;
    private final ImageFiles images;
    private final Attachments attachments;
    private final Audit audit;
    private final ByTarget<MediaDrive> drives = new ByTarget<>();
    /** The reasons are the service ids of drives. */
    private final PerTarget<HubEntry> hubs = new PerTarget<>(HubEntry::new, HubEntry::close);
    private final ScheduledExecutorService follower = NamedThreads.newSingleThreadScheduler("media-follow");

    @Activate
    public MediaHubs(BundleContext context, @Reference ImageFiles images, @Reference Attachments attachments, @Reference Audit audit) {
        this.context = context;
        this.images = images;
        this.attachments = attachments;
        this.audit = audit;
        follower.scheduleWithFixedDelay(this::followDrives, FOLLOW_SECONDS, FOLLOW_SECONDS, TimeUnit.SECONDS);
    }

    @Deactivate
    void stop() {
        follower.shutdownNow();
        hubs.close();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, updated = "bindDrive")
    void bindDrive(MediaDrive drive, Map<String, Object> properties) {
        long id = BoundService.serviceIdOf(properties);
        if (!(properties.get(MediaDrive.NAME) instanceof String name && name.matches(MediaDrive.NAME_PATTERN))) {
            LOG.error("A drive has no valid name in its property {}; it serves no target", MediaDrive.NAME);
            hubs.withdraw(id);
            return;
        }
        Optional<BadValueException> mistake = drives.add(properties, drive);
        mistake.ifPresent(wrong -> {
            LOG.error("{}; the drive serves no target", wrong.getMessage());
            hubs.withdraw(id);
        });
        drives.findTarget(id).flatMap(target -> hubs.keep(target, id)).ifPresent(HubEntry::register);
    }

    void unbindDrive(Map<String, Object> properties) {
        long id = BoundService.serviceIdOf(properties);
        Optional<String> target = drives.findTarget(id);
        drives.remove(properties);
        target.filter(known -> listDrives(known).stream().noneMatch(drive -> drive.place().drive().equals(properties.get(MediaDrive.NAME))))
                .ifPresent(known -> attachments.releaseFile(new Place(known, (String) properties.get(MediaDrive.NAME))));
        hubs.withdraw(id);
    }

    /** The best drive for each name, in the order of the names. */
    private List<Drive> listDrives(String target) {
        Map<String, Drive> byName = new TreeMap<>(Comparator.naturalOrder());
        for (BoundService<MediaDrive> drive : drives.listServices(target)) {
            String name = drive.textProperty(MediaDrive.NAME).orElseThrow();
            byName.putIfAbsent(name, new Drive(new Place(target, name), drive.textProperty(Target.LABEL).orElse(name), drive.service()));
        }
        return new ArrayList<>(byName.values());
    }

    private void followDrives() {
        try {
            hubs.listAll().stream().map(entry -> entry.hub).filter(TargetMediaHub::hasMedia).forEach(TargetMediaHub::currentDrives);
        } catch (RuntimeException e) {
            LOG.warn("The drives were not read", e); // Thrown further, it would end the schedule.
        }
    }

    private void recordEject(String target, String drive, AttachedMedium medium) {
        LOG.info("Target {}: the computer has ejected {} from the drive {}", target, medium.name(), drive);
        audit.record("media.ejected", "", "", Map.of("target", target, "drive", drive, "image", medium.name(), "by", "computer"));
    }

    /** A hub and its registration. */
    private final class HubEntry {

        private final String target;
        private final TargetMediaHub hub;
        private final OwnRegistration<MediaHub> registration = new OwnRegistration<>();

        HubEntry(String target) {
            this.target = target;
            hub = new TargetMediaHub(target, () -> listDrives(target), images, attachments, MediaHubs.this::recordEject, System::nanoTime);
        }

        /** Registers the service if that was not done before. */
        void register() {
            hub.handleNewDrive();
            registration.register(() -> context.registerService(MediaHub.class, hub, FrameworkUtil.asDictionary(Map.of(Target.ID, target))));
        }

        void close() {
            registration.unregister();
            hub.close();
        }
    }
}
