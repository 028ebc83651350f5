package org.catseye.web.rest.media;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catseye.access.Audit;
import org.catseye.access.Session;
import org.catseye.media.DownloadRequest;
import org.catseye.media.MediaDownload;
import org.catseye.media.MediaException;
import org.catseye.media.MediaHub;
import org.catseye.media.MediaImage;
import org.catseye.media.MediaLibrary;
import org.catseye.media.MediaUpload;
import org.catseye.services.ByTarget;
import org.catseye.web.WebContext;
import org.catseye.web.resource.TargetResource;
import org.catseye.web.rest.route.ApiException;
import org.catseye.web.rest.route.Endpoints;
import org.catseye.web.rest.route.JsonBody;
import org.catseye.web.rest.route.RoutedServlet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** The library. Uploads that can continue after an interruption are at {@link TusServlet}. */
@Component(service = Servlet.class, property = TargetResource.OPENAPI + "=/openapi/library.json")
@HttpWhiteboardServletPattern({Endpoints.MEDIA, Endpoints.MEDIA + "/*"})
@HttpWhiteboardServletAsyncSupported
@HttpWhiteboardContextSelect(WebContext.SELECT)
public final class MediaServlet extends RoutedServlet {

    private static final long serialVersionUID = 1;
    private static final String NAME = "name";
    private static final String ID = "id";
    private static final String URL = "url";
    private static final String SHA256 = "sha256";
    private static final int BUFFER_BYTES = 64 * 1024;

    private final transient MediaLibrary library;
    private final transient MediaRights rights;
    private final transient Transfers transfers;
    private final transient MediaAudit audit;
    private final transient ByTarget<MediaHub> hubs = new ByTarget<>();

    @Activate
    public MediaServlet(@Reference MediaLibrary library, @Reference MediaRights rights, @Reference Transfers transfers, @Reference Audit audit) {
        this.library = library;
        this.rights = rights;
        this.transfers = transfers;
        this.audit = new MediaAudit(audit);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindHub(MediaHub hub, Map<String, Object> properties) {
        hubs.add(properties, hub);
    }

    void unbindHub(Map<String, Object> properties) {
        hubs.remove(properties);
    }

    @Override
    public List<Route> declareRoutes() {
        return List.of(new Route(Endpoints.MEDIA, Map.of("GET", this::sendLibrary, "POST", withoutProof(this::startDownload))),
                new Route(Endpoints.MEDIA + "/downloads/{id}", Map.of("DELETE", withoutProof(this::cancelDownload))),
                new Route(Endpoints.MEDIA + "/{id}/content", Map.of("GET", this::sendContent)),
                new Route(Endpoints.MEDIA + "/{id}", Map.of("PUT", withoutProof(this::addImage), "PATCH", withoutProof(this::renameImage),
                        "DELETE", withoutProof(this::deleteImage))));
    }

    private void sendLibrary(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        Session session = requireSession(request);
        rights.requireReading(session);
        ObjectNode json = JSON.createObjectNode();
        ArrayNode images = json.putArray("images");
        Map<String, List<Place>> places = findPlaces(session);
        library.listImages().forEach(image -> images.add(describeImage(image, places)));
        ArrayNode uploads = json.putArray("uploads");
        boolean admin = rights.isAdmin(session);
        library.listUploads().stream().filter(upload -> admin || upload.user().equals(session.user())).forEach(upload -> uploads.add(MediaJson.describeUpload(upload)));
        ArrayNode downloads = json.putArray("downloads");
        library.listDownloads().stream().filter(download -> admin || download.user().equals(session.user())).forEach(download -> downloads.add(MediaJson.describeDownload(download)));
        json.set("space", MediaJson.describeSpace(library.readSpace()));
        sendJson(response, 200, json);
    }

    /** A drive that has an image. */
    private record Place(String target, String drive) {
    }

    /** The drives that a user may see, by the id of the image in them. */
    private Map<String, List<Place>> findPlaces(Session session) {
        Map<String, List<Place>> places = new HashMap<>();
        for (String target : hubs.listTargets()) {
            if (rights.canSee(session, target)) {
                hubs.findBest(target).map(MediaHub::currentDrives).orElse(List.of()).forEach(drive -> drive.medium().ifPresent(medium ->
                        places.computeIfAbsent(medium.image(), none -> new ArrayList<>()).add(new Place(target, drive.drive()))));
            }
        }
        return places;
    }

    private static ObjectNode describeImage(MediaImage image, Map<String, List<Place>> places) {
        ObjectNode json = MediaJson.describeImage(image);
        ArrayNode attached = json.withArray("attached");
        places.getOrDefault(image.id(), List.of()).forEach(place -> attached.addObject().put("target", place.target()).put("drive", place.drive()));
        return json;
    }

    private void startDownload(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        Session session = requireSession(request);
        rights.requireAdding(session);
        JsonBody body = JsonBody.readBody(request, Set.of(URL, SHA256, NAME));
        DownloadRequest wanted = new DownloadRequest(parseUrl(body.requireText(URL)), body.optionalText(NAME), body.optionalText(SHA256), session.user(),
                rights.isAdmin(session));
        String server = wanted.url().getHost() == null ? "" : wanted.url().getHost();
        MediaDownload download = audit.record("media.fetched", session, request, Map.of("server", server, NAME, wanted.name()),
                () -> library.startDownload(wanted));
        sendJson(response, 202, MediaJson.describeDownload(download));
    }

    private static URI parseUrl(String text) throws ApiException {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new ApiException(422, "bad_url", "The URL is not well-formed.");
        }
    }

    private void cancelDownload(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        Session session = requireSession(request);
        rights.requireAdding(session);
        String id = readVariable(request, ID);
        MediaDownload download = library.listDownloads().stream().filter(each -> each.id().equals(id)).findFirst()
                .orElseThrow(() -> new ApiException(404, "not_found", "There is no such download."));
        rights.requireOwner(session, download.user());
        try {
            library.cancelDownload(id);
        } catch (MediaException e) {
            throw MediaErrors.toApiException(e);
        }
        response.setStatus(204);
    }

    /** A PUT that does not end well leaves nothing. */
    private void addImage(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        Session session = requireSession(request);
        rights.requireAdding(session);
        String name = readVariable(request, ID);
        long length = request.getContentLengthLong();
        transfers.start(session, request, response, () -> {
            MediaImage image = audit.record("media.added", session, request, Map.of(NAME, name), () -> {
                MediaUpload upload = library.startUpload(name, length, session.user());
                try {
                    upload.appendContent(0, Transfers.guardBody(session, request));
                    return upload.finishUpload();
                } catch (IOException | RuntimeException e) {
                    upload.discardUpload();
                    throw e;
                }
            });
            sendJson(response, 201, MediaJson.describeImage(image));
        });
    }

    private void renameImage(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        Session session = requireSession(request);
        MediaImage image = rights.requireOwnImage(session, readVariable(request, ID));
        String name = JsonBody.readBody(request, Set.of(NAME)).requireText(NAME);
        MediaImage renamed = audit.record("media.renamed", session, request, Map.of(NAME, image.name(), "to", name), () -> library.renameImage(image.id(), name));
        sendJson(response, 200, describeImage(renamed, findPlaces(session)));
    }

    private void deleteImage(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        Session session = requireSession(request);
        MediaImage image = rights.requireOwnImage(session, readVariable(request, ID));
        audit.record("media.deleted", session, request, Map.of(NAME, image.name()), () -> {
            library.deleteImage(image.id());
            return image;
        });
        response.setStatus(204);
    }

    private void sendContent(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        Session session = requireSession(request);
        rights.requireReading(session);
        MediaImage image = rights.requireImage(readVariable(request, ID));
        String tag = image.sha256().isEmpty() ? "" : "\"" + image.sha256() + "\"";
        String condition = request.getHeader("If-Range");
        Optional<ByteRange> range = condition == null || !tag.isEmpty() && condition.equals(tag) ? ByteRange.parse(request.getHeader("Range"), image.bytes())
                : Optional.empty();
        if (range.isPresent() && range.get().count() == 0) {
            throw new ApiException(416, "bad_range", "The image has " + image.bytes() + " bytes.", Map.of("Content-Range", "bytes */" + image.bytes()));
        }
        ByteRange part = range.orElse(new ByteRange(0, image.bytes()));
        if (request.getMethod().equals("HEAD")) {
            sendHead(response, image, tag, part, range.isPresent());
            return;
        }
        transfers.start(session, request, response, () -> {
            try (SeekableByteChannel content = library.openImage(image.id())) {
                sendHead(response, image, tag, part, range.isPresent());
                copyContent(content.position(part.first()), part.count(), session, response.getOutputStream());
            }
        });
    }

    private static void sendHead(HttpServletResponse response, MediaImage image, String tag, ByteRange part, boolean partial) {
        response.setStatus(partial ? 206 : 200);
        Attachment.describe(response, image.name(), part.count());
        response.setHeader("Accept-Ranges", "bytes");
        if (!tag.isEmpty()) {
            response.setHeader("ETag", tag);
        }
        if (partial) {
            response.setHeader("Content-Range", "bytes " + part.first() + "-" + (part.first() + part.count() - 1) + "/" + image.bytes());
        }
    }

    private static void copyContent(SeekableByteChannel from, long count, Session session, OutputStream to) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        long left = count;
        while (left > 0) {
            buffer.clear().limit((int) Math.min(left, buffer.capacity()));
            int read = from.read(buffer);
            if (read < 0 || !session.valid()) {
                // The client sees that the content is too short.
                throw new IOException(read < 0 ? "the image became shorter" : "the session has ended");
            }
            to.write(buffer.array(), 0, read);
            left -= read;
        }
    }
}
