package org.catseye.web.socket;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.catseye.access.AccessControl;
import org.catseye.access.Permission;
import org.catseye.access.Session;
import org.catseye.target.Target;
import org.catseye.video.VideoHub;
import org.catseye.web.WebContext;
import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServerContainer;
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
    private static final Duration CHANNEL_IDLE = Duration.ofSeconds(60);

    private final transient AccessControl access;
    private final transient Channels channels;
    private final transient Snapshot snapshot = new Snapshot();
    private final transient Map<String, Feed> feeds = new ConcurrentHashMap<>();
    private final transient Set<String> targets = ConcurrentHashMap.newKeySet();

    @Activate
    public TargetServlet(@Reference AccessControl access, @Reference Channels channels) {
        this.access = access;
        this.channels = channels;
    }

    @Deactivate
    void deactivate() {
        feeds.values().forEach(Feed::closeAll);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindHub(VideoHub hub, ServiceReference<VideoHub> reference) {
        feed(idOf(reference)).bind(hub);
    }

    void unbindHub(VideoHub hub, ServiceReference<VideoHub> reference) {
        feed(idOf(reference)).unbind(hub);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindTarget(Target target) {
        targets.add(target.id());
    }

    void unbindTarget(Target target) {
        targets.remove(target.id());
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
        if (!access.permits(session, Permission.VIEW, target)) {
            Answers.refuse(response, 403, "forbidden", "You may not view the target \"" + target + "\".");
        } else if (!targets.contains(target) && feed(target).hub().isEmpty()) {
            feeds.remove(target, feeds.get(target));
            Answers.refuse(response, 404, "unknown_target", "There is no target \"" + target + "\"; /api/v1/targets lists them.");
        } else {
            serve(path[2], target, session, request, response);
        }
    }

    private void serve(String what, String target, Session session, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        switch (what) {
            case "snapshot.jpeg" -> {
                Optional<VideoHub> hub = feed(target).hub();
                if (hub.isPresent()) {
                    snapshot.answer(hub.get(), request, response);
                } else {
                    refuseWithoutHub(response);
                }
            }
            case "video.mjpeg" -> stream(feed(target), session, request, response);
            case "video" -> video(feed(target), session, request, response);
            default -> channel(what, target, session, request, response);
        }
    }

    private void stream(Feed feed, Session session, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Takeover takeover = Takeover.of(request);
        if (!takeover.possible()) {
            Answers.refuse(response, 505, "http_version", "The stream is served over HTTP/1.1 only.");
            return;
        }
        if (feed.hub().isEmpty()) {
            refuseWithoutHub(response);
            return;
        }
        MjpegOptions options = MjpegOptions.of(request);
        response.setContentType("multipart/x-mixed-replace; boundary=frame");
        response.setHeader("Cache-Control", "no-store, no-cache, must-revalidate, max-age=0");
        response.setHeader("Connection", "close");
        response.getOutputStream().write(MjpegConnection.opening(options).getBytes(StandardCharsets.US_ASCII));
        response.flushBuffer();
        takeover.by((endPoint, executor) ->
                new MjpegConnection(endPoint, executor, takeover.scheduler(), feed, session, options));
    }

    private void video(Feed feed, Session session, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Takeover takeover = Takeover.of(request);
        if (!socketAsked(VideoSocketConnection.PROTOCOL, request, response) || !takeover.possible()) {
            return;
        }
        String wrong = Handshake.accept(request, response, VideoSocketConnection.PROTOCOL);
        if (!wrong.isEmpty()) {
            Answers.refuse(response, 400, "bad_handshake", wrong);
            return;
        }
        takeover.by((endPoint, executor) ->
                new VideoSocketConnection(endPoint, executor, takeover.scheduler(), feed, session));
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
        JettyWebSocketServerContainer container = JettyWebSocketServerContainer.getContainer(getServletContext());
        boolean upgraded = container.upgrade((upgrade, answer) -> {
            if (!upgrade.getSubProtocols().isEmpty()) {
                answer.setAcceptedSubProtocol(protocol.get());
            }
            container.setIdleTimeout(CHANNEL_IDLE);
            return new ChannelSocket(channels, name, target, session);
        }, request, response);
        if (!upgraded && !response.isCommitted()) {
            Answers.refuse(response, 400, "bad_handshake", "The WebSocket handshake is not complete.");
        }
    }

    private static boolean socketAsked(String protocol, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!Handshake.asked(request)) {
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

    private Feed feed(String target) {
        return feeds.computeIfAbsent(target, id -> new Feed());
    }

    private static String idOf(ServiceReference<VideoHub> reference) {
        return String.valueOf(reference.getProperty(Target.ID));
    }
}
