package org.catseye.web.socket.hls;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.catseye.access.Permission;
import org.catseye.http.Problem;
import org.catseye.video.VideoHub;
import org.catseye.web.resource.TargetRequest;
import org.catseye.web.resource.TargetResource;
import org.catseye.web.socket.connection.Answers;
import org.catseye.web.socket.connection.ConnectionOpener;
import org.catseye.web.socket.connection.ConnectionQuota;
import org.catseye.web.socket.viewer.Feeds;
import org.catseye.web.socket.viewer.StreamQuality;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code video.m3u8}: a playlist of the picture, with its segments below. */
@Component(service = TargetResource.class, property = {TargetResource.NAME + "=" + MediaPath.PLAYLIST, TargetResource.OPENAPI + "=/openapi/video-m3u8.json"})
public final class PlaylistResource implements TargetResource {

    private static final String PLAYLIST_TYPE = "application/vnd.apple.mpegurl";
    private static final String MEDIA_TYPE = "video/mp4";
    private static final Problem BAD_RELOAD = new Problem("bad_reload", "_HLS_msn is the number of a segment, at most two after the newest one, and _HLS_part "
            + "the index of one of its parts. There is no _HLS_part without _HLS_msn.");

    private final ConnectionOpener opener;
    private final Feeds feeds;
    private final Segmenters segmenters;

    @Activate
    public PlaylistResource(@Reference ConnectionOpener opener, @Reference Feeds feeds, @Reference Segmenters segmenters) {
        this.opener = opener;
        this.feeds = feeds;
        this.segmenters = segmenters;
    }

    @Override
    public Permission requiredPermission(String method, String subPath) {
        return Permission.VIEW;
    }

    @Override
    public Set<String> allowedMethods(String subPath) {
        return subPath.isEmpty() || MediaPath.parse(subPath).isPresent() ? Set.of("GET") : Set.of();
    }

    @Override
    public void serve(TargetRequest request) throws IOException {
        Optional<MediaPath> path = MediaPath.parse(request.subPath());
        if (path.isPresent()) {
            serveMedia(request, path.get());
        } else {
            servePlaylist(request);
        }
    }

    private void servePlaylist(TargetRequest request) throws IOException {
        HttpServletRequest asked = request.request();
        Optional<StreamQuality> quality = StreamQuality.parseParameter(asked.getParameter("quality"));
        Optional<ReloadPoint> point = ReloadPoint.parse(asked.getParameter("_HLS_msn"), asked.getParameter("_HLS_part"));
        Optional<VideoHub> hub = feeds.findFeed(request.targetId()).hub();
        if (quality.isEmpty()) {
            StreamQuality.unknownQuality().send(request.response(), 400);
        } else if (point.isEmpty()) {
            BAD_RELOAD.send(request.response(), 400);
        } else if (hub.isEmpty()) {
            Answers.refuseWithoutHub(request.response());
        } else if (!refuseObstacle(hub.get(), request.response())) {
            if (ConnectionOpener.isGet(request)) {
                servePlaylist(request, quality.get(), point.get());
            } else {
                request.response().setContentType(PLAYLIST_TYPE);
            }
        }
    }

    private static boolean refuseObstacle(VideoHub hub, HttpServletResponse response) throws IOException {
        Optional<Problem> obstacle = StreamQuality.findObstacle(hub);
        if (obstacle.isPresent()) {
            obstacle.get().send(response, 503);
        }
        return obstacle.isPresent();
    }

    private void servePlaylist(TargetRequest request, StreamQuality quality, ReloadPoint point) throws IOException {
        Optional<Segmenter> segmenter = segmenters.open(request.targetId(), quality, request.session().user());
        if (segmenter.isEmpty()) {
            request.response().setHeader("Retry-After", "10");
            Answers.refuse(request.response(), 503, "busy", Segmenters.MAX_PLAYLISTS + " playlists of other computers or qualities are in use, which is the limit.");
        } else if (segmenter.get().window().isTooFarAhead(point)) {
            BAD_RELOAD.send(request.response(), 400);
        } else {
            Timing timing = segmenter.get().timing();
            answer(request, segmenter.get(), PLAYLIST_TYPE, window -> window.findPlaylist(point, MediaPath.folderOf(quality), timing));
        }
    }

    private void serveMedia(TargetRequest request, MediaPath path) throws IOException {
        Optional<Segmenter> segmenter = segmenters.find(request.targetId(), path.quality());
        Reply reply = segmenter.map(Segmenter::window).map(path::findIn).orElse(Reply.MISSING);
        if (reply.state() == Reply.State.MISSING) {
            Segmenter.MISSING.send(request.response(), 404);
        } else if (ConnectionOpener.isGet(request)) {
            answer(request, segmenter.orElseThrow(), MEDIA_TYPE, path::findIn);
        } else {
            AsyncAnswer.writeHead(request.response(), 200, MEDIA_TYPE, reply.contents());
        }
    }

    /** No thread waits, neither for a segment nor for a client; so each such answer takes one of the user's places. */
    private void answer(TargetRequest request, Segmenter segmenter, String type, Function<Window, Reply> lookup) throws IOException {
        Optional<ConnectionQuota.Place> place = opener.reservePlace(request);
        if (place.isPresent()) {
            segmenter.answer(lookup, request.session(), new AsyncAnswer(request.request(), request.response(), type, place.get()::release));
        }
    }
}
