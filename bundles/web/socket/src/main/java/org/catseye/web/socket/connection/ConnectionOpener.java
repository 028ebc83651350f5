package org.catseye.web.socket.connection;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.catseye.access.Session;
import org.catseye.concurrent.NamedThreads;
import org.catseye.web.resource.TargetRequest;
import org.catseye.web.socket.websocket.WebSocketHandshake;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.EndPoint;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Opens sockets and streams on the connections of clients, within the limits of each user: how many may be open, and how many messages their
 * clients may send. Thread-safe.
 */
@Component(service = ConnectionOpener.class)
public final class ConnectionOpener {

    private final ScheduledExecutorService timer = NamedThreads.newSingleThreadScheduler("message-budget");
    private final MessageBudget budget = new MessageBudget(timer, System::nanoTime);
    private final Function<HttpServletRequest, Takeover> takeovers;
    private final ConnectionQuota quota;

    /** Creates the connection that replaces HTTP. */
    public interface ConnectionCreator {

        /** @param release to be called when the connection is over, in addition to its closing; may be called more than once */
        AbstractConnection createConnection(EndPoint endPoint, Executor executor, Runnable release);
    }

    /** Writes status, headers and the first bytes of a stream. */
    public interface HeadWriter {
        void writeHead(HttpServletResponse response) throws IOException;
    }

    @Activate
    public ConnectionOpener() {
        this(Takeover::ofRequest, new ConnectionQuota());
    }

    public ConnectionOpener(Function<HttpServletRequest, Takeover> takeovers, ConnectionQuota quota) {
        this.takeovers = takeovers;
        this.quota = quota;
    }

    @Deactivate
    public void deactivate() {
        timer.shutdownNow();
    }

    /** Slows down the messages of all clients of a user together. */
    public ClientReader.Throttle throttleOf(Session session) {
        return (messages, resume) -> budget.chargeMessages(session.user(), messages, resume);
    }

    /** @return empty if the client did not ask for this WebSocket properly, or cannot have one; then it was answered */
    public Optional<Takeover> prepareSocket(TargetRequest request, String protocol) throws IOException {
        HttpServletResponse response = request.response();
        if (!isGet(request) || !WebSocketHandshake.isRequested(request.request())) {
            response.setHeader("Upgrade", "websocket");
            Answers.refuse(response, 426, "upgrade_required", "This is a WebSocket; its subprotocol is " + protocol + ".");
            return Optional.empty();
        }
        if (!WebSocketHandshake.acceptsProtocol(request.request(), protocol)) {
            Answers.refuse(response, 400, "bad_handshake", "The only subprotocol here is " + protocol + ".");
            return Optional.empty();
        }
        return prepareStream(request);
    }

    /** @return empty if the client's HTTP version has no connection that could be taken over; then it was answered */
    public Optional<Takeover> prepareStream(TargetRequest request) throws IOException {
        Takeover takeover = takeovers.apply(request.request());
        if (!takeover.isPossible()) {
            Answers.refuse(request.response(), 505, "http_version", "Video and sockets are served over HTTP/1.1 only.");
            return Optional.empty();
        }
        return Optional.of(takeover);
    }

    /** Completes the handshake and hands the connection over; refuses if the user has too many open. */
    public void openSocket(TargetRequest request, Takeover takeover, String protocol, ConnectionCreator creator) throws IOException {
        open(request, takeover, creator, response -> {
            String mistake = WebSocketHandshake.accept(request.request(), response, protocol);
            if (!mistake.isEmpty()) {
                Answers.refuse(response, 400, "bad_handshake", mistake);
            }
            return mistake.isEmpty();
        });
    }

    /** Writes the head and hands the connection over; refuses if the user has too many open. */
    public void openStream(TargetRequest request, Takeover takeover, HeadWriter head, ConnectionCreator creator) throws IOException {
        open(request, takeover, creator, response -> {
            head.writeHead(response);
            response.flushBuffer();
            return true;
        });
    }

    /** The first bytes on the wire. */
    private interface Opening {
        /** @return whether the connection may be taken over now */
        boolean begin(HttpServletResponse response) throws IOException;
    }

    private void open(TargetRequest request, Takeover takeover, ConnectionCreator creator, Opening opening) throws IOException {
        Optional<ConnectionQuota.Place> place = reservePlace(request, takeover);
        if (place.isEmpty()) {
            return;
        }
        boolean open = false;
        try {
            if (opening.begin(request.response())) {
                takeover.replaceConnection((endPoint, executor) -> {
                    AbstractConnection connection = creator.createConnection(endPoint, executor, place.get()::release);
                    connection.addEventListener(place.get());
                    return connection;
                });
                open = true;
            }
        } finally {
            if (!open) {
                place.get().release();
            }
        }
    }

    /**
     * Reserves a place for an answer that takes its time on a connection that stays with HTTP. The caller has to release it.
     *
     * @return empty if the user has too many open; then it was answered
     */
    public Optional<ConnectionQuota.Place> reservePlace(TargetRequest request) throws IOException {
        return reservePlace(request, takeovers.apply(request.request()));
    }

    private Optional<ConnectionQuota.Place> reservePlace(TargetRequest request, Takeover takeover) throws IOException {
        Optional<ConnectionQuota.Place> place = quota.reserve(request.session().user(), takeover.connectionState());
        if (place.isEmpty()) {
            Answers.refuse(request.response(), 429, "too_many_open",
                    "You have " + ConnectionQuota.MAX_OPEN + " pictures and sockets open, which is the limit; close some of them.");
        }
        return place;
    }

    /** HEAD is served too, and must not take the connection over. */
    public static boolean isGet(TargetRequest request) {
        return "GET".equals(request.request().getMethod());
    }
}
