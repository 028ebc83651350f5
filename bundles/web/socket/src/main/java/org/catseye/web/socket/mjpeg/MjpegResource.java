package org.catseye.web.socket.mjpeg;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.catseye.access.Permission;
import org.catseye.web.resource.TargetRequest;
import org.catseye.web.resource.TargetResource;
import org.catseye.web.socket.connection.Answers;
import org.catseye.web.socket.connection.ConnectionOpener;
import org.catseye.web.socket.connection.Takeover;
import org.catseye.web.socket.viewer.Feed;
import org.catseye.web.socket.viewer.Feeds;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * {@code video.mjpeg}: the picture as an endless multipart response. Scripts of web pages ask for the same bytes as
 * application/octet-stream, because WebKit gives them nothing of a multipart response.
 */
@Component(property = {TargetResource.NAME + "=video.mjpeg", TargetResource.OPENAPI + "=/openapi/video-mjpeg.json"})
public final class MjpegResource implements TargetResource {

    private static final String FOR_SCRIPTS = "application/octet-stream";

    private final ConnectionOpener opener;
    private final Feeds feeds;

    @Activate
    public MjpegResource(@Reference ConnectionOpener opener, @Reference Feeds feeds) {
        this.opener = opener;
        this.feeds = feeds;
    }

    @Override
    public Permission requiredPermission(String method, String subPath) {
        return Permission.VIEW;
    }

    @Override
    public void serve(TargetRequest request) throws IOException {
        Optional<Takeover> takeover = opener.prepareStream(request);
        if (takeover.isEmpty()) {
            return;
        }
        Feed feed = feeds.findFeed(request.targetId());
        if (feed.hub().isEmpty()) {
            Answers.refuseWithoutHub(request.response());
        } else if (ConnectionOpener.isGet(request)) {
            startStream(request, takeover.get(), feed);
        } else {
            writeHeaders(request.request(), request.response());
        }
    }

    private void startStream(TargetRequest request, Takeover takeover, Feed feed) throws IOException {
        MjpegOptions options = MjpegOptions.parseRequest(request.request());
        opener.openStream(request, takeover, response -> {
            writeHeaders(request.request(), response);
            response.getOutputStream().write(MjpegConnection.firstBoundary(options).getBytes(StandardCharsets.US_ASCII));
        }, (endPoint, executor, release) -> new MjpegConnection(endPoint, executor, takeover.scheduler(), feed, request.session(),
                opener.throttleOf(request.session()), options));
    }

    private static void writeHeaders(HttpServletRequest request, HttpServletResponse response) {
        boolean forScripts = FOR_SCRIPTS.equals(request.getHeader("Accept"));
        response.setContentType(forScripts ? FOR_SCRIPTS : "multipart/x-mixed-replace; boundary=frame");
        response.setHeader("Cache-Control", "no-store, no-cache, must-revalidate, max-age=0");
        response.setHeader("Connection", "close");
    }
}
