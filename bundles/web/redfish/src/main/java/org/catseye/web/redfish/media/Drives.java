package org.catseye.web.redfish.media;

import java.util.List;
import java.util.Map;
import org.catseye.media.DriveState;
import org.catseye.media.MediaException;
import org.catseye.media.MediaHub;
import org.catseye.media.MediaLibrary;
import org.catseye.services.ByTarget;
import org.catseye.web.redfish.route.RedfishException;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The drives of the targets and the library, as far as they are available. Thread-safe. */
@Component(service = Drives.class)
public final class Drives {

    private final ByTarget<MediaHub> hubs = new ByTarget<>();
    /** Null while there is none. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    volatile MediaLibrary library;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindHub(MediaHub hub, Map<String, Object> properties) {
        hubs.add(properties, hub);
    }

    void unbindHub(Map<String, Object> properties) {
        hubs.remove(properties);
    }

    List<DriveState> readDrives(String target) throws InterruptedException {
        MediaHub hub = hubs.findBest(target).orElse(null);
        return hub == null ? List.of() : hub.readDrives();
    }

    MediaHub requireHub(Place place) throws RedfishException {
        return hubs.findBest(place.target()).orElseThrow(() -> RedfishException.ofMessage(503, "The drive has been removed."));
    }

    MediaLibrary requireLibrary() throws RedfishException {
        MediaLibrary current = library;
        if (current == null) {
            throw RedfishException.ofMessage(503, "The library of images is currently unavailable.");
        }
        return current;
    }

    static RedfishException toRedfishException(MediaException e) {
        return switch (e.reason()) {
            case NOT_FOUND -> RedfishException.ofMessage(404, e.getMessage());
            case BAD_NAME, BAD_URL -> RedfishException.ofMessage(400, e.getMessage());
            case EXISTS, IN_USE, CONFLICT, UNSUPPORTED, LOCKED, BUSY -> RedfishException.ofMessage(409, e.getMessage());
            case TOO_LARGE -> RedfishException.ofMessage(413, e.getMessage());
            case TOO_MANY -> RedfishException.ofBusy(429, e.getMessage(), 30);
            case NO_SPACE -> RedfishException.ofMessage(507, e.getMessage());
            case UNAVAILABLE -> RedfishException.ofMessage(503, e.getMessage());
            case FAILED -> RedfishException.ofMessage(502, e.getMessage());
        };
    }
}
