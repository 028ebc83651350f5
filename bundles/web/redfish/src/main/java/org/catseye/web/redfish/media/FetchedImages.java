package org.catseye.web.redfish.media;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.catseye.media.AttachedMedium;
import org.catseye.media.DriveState;
import org.catseye.media.MediaImage;
import org.catseye.web.redfish.route.RedfishException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The images that were fetched for drives and are still in them. An image that leaves its drive in another way than through this service is
 * forgotten, so it stays in the library. Thread-safe.
 */
final class FetchedImages {

    private static final Logger LOG = LoggerFactory.getLogger(FetchedImages.class);

    private final Drives drives;
    private final MediaAudit audit;
    private final Map<Place, Fetched> images = new ConcurrentHashMap<>();

    /** @param image as it was added; its user is the one who fetched it */
    private record Fetched(MediaImage image, String url) {

        private boolean isIn(Optional<AttachedMedium> medium) {
            return medium.isPresent() && medium.get().image().equals(image.id());
        }
    }

    FetchedImages(Drives drives, MediaAudit audit) {
        this.drives = drives;
        this.audit = audit;
    }

    void remember(Place place, MediaImage image, String url) {
        images.put(place, new Fetched(image, url));
    }

    /** The URL from which the image in a drive was fetched; empty if it was not. */
    Optional<String> findUrl(Place place, AttachedMedium medium) {
        return Optional.ofNullable(images.get(place)).filter(known -> known.isIn(Optional.of(medium))).map(Fetched::url);
    }

    /** Reads the drives of a target, and forgets the images that are no longer in them. */
    List<DriveState> readDrives(String target) throws InterruptedException {
        // An image that is inserted while the drives are being read may be missing from their states.
        Map<Place, Fetched> before = Map.copyOf(images);
        List<DriveState> states = drives.readDrives(target);
        for (DriveState state : states) {
            Place place = new Place(target, state.drive());
            Fetched known = before.get(place);
            if (known != null && !known.isIn(state.medium()) && state.condition() != DriveState.Condition.UNAVAILABLE) {
                images.remove(place, known);
            }
        }
        return states;
    }

    /**
     * Forgets the image of a drive from which something was ejected.
     *
     * @param ejected what it was
     * @return the image, to be deleted; empty if something else was ejected
     */
    Optional<MediaImage> takeImage(Place place, Optional<AttachedMedium> ejected) {
        return Optional.ofNullable(images.remove(place)).filter(known -> known.isIn(ejected)).map(Fetched::image);
    }

    /** Deletes an image from the library. An image that was added later stays, even if it has the same id. */
    void deleteImage(MediaImage image, Place place, String user, String address) throws InterruptedException {
        try {
            if (drives.requireLibrary().findImage(image.id()).filter(found -> isSame(found, image)).isPresent()) {
                audit.record("media.deleted", place, user, address, Map.of("name", image.name()), () -> drives.requireLibrary().deleteImage(image.id()));
            }
        } catch (RedfishException e) {
            // Attached to another drive meanwhile, for example.
            LOG.debug("The image {} stays in the library", image.name(), e);
        }
    }

    /** Ids are derived from names, so they occur again. */
    private static boolean isSame(MediaImage found, MediaImage image) {
        return found.id().equals(image.id()) && found.user().equals(image.user()) && found.added().equals(image.added());
    }
}
