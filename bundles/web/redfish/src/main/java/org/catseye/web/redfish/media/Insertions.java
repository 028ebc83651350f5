package org.catseye.web.redfish.media;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.catseye.access.Audit;
import org.catseye.media.AttachedMedium;
import org.catseye.media.DriveState;
import org.catseye.media.MediaException;
import org.catseye.media.MediaImage;
import org.catseye.media.MediaKind;
import org.catseye.web.redfish.route.RedfishException;
import org.catseye.web.redfish.task.Task;
import org.catseye.web.redfish.task.Tasks;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Inserts images and ejects them. An image that was fetched for a drive is deleted from the library when it is ejected here, as a drive that streams
 * its image keeps nothing either; otherwise a client that installs many computers would fill the disk. Thread-safe.
 */
@Component(service = Insertions.class)
public final class Insertions {

    private final MediaAudit audit;
    private final Drives drives;
    private final Tasks tasks;
    private final FetchedImages fetched;
    /** Insertions that run. */
    private final Map<Place, Running> running = new ConcurrentHashMap<>();

    /** Who inserts what. */
    private record Running(Task task, Wish wish) {
    }

    /** @param download empty for an image of the library */
    record Wish(Place place, ImageSource source, MediaKind kind, boolean readOnly, String user, Optional<ImageDownload> download) {

        private boolean isSameAs(Wish other) {
            return source.equals(other.source) && kind == other.kind && readOnly == other.readOnly && user.equals(other.user);
        }
    }

    @Activate
    public Insertions(@Reference Audit audit, @Reference Drives drives, @Reference Tasks tasks) {
        this.audit = new MediaAudit(audit);
        this.drives = drives;
        this.tasks = tasks;
        fetched = new FetchedImages(drives, this.audit);
    }

    /** The URL from which the image in a drive was fetched; empty if it was not. */
    Optional<String> findUrl(Place place, AttachedMedium medium) {
        return fetched.findUrl(place, medium);
    }

    List<DriveState> readDrives(String target) throws InterruptedException {
        return fetched.readDrives(target);
    }

    /** The task that inserts the same image already. A client that got no answer in time sends its request again. */
    Optional<Task> findRunning(Wish wish) throws RedfishException {
        Running current = running.get(wish.place());
        if (current != null && !current.wish().isSameAs(wish)) {
            throw RedfishException.ofBusy(409, "Another image is being inserted into this drive.", 10);
        }
        return Optional.ofNullable(current).map(Running::task);
    }

    /** Starts to insert an image; it may have to be fetched first. */
    synchronized Task insert(Wish wish, String address) throws RedfishException {
        Optional<Task> same = findRunning(wish);
        if (same.isPresent()) {
            wish.download().ifPresent(ImageDownload::cancel);
            return same.get();
        }
        Task task;
        try {
            task = tasks.start("Insertion into drive " + wish.place().drive() + " of " + wish.place().target(), wish.user(), self -> run(self, wish, address));
        } catch (RedfishException e) {
            wish.download().ifPresent(ImageDownload::cancel);
            throw e;
        }
        running.put(wish.place(), new Running(task, wish));
        return task;
    }

    private void run(Task task, Wish wish, String address) throws RedfishException, InterruptedException {
        Map<String, String> details = Map.of("image", wish.source().toPublicText(), "kind", wish.kind().publicName(), "readOnly", "" + wish.readOnly());
        try {
            audit.record("media.attached", wish.place(), wish.user(), address, details, () -> attach(task, wish, address));
        } finally {
            synchronized (this) {
                running.remove(wish.place());
            }
        }
    }

    private void attach(Task task, Wish wish, String address) throws RedfishException, InterruptedException, MediaException {
        if (wish.download().isEmpty()) {
            replaceImage(wish, wish.source().image(), address);
            return;
        }
        String id = wish.download().get().await(task);
        Optional<MediaImage> image = wish.download().get().findImage(id);
        boolean attached = false;
        try {
            replaceImage(wish, id, address);
            attached = true;
        } finally {
            if (!attached && image.isPresent()) {
                fetched.deleteImage(image.get(), wish.place(), wish.user(), address);
            }
        }
        image.ifPresent(known -> fetched.remember(wish.place(), known, wish.source().toPublicText()));
    }

    private void replaceImage(Wish wish, String image, String address) throws RedfishException, InterruptedException, MediaException {
        Place place = wish.place();
        Optional<AttachedMedium> held = readDrives(place.target()).stream().filter(state -> state.drive().equals(place.drive())).findFirst().flatMap(DriveState::medium);
        drives.requireHub(place).attachImage(place.drive(), image, wish.kind(), wish.readOnly());
        Optional<MediaImage> old = fetched.takeImage(place, held);
        if (old.isPresent() && !old.get().id().equals(image)) {
            fetched.deleteImage(old.get(), place, wish.user(), address);
        }
    }

    /**
     * Ejects what is in a drive, and ends an insertion that is still fetching its image.
     *
     * @param mayCancel whether the user may end insertions of other users
     */
    void eject(Place place, DriveState drive, String user, boolean mayCancel, String address) throws RedfishException, InterruptedException {
        Running current = running.get(place);
        if (current != null && current.wish().download().filter(ImageDownload::isRunning).isPresent()) {
            Wish wish = current.wish();
            audit.record("media.ejected", place, user, address, Map.of("image", wish.source().toPublicText()), () -> {
                if (!mayCancel && !wish.user().equals(user)) {
                    throw RedfishException.ofMissingRight("Another user is inserting an image. Ending this needs the right MEDIA on the target " + place.target() + ".");
                }
                wish.download().get().cancel();
            });
        }
        if (drive.medium().isEmpty()) {
            return;
        }
        audit.record("media.ejected", place, user, address, Map.of("image", drive.medium().get().name()), () -> drives.requireHub(place).ejectImage(place.drive(), false));
        Optional<MediaImage> old = fetched.takeImage(place, drive.medium());
        if (old.isPresent()) {
            fetched.deleteImage(old.get(), place, user, address);
        }
    }
}
