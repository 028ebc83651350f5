package org.catseye.web.socket.server;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.catseye.access.Session;
import org.catseye.http.BasicCredentials;
import org.catseye.web.RequestGuard.Client;
import org.catseye.web.socket.body.EarlyBody;
import org.catseye.web.socket.server.ClientConnection.Phase;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Decides when a request is served. The pool has 32 threads. Callers without a session share eight of them, users fourteen, of which one
 * user has at most four; the rest accepts connections, reads heads and moves messages. So a logged-in user's request always finds a thread,
 * and so does a login with a browser or from an address that a user has used before.
 */
final class Admission {

    static final int STRANGERS_READING = 3;
    static final int STRANGERS_SENDING = 3;
    /** Bodies of clients that a user has used before. Strangers can't make these wait. */
    static final int KNOWN_SENDING = 2;
    static final int USERS = 14;
    static final int ONE_USER = 4;
    /** A connection without a session is closed after that many requests; browsers open another. */
    static final int MAX_REQUESTS = 100;

    private final Callers callers;
    private final Connections connections;
    private final LongSupplier nanos;
    private final WriteBudget budget = new WriteBudget();
    private final Executor executor;
    private final Scheduler scheduler;
    private final Turns reading;
    private final Turns sending;
    private final Turns knownSending;
    private final Turns users;
    private Scheduler.Task sweep;
    /** Connectors that run; guarded by this, as is {@link #sweep}. */
    private int running;

    Admission(Callers callers, Executor executor, Scheduler scheduler, LongSupplier nanos) {
        this.callers = callers;
        this.executor = executor;
        this.nanos = nanos;
        this.scheduler = scheduler;
        connections = new Connections(callers, nanos);
        reading = new Turns(executor, STRANGERS_READING, STRANGERS_READING);
        sending = new Turns(executor, STRANGERS_SENDING, STRANGERS_SENDING);
        knownSending = new Turns(executor, KNOWN_SENDING, KNOWN_SENDING);
        users = new Turns(executor, USERS, ONE_USER);
    }

    Connections connections() {
        return connections;
    }

    WriteBudget budget() {
        return budget;
    }

    boolean makeRoom() {
        return connections.closeSlowestReader();
    }

    Optional<ClientConnection> connection(GuardedConnection of) {
        return connections.findConnection(of.getEndPoint());
    }

    void enter(GuardedConnection of, Phase phase) {
        connection(of).ifPresent(one -> one.enterPhase(phase, nanos.getAsLong()));
    }

    /** @param serve serves the request on the thread that runs it */
    void admit(GuardedConnection connection, GuardedConnection.Channel channel, UnblockedStream stream, MetaData.Request request, Runnable serve) {
        String peer = ClientAddress.remoteAddress(connection.getEndPoint());
        Function<String, List<String>> headers = name -> values(request.getHttpFields(), name);
        Client client = callers.identify(peer, headers);
        String user = client.session().map(Session::user).orElse("");
        connection(connection).ifPresent(one -> {
            connections.assignUser(one, user);
            if (one.countRequest() >= MAX_REQUESTS && user.isEmpty()) {
                channel.getResponse().getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
            }
        });
        boolean body = hasBody(request);
        boolean login = body || sendsPassword(headers);
        Turns turns = !user.isEmpty() ? users : !login ? reading : callers.isKnownClient(peer, headers) ? knownSending : sending;
        String caller = user.isEmpty() ? ClientAddress.networkOf(client.address()) : user;
        Runnable inTurn = () -> {
            // It may have failed while it waited: then it has been answered, and there is no request any more.
            if (!stream.isOver()) {
                enter(connection, Phase.SERVICE);
                serve.run();
            }
        };
        // A servlet refuses a large body, or reads it as it comes. A client that waits for a "100 Continue" is refused before it sends anything.
        boolean streamed = !user.isEmpty() && request.getContentLength() > EarlyBody.MAX_BYTES;
        if (body && !streamed) {
            enter(connection, Phase.BODY);
            EarlyBody.readEarly(channel.getRequest(), scheduler, executor, chunks -> {
                stream.replayBody(chunks);
                enter(connection, Phase.TURN);
                turns.runInTurn(caller, inTurn);
            });
        } else {
            enter(connection, Phase.TURN);
            turns.runInTurn(caller, inTurn);
        }
    }

    static boolean hasBody(MetaData.Request request) {
        return request.getContentLength() > 0 || request.getHttpFields().contains(HttpHeader.TRANSFER_ENCODING);
    }

    /** Whether the request may have to wait for the check of a password, as a login with a body does. */
    private static boolean sendsPassword(Function<String, List<String>> headers) {
        return headers.apply("Authorization").stream().anyMatch(BasicCredentials::isBasic);
    }

    /** A connector starts. */
    synchronized void start() {
        if (running++ == 0) {
            sweep = scheduler.schedule(this::sweep, 1, TimeUnit.SECONDS);
        }
    }

    /** A connector has stopped. */
    synchronized void stop() {
        if (--running == 0) {
            sweep.cancel();
        }
    }

    private void sweep() {
        try {
            connections.closeExpired();
        } finally {
            synchronized (this) {
                if (running > 0) {
                    sweep = scheduler.schedule(this::sweep, 1, TimeUnit.SECONDS);
                }
            }
        }
    }

    private static List<String> values(HttpFields fields, String name) {
        return fields.getValuesList(name);
    }
}
