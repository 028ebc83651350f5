package org.catseye.web.rest.media;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catseye.access.AccessControl;
import org.catseye.access.Audit;
import org.catseye.access.Permission;
import org.catseye.http.TargetJson;
import org.catseye.media.AttachedMedium;
import org.catseye.media.DriveState;
import org.catseye.media.MediaException;
import org.catseye.media.MediaException.Reason;
import org.catseye.media.MediaHub;
import org.catseye.media.MediaImage;
import org.catseye.media.MediaKind;
import org.catseye.media.MediaLibrary;
import org.catseye.media.spi.MediaDrive;
import org.catseye.services.ByTarget;
import org.catseye.web.resource.TargetRequest;
import org.catseye.web.resource.TargetResource;
import org.catseye.web.rest.route.ApiException;
import org.catseye.web.rest.route.ApiServlet;
import org.catseye.web.rest.route.JsonBody;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** {@code media}: a target's drives, and what is attached to them. */
@Component(service = TargetResource.class, property = {TargetResource.NAME + "=media", TargetResource.OPENAPI + "=/openapi/drives.json"})
public final class MediaResource implements TargetResource {

    private final AccessControl access;
    private final MediaAudit audit;
    private final MediaLibrary library;
    private final ByTarget<MediaHub> hubs = new ByTarget<>();

    @Activate
    public MediaResource(@Reference AccessControl access, @Reference Audit audit, @Reference MediaLibrary library) {
        this.access = access;
        this.audit = new MediaAudit(audit);
        this.library = library;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindHub(MediaHub hub, Map<String, Object> properties) {
        hubs.add(properties, hub);
    }

    void unbindHub(Map<String, Object> properties) {
        hubs.remove(properties);
    }

    /** What more a change needs depends on its body. */
    @Override
    public Permission requiredPermission(String method, String subPath) {
        return Permission.MEDIA_READ_ONLY;
    }

    @Override
    public Set<String> allowedMethods(String subPath) {
        return subPath.isEmpty() ? Set.of("GET") : subPath.matches("/" + MediaDrive.NAME_PATTERN) ? Set.of("GET", "PUT", "DELETE") : Set.of();
    }

    /** An image gives no power over Catseye itself. */
    @Override
    public boolean requiresProof(String method, String subPath) {
        return false;
    }

    @Override
    public void serve(TargetRequest request) throws IOException {
        try {
            answer(request);
        } catch (ApiException e) {
            ApiServlet.sendError(request.response(), e);
        } catch (InterruptedException e) {
            ApiServlet.sendError(request.response(), MediaAudit.stopping());
        }
    }

    private void answer(TargetRequest request) throws ApiException, IOException, InterruptedException {
        String drive = request.subPath().isEmpty() ? "" : request.subPath().substring(1);
        switch (request.request().getMethod()) {
            case "PUT" -> attach(request, drive);
            case "DELETE" -> {
                eject(request, drive);
                request.response().setStatus(204);
                return;
            }
            default -> { }
        }
        if (drive.isEmpty()) {
            List<DriveState> drives = readDrives(request.targetId());
            ApiServlet.sendJson(request.response(), 200, json -> TargetJson.writeDrives(json, drives));
        } else {
            DriveState state = readDrive(request.targetId(), drive);
            ApiServlet.sendJson(request.response(), 200, json -> TargetJson.writeDrive(json, state));
        }
    }

    private List<DriveState> readDrives(String target) throws InterruptedException {
        MediaHub hub = hubs.findBest(target).orElse(null);
        return hub == null ? List.of() : hub.readDrives();
    }

    private DriveState readDrive(String target, String name) throws ApiException, InterruptedException {
        return readDrives(target).stream().filter(drive -> drive.drive().equals(name)).findFirst().orElseThrow(() -> noDrive());
    }

    private static ApiException noDrive() {
        return new ApiException(404, "not_found", "This computer has no such drive.");
    }

    /** @param readOnly always true for a CD */
    private record Wanted(String image, MediaKind kind, boolean readOnly) {
    }

    private void attach(TargetRequest request, String drive) throws ApiException, IOException, InterruptedException {
        JsonBody body = JsonBody.readBody(request.request(), Set.of("image", "kind", "readOnly"));
        DriveState state = readDrive(request.targetId(), drive);
        Optional<MediaImage> image = library.findImage(body.requireText("image"));
        MediaKind kind = chooseKind(body.optionalText("kind"), state, image);
        boolean readOnly = body.optionalBoolean("readOnly", true);
        Wanted wanted = new Wanted(image.map(MediaImage::id).orElse(""), kind, readOnly || kind == MediaKind.CDROM);
        String shown = image.map(MediaImage::name).orElse("");
        Map<String, String> details = Map.of("target", request.targetId(), "drive", drive, "image", shown, "kind", kind.publicName(),
                "readOnly", "" + wanted.readOnly());
        audit.record("media.attached", request.session(), request.request(), details, () -> {
            requireMayWrite(request, state, wanted, image);
            findHub(request).attachImage(drive, wanted.image(), wanted.kind(), wanted.readOnly());
            return drive;
        });
    }

    /** What the body names; else what fits the name of the image, or what the drive takes. */
    private static MediaKind chooseKind(String name, DriveState drive, Optional<MediaImage> image) throws ApiException {
        if (!name.isEmpty()) {
            return MediaKind.findByPublicName(name).orElseThrow(() -> new ApiException(400, "bad_field",
                    "The field \"kind\" has to be one of " + String.join(", ", Arrays.stream(MediaKind.values()).map(MediaKind::publicName).toList()) + "."));
        }
        boolean iso = image.isPresent() && image.get().name().toLowerCase(Locale.ROOT).endsWith(".iso");
        MediaKind fitting = iso ? MediaKind.CDROM : MediaKind.DISK;
        return drive.kinds().contains(fitting) || drive.kinds().isEmpty() ? fitting : drive.kinds().iterator().next();
    }

    /** Others' images are safe from a user who may write: the computer could overwrite them. */
    private void requireMayWrite(TargetRequest request, DriveState drive, Wanted wanted, Optional<MediaImage> image) throws ApiException {
        if (isWritten(drive) || !wanted.readOnly()) {
            requireMedia(request);
        }
        boolean own = image.isEmpty() || image.get().user().equals(request.session().user());
        if (!wanted.readOnly() && !own && !access.hasPermission(request.session(), Permission.ADMIN, request.targetId())) {
            throw new ApiException(403, "forbidden", "Only " + (image.get().user().isEmpty() ? "an administrator" : image.get().user() + " and administrators")
                    + " can attach this image for writing. Attach it read-only.");
        }
    }

    private static boolean isWritten(DriveState drive) {
        return drive.medium().isPresent() && !drive.medium().get().readOnly();
    }

    private void requireMedia(TargetRequest request) throws ApiException {
        if (!access.hasPermission(request.session(), Permission.MEDIA, request.targetId())) {
            throw new ApiException(403, "forbidden", "Your right MEDIA_READ_ONLY doesn't include disks that the computer can write to.");
        }
    }

    private void eject(TargetRequest request, String drive) throws ApiException, IOException, InterruptedException {
        String force = Optional.ofNullable(request.request().getParameter("force")).orElse("false");
        if (!force.equals("true") && !force.equals("false")) {
            throw new ApiException(400, "bad_field", "The parameter \"force\" has to be true or false.");
        }
        DriveState state = readDrive(request.targetId(), drive);
        String shown = state.medium().map(AttachedMedium::name).orElse("");
        Map<String, String> details = Map.of("target", request.targetId(), "drive", drive, "image", shown, "force", force);
        audit.record("media.ejected", request.session(), request.request(), details, () -> {
            if (isWritten(state)) {
                requireMedia(request);
            }
            findHub(request).ejectImage(drive, force.equals("true"));
            return drive;
        });
    }

    private MediaHub findHub(TargetRequest request) throws MediaException {
        return hubs.findBest(request.targetId()).orElseThrow(() -> new MediaException(Reason.UNAVAILABLE, "The drive has been removed."));
    }
}
