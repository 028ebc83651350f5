package org.catseye.web.socket.stream;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.catseye.access.Permission;
import org.catseye.http.Problem;
import org.catseye.video.VideoHub;
import org.catseye.web.resource.TargetRequest;
import org.catseye.web.resource.TargetResource;
import org.catseye.web.socket.connection.Answers;
import org.catseye.web.socket.connection.ConnectionOpener;
import org.catseye.web.socket.connection.Takeover;
import org.catseye.web.socket.viewer.Feed;
import org.catseye.web.socket.viewer.Feeds;
import org.catseye.web.socket.viewer.StreamQuality;

/** Answers requests for the H.264 streams, which differ in their format only. Thread-safe. */
abstract class StreamResource implements TargetResource {

    private final ConnectionOpener opener;
    private final Feeds feeds;
    private final Supplier<StreamFormat> formats;

    /** @param formats creates the format of each stream */
    StreamResource(ConnectionOpener opener, Feeds feeds, Supplier<StreamFormat> formats) {
        this.opener = opener;
        this.feeds = feeds;
        this.formats = formats;
    }

    @Override
    public final Permission requiredPermission(String method, String subPath) {
        return Permission.VIEW;
    }

    @Override
    public final void serve(TargetRequest request) throws IOException {
        Optional<StreamQuality> quality = StreamQuality.parseParameter(request.request().getParameter("quality"));
        if (quality.isEmpty()) {
            StreamQuality.unknownQuality().send(request.response(), 400);
            return;
        }
        Optional<Takeover> takeover = opener.prepareStream(request);
        if (takeover.isPresent()) {
            serve(request, takeover.get(), quality.get());
        }
    }

    private void serve(TargetRequest request, Takeover takeover, StreamQuality quality) throws IOException {
        Feed feed = feeds.findFeed(request.targetId());
        Optional<VideoHub> hub = feed.hub();
        if (hub.isEmpty()) {
            Answers.refuseWithoutHub(request.response());
            return;
        }
        Optional<Problem> obstacle = StreamQuality.findObstacle(hub.get());
        if (obstacle.isPresent()) {
            obstacle.get().send(request.response(), 503);
            return;
        }
        StreamFormat format = formats.get();
        if (ConnectionOpener.isGet(request)) {
            opener.openStream(request, takeover, response -> writeHeaders(response, format), (endPoint, executor, release) -> new StreamConnection(endPoint, executor,
                    takeover.scheduler(), feed, request.session(), opener.throttleOf(request.session()), format, quality));
        } else {
            writeHeaders(request.response(), format);
        }
    }

    private static void writeHeaders(HttpServletResponse response, StreamFormat format) {
        response.setContentType(format.contentType());
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Connection", "close");
    }
}
