package org.catseye.web.socket;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.catseye.access.AccessControl;
import org.catseye.access.Permission;
import org.catseye.access.Session;
import org.catseye.targets.Target;
import org.catseye.video.Codec;
import org.catseye.video.VideoHub;
import org.catseye.web.WebContext;
import org.eclipse.jetty.io.AbstractConnection;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * {@code /api/v1/targets/{id}/...}: pictures and channels of one target. Stops with access control: without somebody who decides
 * there is no end point, and whoever was connected is disconnected.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/api/v1/targets/*")
@HttpWhiteboardContextSelect(WebContext.SELECT)
public final class TargetServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private final transient AccessControl access;
    private final transient Channels channels;
    private final transient Snapshot snapshot = new Snapshot();
    private final transient Feeds feeds = new Feeds();
    private final transient Function<HttpServletRequest, Takeover> takeovers;
    private final transient Seats seats;

    @Activate
    public TargetServlet(@Reference AccessControl access, @Reference Channels channels) {
        this(access, channels, Takeover::of, new Seats());
    }

    TargetServlet(AccessControl access, Channels channels, Function<HttpServletRequest, Takeover> takeovers, Seats seats) {
        this.access = access;
        this.channels = channels;
        this.takeovers = takeovers;
        this.seats = seats;
    }

    @Deactivate
    void deactivate() {
        feeds.end();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindHub(VideoHub hub, ServiceReference<VideoHub> reference) {
        feeds.bind(hub, idOf(reference));
    }

    void unbindHub(VideoHub hub, ServiceReference<VideoHub> reference) {
        feeds.unbind(hub, idOf(reference));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindTarget(Target target) {
        feeds.bind(target);
    }

    void unbindTarget(Target target) {
        feeds.unbind(target);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String[] path = String.valueOf(request.getPathInfo()).split("/", -1);
        if (path.length != 3 || !path[0].isEmpty() || !path[1].matches(Target.ID_PATTERN)) {
            Answers.refuse(response, 404, "not_found", "There is nothing here; see /api/v1/openapi.json.");
            return;
        }
        String target = path[1];
        Session session = (Session) request.getAttribute(WebContext.SESSION);
        if (session == null || !access.hasPermission(session, Permission.VIEW, target)) {
            Answers.refuse(response, 403, "forbidden", "You may not view the target \"" + target + "\".");
            return;
        }
        Optional<Feed> feed = feeds.find(target);
        if (feed.isPresent()) {
            serve(path[2], target, feed.get(), session, request, response);
        } else {
            Answers.refuse(response, 404, "unknown_target", "There is no target \"" + target + "\"; /api/v1/targets lists them.");
        }
    }

    private void serve(String what, String target, Feed feed, Session session, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        switch (what) {
            case "snapshot.jpeg" -> {
                Optional<VideoHub> hub = feed.hub();
                if (hub.isPresent()) {
                    snapshot.answer(hub.get(), request, response);
                } else {
                    refuseWithoutHub(response);
                }
            }
            case "video.mjpeg" -> stream(feed, session, request, response);
            case "video" -> video(feed, session, request, response);
            default -> channel(what, target, session, request, response);
        }
    }

    private void stream(Feed feed, Session session, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Takeover takeover = takeovers.apply(request);
        if (!takeover.possible()) {
            refuseVersion(response);
            return;
        }
        if (feed.hub().isEmpty()) {
            refuseWithoutHub(response);
            return;
        }
        MjpegOptions options = MjpegOptions.of(request);
        if (!isGet(request)) {
            describeStream(response);
            return;
        }
        seated(session, takeover, response, seat -> {
            describeStream(response);
            response.getOutputStream().write(MjpegConnection.opening(options).getBytes(StandardCharsets.US_ASCII));
            response.flushBuffer();
            takeover.by((endPoint, executor) ->
                    given(seat, new MjpegConnection(endPoint, executor, takeover.scheduler(), feed, session, channels.throttle(session), options)));
            return true;
        });
    }

    private static void describeStream(HttpServletResponse response) {
        response.setContentType("multipart/x-mixed-replace; boundary=frame");
        response.setHeader("Cache-Control", "no-store, no-cache, must-revalidate, max-age=0");
        response.setHeader("Connection", "close");
    }

    private void video(Feed feed, Session session, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!socketAsked(VideoSocketConnection.PROTOCOL, request, response)) {
            return;
        }
        Takeover takeover = takeovers.apply(request);
        if (!takeover.possible()) {
            refuseVersion(response);
            return;
        }
        Optional<Set<Codec>> accepts = Codecs.of(request.getParameter("codecs"));
        if (accepts.isEmpty()) {
            Answers.refuse(response, 400, "unknown_codec", "codecs is a list of what you can show: jpeg, h264.");
            return;
        }
        seated(session, takeover, response, seat -> {
            String wrong = Handshake.accept(request, response, VideoSocketConnection.PROTOCOL);
            if (!wrong.isEmpty()) {
                Answers.refuse(response, 400, "bad_handshake", wrong);
                return false;
            }
            takeover.by((endPoint, executor) ->
                    given(seat, new VideoSocketConnection(endPoint, executor, takeover.scheduler(), feed, session, channels.throttle(session), accepts.get())));
            return true;
        });
    }

    private void channel(String name, String target, Session session, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<String> protocol = channels.protocol(name);
        if (protocol.isEmpty()) {
            Answers.refuse(response, 404, "not_found", "There is nothing here; see /api/v1/openapi.json.");
            return;
        }
        if (!socketAsked(protocol.get(), request, response)) {
            return;
        }
        Takeover takeover = takeovers.apply(request);
        if (!takeover.possible()) {
            refuseVersion(response);
            return;
        }
        String address = request.getRemoteAddr();
        seated(session, takeover, response, seat -> {
            String wrong = Handshake.accept(request, response, protocol.get());
            if (!wrong.isEmpty()) {
                Answers.refuse(response, 400, "bad_handshake", wrong);
                return false;
            }
            ChannelSocket socket = new ChannelSocket(channels, name, target, session, address, seat::leave);
            takeover.by((endPoint, executor) -> given(seat, new ChannelConnection(endPoint, executor, socket, channels.throttle(session))));
            return true;
        });
    }

    /** Opens a socket or a stream. */
    private interface Opening {
        /** @return whether it is open, and the seat in its hands */
        boolean on(Seats.Seat seat) throws IOException;
    }

    private void seated(Session session, Takeover takeover, HttpServletResponse response, Opening opening) throws IOException {
        Optional<Seats.Seat> seat = seats.take(session.user(), takeover.open());
        if (seat.isEmpty()) {
            Answers.refuse(response, 429, "too_many_open", "You have " + Seats.MOST + " pictures and sockets open, which is the most; close some of them.");
            return;
        }
        boolean open = false;
        try {
            open = opening.on(seat.get());
        } finally {
            if (!open) {
                seat.get().leave();
            }
        }
    }

    private static AbstractConnection given(Seats.Seat seat, AbstractConnection connection) {
        connection.addEventListener(seat);
        return connection;
    }

    private static boolean socketAsked(String protocol, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!isGet(request) || !Handshake.asked(request)) {
            response.setHeader("Upgrade", "websocket");
            Answers.refuse(response, 426, "upgrade_required", "This is a WebSocket; its subprotocol is " + protocol + ".");
            return false;
        }
        if (!Handshake.speaks(request, protocol)) {
            Answers.refuse(response, 400, "bad_handshake", "The subprotocol spoken here is " + protocol + ".");
            return false;
        }
        return true;
    }

    private static void refuseWithoutHub(HttpServletResponse response) throws IOException {
        response.setHeader("Retry-After", "1");
        Answers.refuse(response, 503, "unavailable", "The video hub is being replaced; try again in a second.");
    }

    private static void refuseVersion(HttpServletResponse response) throws IOException {
        Answers.refuse(response, 505, "http_version", "Video and sockets are served over HTTP/1.1 only.");
    }

    /** HEAD comes here too, and must not take the connection over. */
    private static boolean isGet(HttpServletRequest request) {
        return "GET".equals(request.getMethod());
    }

    private static String idOf(ServiceReference<VideoHub> reference) {
        return String.valueOf(reference.getProperty(Target.ID));
    }
}
