package org.catseye.web.rest.media;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catseye.access.Audit;
import org.catseye.access.Session;
import org.catseye.concurrent.SizeLimit;
import org.catseye.http.RequestHeads;
import org.catseye.media.MediaException;
import org.catseye.media.MediaLibrary;
import org.catseye.media.MediaUpload;
import org.catseye.web.WebContext;
import org.catseye.web.rest.route.ApiException;
import org.catseye.web.rest.route.Endpoints;
import org.catseye.web.rest.route.RoutedServlet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * Uploads that continue after an interruption: the protocol tus 1.0.0 with the extensions creation, termination and expiration
 * (docs/adr/0023). After its last byte, the image is in the library.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({Endpoints.UPLOADS, Endpoints.UPLOADS + "/*"})
@HttpWhiteboardServletAsyncSupported
@HttpWhiteboardContextSelect(WebContext.SELECT)
public final class TusServlet extends RoutedServlet {

    private static final long serialVersionUID = 1;
    private static final String VERSION = "1.0.0";
    private static final String RESUMABLE = "Tus-Resumable";
    private static final String OFFSET = "Upload-Offset";
    private static final String LENGTH = "Upload-Length";
    private static final String ID = "id";
    private static final int MAX_METADATA = 4096;
    private static final int MAX_FINISHED = 100;

    private final transient MediaLibrary library;
    private final transient MediaRights rights;
    private final transient Transfers transfers;
    private final transient MediaAudit audit;
    /** Guarded by itself: the latest finished uploads, whose clients may ask again because an answer was lost. */
    private final transient Map<String, Finished> finished = new LinkedHashMap<>();

    private record Finished(String user, long length) {
    }

    @Activate
    public TusServlet(@Reference MediaLibrary library, @Reference MediaRights rights, @Reference Transfers transfers, @Reference Audit audit) {
        this.library = library;
        this.rights = rights;
        this.transfers = transfers;
        this.audit = new MediaAudit(audit);
    }

    @Override
    public List<Route> declareRoutes() {
        return List.of(new Route(Endpoints.UPLOADS, Map.of("POST", withoutProof(this::createUpload), "OPTIONS", this::sendOptions)),
                new Route(Endpoints.UPLOADS + "/{id}", Map.of("GET", this::sendOffset, "PATCH", withoutProof(this::appendContent),
                        "DELETE", withoutProof(this::deleteUpload), "OPTIONS", this::sendOptions)));
    }

    private void sendOptions(HttpServletRequest request, HttpServletResponse response) throws ApiException {
        requireSession(request);
        response.setStatus(204);
        response.setHeader(RESUMABLE, VERSION);
        response.setHeader("Tus-Version", VERSION);
        response.setHeader("Tus-Extension", "creation,termination,expiration");
    }

    /** The session of a request that may upload. @throws ApiException 401, 403, or 412 for another version of the protocol */
    private Session begin(HttpServletRequest request, HttpServletResponse response) throws ApiException {
        Session session = requireSession(request);
        rights.requireAdding(session);
        response.setHeader(RESUMABLE, VERSION);
        String version = request.getHeader(RESUMABLE);
        if (version != null && !version.equals(VERSION)) {
            throw new ApiException(412, "unsupported_version", "Only version " + VERSION + " of tus is supported.", Map.of("Tus-Version", VERSION));
        }
        return session;
    }

    private void createUpload(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        Session session = begin(request, response);
        long length = parseNumber(request, LENGTH);
        String name = parseName(request.getHeader("Upload-Metadata"));
        try {
            MediaUpload upload = library.startUpload(name, length, session.user());
            response.setHeader("Location", RequestHeads.findBasePath(request) + Endpoints.UPLOADS + "/" + upload.id());
            describe(upload, response);
            if (length == 0) {
                finishUpload(session, request, upload);
            }
        } catch (MediaException e) {
            throw MediaErrors.toApiException(e);
        }
        response.setStatus(201);
    }

    private static long parseNumber(HttpServletRequest request, String header) throws ApiException {
        String value = request.getHeader(header);
        if (value == null || !value.matches("[0-9]{1,18}")) {
            throw new ApiException(400, "bad_header", "The request needs the header " + header + " with a number.");
        }
        return Long.parseLong(value);
    }

    /** The value of "filename" in pairs such as {@code filename bmFtZQ==,filetype dGV4dA==}. */
    static String parseName(String metadata) throws ApiException {
        String all = metadata == null || metadata.length() > MAX_METADATA ? "" : metadata;
        for (String pair : all.split(",")) {
            String[] parts = pair.strip().split(" +");
            if (parts.length == 2 && parts[0].equals("filename")) {
                try {
                    return new String(Base64.getDecoder().decode(parts[1]), StandardCharsets.UTF_8);
                } catch (IllegalArgumentException e) {
                    break;
                }
            }
        }
        throw new ApiException(400, "bad_header", "The request needs the header Upload-Metadata with \"filename\" and the name in Base64.");
    }

    private static void describe(MediaUpload upload, HttpServletResponse response) {
        response.setHeader(OFFSET, Long.toString(upload.offset()));
        response.setHeader(LENGTH, Long.toString(upload.length()));
        response.setHeader("Upload-Expires", DateTimeFormatter.RFC_1123_DATE_TIME.format(upload.expires().atOffset(ZoneOffset.UTC)));
    }

    /** @throws ApiException 404 if there is none, or it is another user's */
    private MediaUpload requireUpload(Session session, String id) throws ApiException {
        Optional<MediaUpload> upload = library.findUpload(id).filter(found -> found.user().equals(session.user()));
        return upload.orElseThrow(() -> new ApiException(404, "not_found", "There is no such upload."));
    }

    /** HEAD, mainly. An upload that has all its bytes but could not be finished is finished here, or the client would take it for done. */
    private void sendOffset(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        Session session = begin(request, response);
        String id = readVariable(request, ID);
        Finished done;
        synchronized (finished) {
            done = finished.get(id);
        }
        response.setHeader("Cache-Control", "no-store");
        if (done != null && done.user().equals(session.user())) {
            response.setHeader(OFFSET, Long.toString(done.length()));
            response.setHeader(LENGTH, Long.toString(done.length()));
            response.setStatus(200);
            return;
        }
        MediaUpload upload = requireUpload(session, id);
        describe(upload, response);
        if (upload.offset() == upload.length()) {
            finishUpload(session, request, upload);
        }
        sendJson(response, 200, MediaJson.describeUpload(upload));
    }

    private void appendContent(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        Session session = begin(request, response);
        if (!"application/offset+octet-stream".equals(request.getContentType())) {
            throw new ApiException(415, "unsupported_media_type", "Send the content with the header Content-Type: application/offset+octet-stream.",
                    Map.of("Connection", "close"));
        }
        long offset = parseNumber(request, OFFSET);
        MediaUpload upload = requireUpload(session, readVariable(request, ID));
        transfers.start(session, request, response, () -> {
            try (InputStream body = Transfers.guardBody(session, request)) {
                upload.appendContent(offset, body);
            }
            if (upload.offset() == upload.length()) {
                finishUpload(session, request, upload);
            }
            describe(upload, response);
            response.setStatus(204);
        });
    }

    private void finishUpload(Session session, HttpServletRequest request, MediaUpload upload) throws ApiException, IOException {
        audit.record("media.added", session, request, Map.of("name", upload.name()), upload::finishUpload);
        synchronized (finished) {
            finished.put(upload.id(), new Finished(upload.user(), upload.length()));
            SizeLimit.removeOldest(finished.keySet(), MAX_FINISHED);
        }
    }

    private void deleteUpload(HttpServletRequest request, HttpServletResponse response) throws ApiException {
        Session session = begin(request, response);
        MediaUpload upload = library.findUpload(readVariable(request, ID)).filter(found -> found.user().equals(session.user()) || rights.isAdmin(session))
                .orElseThrow(() -> new ApiException(404, "not_found", "There is no such upload."));
        upload.discardUpload();
        response.setStatus(204);
    }
}
