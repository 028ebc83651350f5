package org.catseye.web.rest.media;

import org.catseye.access.AccessControl;
import org.catseye.access.Permission;
import org.catseye.access.Rights;
import org.catseye.access.Session;
import org.catseye.media.MediaImage;
import org.catseye.media.MediaLibrary;
import org.catseye.web.rest.Targets;
import org.catseye.web.rest.route.ApiException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Who may do what with the library: it belongs to no target, so a permission for any target counts. Thread-safe. */
@Component(service = MediaRights.class)
public final class MediaRights {

    private final AccessControl access;
    private final Targets targets;
    private final MediaLibrary library;

    @Activate
    public MediaRights(@Reference AccessControl access, @Reference Targets targets, @Reference MediaLibrary library) {
        this.access = access;
        this.targets = targets;
        this.library = library;
    }

    boolean isAdmin(Session session) {
        return access.hasPermission(session, Permission.ADMIN, Rights.EVERY);
    }

    boolean canSee(Session session, String target) {
        return access.hasPermission(session, Permission.MEDIA_READ_ONLY, target);
    }

    /** @throws ApiException 403 without MEDIA or MEDIA_READ_ONLY for any target */
    void requireReading(Session session) throws ApiException {
        requirePermission(session, Permission.MEDIA_READ_ONLY);
    }

    /** @throws ApiException 403 without MEDIA for any target */
    void requireAdding(Session session) throws ApiException {
        requirePermission(session, Permission.MEDIA);
    }

    private void requirePermission(Session session, Permission permission) throws ApiException {
        if (!isAdmin(session) && !targets.somewhere(session, permission)) {
            throw new ApiException(403, "forbidden", "This needs the right " + permission + " for a computer.");
        }
    }

    /** @throws ApiException 404 if no image has this id; a name is none */
    MediaImage requireImage(String id) throws ApiException {
        return library.findImage(id).filter(found -> found.id().equals(id)).orElseThrow(() -> new ApiException(404, "not_found", "There is no such image."));
    }

    /**
     * The image, for a user who may change it. That includes the files on a disk; the content as a whole is for all who may attach it.
     *
     * @throws ApiException 403 or 404
     */
    MediaImage requireOwnImage(Session session, String id) throws ApiException {
        requireAdding(session);
        MediaImage image = requireImage(id);
        requireOwner(session, image.user());
        return image;
    }

    /** @throws ApiException 403 unless the user added this, or has ADMIN */
    void requireOwner(Session session, String owner) throws ApiException {
        if (!session.user().equals(owner) && !isAdmin(session)) {
            throw new ApiException(403, "forbidden", "Another user added this. Changing it needs the right ADMIN.");
        }
    }
}
