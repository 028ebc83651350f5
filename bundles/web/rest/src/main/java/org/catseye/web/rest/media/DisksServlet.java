package org.catseye.web.rest.media;

import com.fasterxml.jackson.databind.node.ArrayNode;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catseye.access.Audit;
import org.catseye.access.Session;
import org.catseye.media.DiskFile;
import org.catseye.media.FileDisks;
import org.catseye.media.MediaException;
import org.catseye.media.MediaImage;
import org.catseye.web.WebContext;
import org.catseye.web.resource.TargetResource;
import org.catseye.web.rest.route.ApiException;
import org.catseye.web.rest.route.Endpoints;
import org.catseye.web.rest.route.JsonBody;
import org.catseye.web.rest.route.RoutedServlet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Disks for files: images with a FAT file system, and the files on them. */
@Component(service = Servlet.class, property = TargetResource.OPENAPI + "=/openapi/disks.json")
@HttpWhiteboardServletPattern({Endpoints.DISKS, Endpoints.DISKS + "/*"})
@HttpWhiteboardServletAsyncSupported
@HttpWhiteboardContextSelect(WebContext.SELECT)
public final class DisksServlet extends RoutedServlet {

    private static final long serialVersionUID = 1;
    /** What stays free of the disk for temporary files, and how often that is checked. */
    private static final long RESERVE_BYTES = 64 << 20;
    private static final long CHECK_BYTES = 16 << 20;
    private static final String NAME = "name";
    private static final String LABEL = "label";
    private static final String BYTES = "bytes";
    private static final String PATH = "path";

    private final transient FileDisks disks;
    private final transient MediaRights rights;
    private final transient Transfers transfers;
    private final transient MediaAudit audit;

    @Activate
    public DisksServlet(@Reference FileDisks disks, @Reference MediaRights rights, @Reference Transfers transfers,
            @Reference Audit audit) {
        this.disks = disks;
        this.rights = rights;
        this.transfers = transfers;
        this.audit = new MediaAudit(audit);
    }

    @Override
    public List<Route> declareRoutes() {
        return List.of(new Route(Endpoints.DISKS, Map.of("POST", withoutProof(this::createDisk))),
                new Route(Endpoints.DISKS + "/{id}/files", Map.of("GET", this::listFiles)),
                new Route(Endpoints.DISKS + "/{id}/file", Map.of("GET", this::sendFile, "PUT", withoutProof(this::writeFile), "DELETE", withoutProof(this::deleteFile))));
    }

    /** Something that waits for a program. */
    private interface Work<T> {
        T run() throws IOException, ApiException, InterruptedException;
    }

    private static <T> T await(Work<T> work) throws IOException, ApiException {
        try {
            return work.run();
        } catch (InterruptedException e) {
            throw MediaAudit.stopping();
        }
    }

    private void createDisk(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        Session session = requireSession(request);
        rights.requireAdding(session);
        JsonBody body = JsonBody.readBody(request, Set.of(NAME, LABEL, BYTES));
        String name = body.requireText(NAME);
        String label = body.optionalText(LABEL);
        long bytes = body.requireNumber(BYTES);
        transfers.start(session, request, response, () -> {
            MediaImage image = audit.record("media.added", session, request, Map.of(NAME, name),
                    () -> disks.createDisk(name, label, bytes, session.user()));
            sendJson(response, 201, MediaJson.describeImage(image));
        });
    }

    private static String requirePath(HttpServletRequest request) throws ApiException {
        String path = request.getParameter(PATH);
        if (path == null || path.isEmpty()) {
            throw new ApiException(400, "bad_field", "The parameter \"path\" has to name a file, such as logs/boot.txt.");
        }
        return path;
    }

    private void listFiles(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        MediaImage image = rights.requireOwnImage(requireSession(request), readVariable(request, "id"));
        List<DiskFile> files;
        try {
            files = await(() -> disks.listFiles(image.id()));
        } catch (MediaException e) {
            throw MediaErrors.toApiException(e);
        }
        ArrayNode json = JSON.createArrayNode();
        files.forEach(file -> json.addObject().put(PATH, file.path()).put("folder", file.folder()).put(BYTES, file.bytes()));
        sendJson(response, 200, json);
    }

    /** Uses a temporary file, which is deleted afterwards. */
    private interface FileWork {
        void run(Path file) throws IOException, ApiException;
    }

    private static void withTemporaryFile(FileWork work) throws IOException, ApiException {
        Path file = Files.createTempFile("catseye-file", "");
        try {
            work.run(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void writeFile(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        Session session = requireSession(request);
        MediaImage image = rights.requireOwnImage(session, readVariable(request, "id"));
        String path = requirePath(request);
        if (request.getContentLengthLong() > FileDisks.MAX_FILE_BYTES) {
            throw tooLarge();
        }
        transfers.start(session, request, response, () -> withTemporaryFile(file -> {
            receiveFile(Transfers.guardBody(session, request), file);
            audit.record("media.file-added", session, request, Map.of(NAME, image.name(), PATH, path), () -> {
                disks.writeFile(image.id(), path, file);
                return path;
            });
            response.setStatus(204);
        }));
    }

    private static ApiException tooLarge() {
        return new ApiException(413, "too_large", "A file must not have more than " + FileDisks.MAX_FILE_BYTES + " bytes. Upload an image instead.", Map.of("Connection", "close"));
    }

    private static void receiveFile(InputStream from, Path file) throws IOException, ApiException {
        try (OutputStream to = Files.newOutputStream(file)) {
            byte[] buffer = new byte[64 * 1024];
            long all = 0;
            long checked = Long.MIN_VALUE;
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                all += read;
                if (all > FileDisks.MAX_FILE_BYTES) {
                    throw tooLarge();
                }
                if (checked < 0 || all - checked >= CHECK_BYTES) {
                    requireSpace(file);
                    checked = all;
                }
                to.write(buffer, 0, read);
            }
        }
    }

    private static void requireSpace(Path file) throws IOException, ApiException {
        if (Files.getFileStore(file).getUsableSpace() < RESERVE_BYTES) {
            throw new ApiException(507, "no_space", "The device has no space for a copy of the file at the moment.", Map.of("Connection", "close"));
        }
    }

    private void sendFile(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        Session session = requireSession(request);
        MediaImage image = rights.requireOwnImage(session, readVariable(request, "id"));
        String path = requirePath(request);
        transfers.start(session, request, response, () -> withTemporaryFile(file -> {
            await(() -> {
                disks.readFile(image.id(), path, file);
                return path;
            });
            Attachment.describe(response, path.substring(path.lastIndexOf('/') + 1), Files.size(file));
            Files.copy(file, response.getOutputStream());
        }));
    }

    private void deleteFile(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        Session session = requireSession(request);
        MediaImage image = rights.requireOwnImage(session, readVariable(request, "id"));
        String path = requirePath(request);
        audit.record("media.file-deleted", session, request, Map.of(NAME, image.name(), PATH, path), () -> {
            disks.deleteFile(image.id(), path);
            return path;
        });
        response.setStatus(204);
    }
}
