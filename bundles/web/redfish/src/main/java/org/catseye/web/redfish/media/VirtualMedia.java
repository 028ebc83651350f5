package org.catseye.web.redfish.media;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.catseye.access.Permission;
import org.catseye.http.RedfishError;
import org.catseye.http.RequestHeads;
import org.catseye.media.AttachedMedium;
import org.catseye.media.DriveState;
import org.catseye.media.MediaImage;
import org.catseye.media.MediaKind;
import org.catseye.targets.Target;
import org.catseye.web.redfish.access.VisibleTargets;
import org.catseye.web.redfish.media.Insertions.Wish;
import org.catseye.web.redfish.route.Parameters;
import org.catseye.web.redfish.route.RedfishException;
import org.catseye.web.redfish.route.RedfishJson;
import org.catseye.web.redfish.route.RedfishRequest;
import org.catseye.web.redfish.route.Route;
import org.catseye.web.redfish.task.Task;
import org.catseye.web.redfish.task.Tasks;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The drives of a target. They are the same below its system and below its manager, because some clients look only there. */
@Component(service = VirtualMedia.class)
public final class VirtualMedia {

    private static final String COLLECTION = "/VirtualMedia";
    private static final String INSERT = "/Actions/VirtualMedia.InsertMedia";
    private static final String EJECT = "/Actions/VirtualMedia.EjectMedia";
    private static final String IMAGE = "Image";
    private static final String INSERTED = "Inserted";
    private static final String WRITE_PROTECTED = "WriteProtected";
    private static final String METHOD = "TransferMethod";
    private static final String PROTOCOL = "TransferProtocolType";
    private static final String ALLOWABLE = "@Redfish.AllowableValues";
    private static final List<String> METHODS = List.of("Upload");
    private static final List<String> PROTOCOLS = List.of("HTTP", "HTTPS");
    private static final List<String> CREDENTIALS = List.of("UserName", "Password");

    private final VisibleTargets targets;
    private final Drives drives;
    private final Insertions insertions;
    private final Tasks tasks;

    @Activate
    public VirtualMedia(@Reference VisibleTargets targets, @Reference Drives drives, @Reference Insertions insertions, @Reference Tasks tasks) {
        this.targets = targets;
        this.drives = drives;
        this.insertions = insertions;
        this.tasks = tasks;
    }

    /** @param owners the collection that the target's system or manager is in */
    public static String collectionPath(String owners, Target target) {
        return owners + "/" + target.id() + COLLECTION;
    }

    /** @param owners as in {@link #collectionPath} */
    public List<Route> listRoutes(String owners) {
        String drive = owners + "/{id}" + COLLECTION + "/{drive}";
        return List.of(Route.ofReading(owners + "/{id}" + COLLECTION, request -> listDrives(request, owners)),
                Route.ofReading(drive, request -> describeDrive(request, owners)), Route.ofAction(drive + INSERT, this::insert),
                Route.ofAction(drive + EJECT, this::eject));
    }

    private Target requireTarget(RedfishRequest request) throws RedfishException {
        Target target = targets.requireTarget(request);
        targets.requireRight(request, Permission.MEDIA_READ_ONLY, target);
        return target;
    }

    private void listDrives(RedfishRequest request, String owners) throws RedfishException, IOException, InterruptedException {
        Target target = requireTarget(request);
        List<String> names = insertions.readDrives(target.id()).stream().map(DriveState::drive).toList();
        request.sendResource(RedfishJson.newCollection(request, collectionPath(owners, target), "VirtualMedia", "Drives of " + target.label(), names));
    }

    private DriveState requireDrive(RedfishRequest request, Target target) throws RedfishException, InterruptedException {
        String name = request.variables().get("drive");
        return insertions.readDrives(target.id()).stream().filter(drive -> drive.drive().equals(name)).findFirst()
                .orElseThrow(() -> RedfishException.ofMissing(request.path()));
    }

    private void describeDrive(RedfishRequest request, String owners) throws RedfishException, IOException, InterruptedException {
        Target target = requireTarget(request);
        DriveState drive = requireDrive(request, target);
        String link = request.link(collectionPath(owners, target) + "/" + drive.drive());
        ObjectNode json = RedfishJson.newResource(link, "VirtualMedia.v1_4_0.VirtualMedia", drive.drive(), drive.label());
        boolean unavailable = drive.condition() == DriveState.Condition.UNAVAILABLE;
        json.putObject("Status").put("State", unavailable ? "UnavailableOffline" : "Enabled").put("Health", unavailable ? "Warning" : "OK");
        writeTypes(json.putArray("MediaTypes"), drive.kinds());
        writeMedium(json, new Place(target.id(), drive.drive()), drive.medium());
        ObjectNode actions = json.putObject("Actions");
        ObjectNode insert = actions.putObject("#VirtualMedia.InsertMedia").put("target", link + INSERT);
        METHODS.forEach(insert.putArray(METHOD + ALLOWABLE)::add);
        PROTOCOLS.forEach(insert.putArray(PROTOCOL + ALLOWABLE)::add);
        actions.putObject("#VirtualMedia.EjectMedia").put("target", link + EJECT);
        request.sendResource(json);
    }

    private static void writeTypes(ArrayNode types, Set<MediaKind> kinds) {
        if (kinds.contains(MediaKind.CDROM)) {
            types.add("CD").add("DVD");
        }
        if (kinds.contains(MediaKind.DISK)) {
            types.add("USBStick");
        }
    }

    private void writeMedium(ObjectNode json, Place place, Optional<AttachedMedium> medium) {
        json.put(INSERTED, medium.isPresent()).put("ConnectedVia", medium.isPresent() ? "URI" : "NotConnected");
        json.put(IMAGE, medium.map(attached -> insertions.findUrl(place, attached).orElseGet(() -> describeImage(attached))).orElse(null));
        json.put("ImageName", medium.map(AttachedMedium::name).orElse(null));
        json.put(WRITE_PROTECTED, medium.map(AttachedMedium::readOnly).orElse(true));
    }

    /** As InsertMedia takes it, for an image of the library. */
    private static String describeImage(AttachedMedium medium) {
        return medium.image().isEmpty() ? null : "/api/v1/media/" + medium.image() + "/content";
    }

    private void insert(RedfishRequest request) throws RedfishException, IOException, InterruptedException {
        Target target = requireTarget(request);
        DriveState drive = requireDrive(request, target);
        Parameters body = Parameters.readParameters(request, "InsertMedia", Set.of(IMAGE, INSERTED, WRITE_PROTECTED, METHOD, PROTOCOL, CREDENTIALS.get(0), CREDENTIALS.get(1)));
        refuseUnsupported(body);
        ImageSource source = readSource(request, body);
        boolean writeProtected = body.optionalBoolean(WRITE_PROTECTED, true);
        Optional<MediaImage> image = source.isOfLibrary() ? drives.requireLibrary().findImage(source.image()) : Optional.empty();
        if (source.isOfLibrary() && image.isEmpty()) {
            throw new RedfishException(404, new RedfishError("ResourceNotFound", "The library has no such image.", List.of(IMAGE, "?"), "#/" + IMAGE, "Add the image first."));
        }
        MediaKind kind = chooseKind(drive, source, image, writeProtected);
        boolean readOnly = writeProtected || kind == MediaKind.CDROM;
        requireRights(request, target, drive, readOnly, source, image);
        Wish wish = new Wish(new Place(target.id(), drive.drive()), image.map(known -> new ImageSource(known.id(), source.url())).orElse(source), kind, readOnly,
                request.session().user(), Optional.empty());
        Optional<Task> same = insertions.findRunning(wish);
        Task task = same.isPresent() ? same.get() : insertions.insert(image.isPresent() ? wish : fetch(request, target, wish), request.request().getRemoteAddr());
        tasks.answerWhenDone(request, task);
    }

    private Wish fetch(RedfishRequest request, Target target, Wish wish) throws RedfishException {
        boolean localAddresses = targets.hasRight(request, Permission.ADMIN, target);
        ImageDownload download = ImageDownload.start(drives.requireLibrary(), wish.source().url(), wish.user(), localAddresses);
        return new Wish(wish.place(), wish.source(), wish.kind(), wish.readOnly(), wish.user(), Optional.of(download));
    }

    private static void refuseUnsupported(Parameters body) throws RedfishException {
        if (!body.optionalBoolean(INSERTED, true)) {
            throw body.unsupported(INSERTED, "An image that is attached is always inserted.");
        }
        for (String name : CREDENTIALS) {
            if (!body.optionalText(name).orElse("").isEmpty()) {
                throw body.unsupported(name, "User name and password for the server of the image are not supported.");
            }
        }
        requireListed(body, METHOD, METHODS);
        requireListed(body, PROTOCOL, PROTOCOLS);
    }

    private static void requireListed(Parameters body, String name, List<String> possible) throws RedfishException {
        Optional<String> value = body.optionalText(name);
        if (value.isPresent() && !possible.contains(value.get())) {
            throw body.outsideList(name, possible);
        }
    }

    private static ImageSource readSource(RedfishRequest request, Parameters body) throws RedfishException {
        String host = Optional.ofNullable(request.request().getHeader("Host")).orElse("");
        return ImageSource.parse(body.requireText(IMAGE), host, RequestHeads.findBasePath(request.request())).orElseThrow(() -> body.unsupported(IMAGE,
                "The parameter Image has to be an http or https URL, the path of an image of this device, or \"catseye:\" and the name of an image of its library."));
    }

    /** A disk to write to can't be a CD. */
    private static MediaKind chooseKind(DriveState drive, ImageSource source, Optional<MediaImage> image, boolean writeProtected) {
        String name = image.map(MediaImage::name).orElseGet(() -> String.valueOf(source.url().getPath()));
        MediaKind fitting = writeProtected && name.toLowerCase(Locale.ROOT).endsWith(".iso") ? MediaKind.CDROM : MediaKind.DISK;
        return drive.kinds().contains(fitting) || drive.kinds().isEmpty() ? fitting : drive.kinds().iterator().next();
    }

    private void requireRights(RedfishRequest request, Target target, DriveState drive, boolean readOnly, ImageSource source, Optional<MediaImage> image)
            throws RedfishException {
        if (!readOnly || !source.isOfLibrary() || isWritten(drive)) {
            targets.requireRight(request, Permission.MEDIA, target);
        }
        boolean own = image.isEmpty() || image.get().user().equals(request.session().user());
        if (!readOnly && !own && !targets.hasRight(request, Permission.ADMIN, target)) {
            throw RedfishException.ofMissingRight("Only the user who added this image, and administrators, can attach it for writing.");
        }
    }

    private static boolean isWritten(DriveState drive) {
        return drive.medium().isPresent() && !drive.medium().get().readOnly();
    }

    /** Clients send an empty object, or nothing. */
    private void eject(RedfishRequest request) throws RedfishException, IOException, InterruptedException {
        Target target = requireTarget(request);
        DriveState drive = requireDrive(request, target);
        if (request.request().getContentType() != null || request.request().getContentLengthLong() > 0) {
            Parameters.readParameters(request, "EjectMedia", Set.of());
        }
        if (isWritten(drive)) {
            targets.requireRight(request, Permission.MEDIA, target);
        }
        boolean mayCancel = targets.hasRight(request, Permission.MEDIA, target);
        insertions.eject(new Place(target.id(), drive.drive()), drive, request.session().user(), mayCancel, request.request().getRemoteAddr());
        request.response().setStatus(204);
    }
}
