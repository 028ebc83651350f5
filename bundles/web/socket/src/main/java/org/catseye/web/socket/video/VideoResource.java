package org.catseye.web.socket.video;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.catseye.access.Permission;
import org.catseye.video.Codec;
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

/** {@code video}: the picture over a WebSocket. */
@Component(property = {TargetResource.NAME + "=video", TargetResource.OPENAPI + "=/openapi/video.json"})
public final class VideoResource implements TargetResource {

    private final ConnectionOpener opener;
    private final Feeds feeds;

    @Activate
    public VideoResource(@Reference ConnectionOpener opener, @Reference Feeds feeds) {
        this.opener = opener;
        this.feeds = feeds;
    }

    @Override
    public Permission requiredPermission(String method, String subPath) {
        return Permission.VIEW;
    }

    @Override
    public void serve(TargetRequest request) throws IOException {
        Optional<Takeover> takeover = opener.prepareSocket(request, VideoSocketConnection.PROTOCOL);
        if (takeover.isEmpty()) {
            return;
        }
        Optional<Set<Codec>> accepted = CodecList.parseList(request.request().getParameter("codecs"));
        if (accepted.isEmpty()) {
            Answers.refuse(request.response(), 400, "unknown_codec", "codecs is a list of what you can show: jpeg, h264.");
            return;
        }
        String level = request.request().getParameter("quality");
        Optional<QualityChoice> choice = Optional.ofNullable(level).flatMap(QualityChoice::ofWireName);
        if (level != null && choice.isEmpty()) {
            Answers.refuse(request.response(), 400, "unknown_quality", "quality is one of auto, sharp, balanced, slow.");
            return;
        }
        Feed feed = feeds.findFeed(request.targetId());
        String parts = String.valueOf(request.request().getParameter("parts"));
        boolean drawings = parts.equals("draw") && accepted.get().contains(Codec.JPEG);
        if (drawings) {
            accepted.get().add(Codec.DRAWING);
        }
        opener.openSocket(request, takeover.get(), VideoSocketConnection.PROTOCOL, (endPoint, executor, release) -> {
            VideoSocketConnection viewer = new VideoSocketConnection(endPoint, executor, takeover.get().scheduler(), feed, request.session(),
                opener.throttleOf(request.session()), accepted.get(), choice);
            if (drawings || Boolean.parseBoolean(parts)) {
                viewer.sendChangedStrips();
            }
            return viewer;
        });
    }
}
