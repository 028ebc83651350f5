package org.catseye.web.socket.stream;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.catseye.access.Permission;
import org.catseye.video.Codec;
import org.catseye.video.PictureQuality;
import org.catseye.video.VideoHub;
import org.catseye.video.VideoState;
import org.catseye.web.resource.TargetRequest;
import org.catseye.web.resource.TargetResource;
import org.catseye.web.socket.connection.Answers;
import org.catseye.web.socket.connection.ConnectionOpener;
import org.catseye.web.socket.connection.Takeover;
import org.catseye.web.socket.viewer.Feed;
import org.catseye.web.socket.viewer.Feeds;

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
        Optional<PictureQuality> quality = Optional.empty();
        String name = request.request().getParameter("quality");
        if (name != null) {
            quality = Arrays.stream(PictureQuality.values()).filter(one -> nameOf(one).equals(name)).findFirst();
            if (quality.isEmpty()) {
                String known = Arrays.stream(PictureQuality.values()).map(StreamResource::nameOf).collect(Collectors.joining(", "));
                Answers.refuse(request.response(), 400, "unknown_quality", "quality is one of: " + known + ".");
                return;
            }
        }
        Optional<Takeover> takeover = opener.prepareStream(request);
        if (takeover.isPresent()) {
            serve(request, takeover.get(), quality);
        }
    }

    private void serve(TargetRequest request, Takeover takeover, Optional<PictureQuality> quality) throws IOException {
        Feed feed = feeds.findFeed(request.targetId());
        Optional<VideoHub> hub = feed.hub();
        if (hub.isEmpty()) {
            Answers.refuseWithoutHub(request.response());
            return;
        }
        VideoState state = hub.get().currentState(EnumSet.of(Codec.H264));
        boolean live = hub.get().currentState().condition() == VideoState.Condition.LIVE;
        if (live && state.condition() != VideoState.Condition.LIVE) {
            Answers.refuse(request.response(), 503, "no_h264", state.reason());
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

    private static String nameOf(PictureQuality quality) {
        return quality.name().toLowerCase(Locale.ROOT);
    }

    private static void writeHeaders(HttpServletResponse response, StreamFormat format) {
        response.setContentType(format.contentType());
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Connection", "close");
    }
}
