package org.catseye.web.socket;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.catseye.web.Channel;
import org.catseye.web.ChannelHandler;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open channel: a WebSocket whose handler may go and come back. Messages are taken in parts, so that one that is too long
 * is answered with an error and costs no more memory than a good one. Public because the web server calls it by method handles
 * from its own package; the bundle exports nothing.
 */
public final class ChannelSocket implements Session.Listener.AutoDemanding, Channel {

    /** A client that lets that many messages pile up does not read. */
    private static final int MOST_QUEUED = 512;
    /** One late answer is a bad radio link; two are perhaps nobody, whose keys must not stay down. */
    private static final int SILENT = 2;
    /** A program that is busy and answers late loses its keys, but not its socket. */
    static final int MOST_UNANSWERED = 14;
    /** Pings keep a living one awake; see {@link #ping}. */
    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final org.catseye.access.Session.Registration NONE = () -> { };
    private static final Logger LOG = LoggerFactory.getLogger(ChannelSocket.class);

    private final Channels channels;
    private final String name;
    private final String target;
    private final org.catseye.access.Session user;
    private final String address;
    private final Runnable whenClosed;
    private final AtomicInteger queued = new AtomicInteger();
    private final StringBuilder message = new StringBuilder();
    private boolean tooLong;
    /** Guards {@link #handler} and {@link #end}: the handler's calls come one at a time. */
    private final Object turn = new Object();
    private ChannelHandler handler;
    private ChannelHandler.End end;
    /** Nothing is delivered any more, and no handler is opened. */
    private volatile boolean over;
    /** Whether the client gave a sign of life since the last ping. */
    private volatile boolean heard = true;
    /** Pings since it did; touched by {@link #ping} only. */
    private int unanswered;
    private volatile Session session;
    private final AtomicReference<org.catseye.access.Session.Registration> onSessionEnd = new AtomicReference<>(NONE);

    /**
     * @param address of the client, as the gate knows it
     * @param whenClosed runs when it is over, perhaps more than once
     */
    ChannelSocket(Channels channels, String name, String target, org.catseye.access.Session user, String address, Runnable whenClosed) {
        this.channels = channels;
        this.name = name;
        this.target = target;
        this.user = user;
        this.address = address;
        this.whenClosed = whenClosed;
    }

    String name() {
        return name;
    }

    @Override
    public String targetId() {
        return target;
    }

    @Override
    public org.catseye.access.Session session() {
        return user;
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public void send(String text) {
        Session to = session;
        if (to == null || !to.isOpen()) {
            return;
        }
        if (queued.incrementAndGet() > MOST_QUEUED) {
            LOG.info("{} of {} does not read its messages and is disconnected", to.getRemoteSocketAddress(), target);
            to.disconnect();
            return;
        }
        to.sendText(text, Callback.from(queued::decrementAndGet, failure -> queued.decrementAndGet()));
    }

    @Override
    public void onWebSocketOpen(Session opened) {
        session = opened;
        opened.setIdleTimeout(IDLE);
        channels.add(this);
        onSessionEnd.set(user.onEnd(() -> goAway("your session ended")));
        if (!opened.isOpen()) {
            onSessionEnd.getAndSet(NONE).close();
        }
    }

    @Override
    public void onWebSocketPong(ByteBuffer payload) {
        heard = true;
    }

    @Override
    public void onWebSocketPartialText(String part, boolean last) {
        heard = true;
        tooLong |= message.length() + part.length() > MOST_CHARS;
        if (!tooLong) {
            message.append(part);
        }
        if (last) {
            String whole = message.toString();
            boolean refused = tooLong;
            message.setLength(0);
            tooLong = false;
            if (refused) {
                send(Answers.message("too_large", "A message may have at most " + MOST_CHARS + " characters."));
            } else {
                deliver(whole);
            }
        }
    }

    @Override
    public void onWebSocketPartialBinary(ByteBuffer payload, boolean last, Callback callback) {
        callback.succeed();
        if (last) {
            send(Answers.message("bad_message", "Binary messages are not understood here; send text."));
        }
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        LOG.debug("channel {} of {}: {}", name, target, String.valueOf(cause));
    }

    @Override
    public void onWebSocketClose(int code, String reason) {
        over = true;
        channels.remove(this);
        whenClosed.run();
        onSessionEnd.getAndSet(NONE).close();
        // Not on this stack: the handler tells the others, whose sends may fail, which closes them, which tells the others.
        channels.later(this::follow);
    }

    /** Moves to the handler that is in charge now, if it is not there already. */
    void follow() {
        synchronized (turn) {
            ChannelHandler to = over ? null : channels.handler(name).orElse(null);
            if (to == handler) {
                return;
            }
            ChannelHandler.End old = end;
            end = null;
            handler = to;
            if (old != null) {
                guarded(old::closed);
            }
            if (to != null) {
                guarded(() -> end = to.open(this));
            }
        }
    }

    /** Ends the socket. What the client sends from now on is not delivered, even if it does not answer the close. */
    void goAway(String reason) {
        over = true;
        follow();
        Session to = session;
        if (to != null) {
            to.close(1001, reason, Callback.from(() -> { }, failure -> to.disconnect()));
            channels.afterClose(to::disconnect);
        }
    }

    /**
     * Keeps proxies and idle timers content, and finds out who is gone without a word: a written ping alone looks like life, and
     * a session that only seems to live would hold its keys down. Browsers answer from the network stack, whatever the page does.
     * One thread at a time.
     */
    void ping() {
        Session to = session;
        if (to == null || !to.isOpen()) {
            return;
        }
        if (heard) {
            unanswered = 0;
        }
        if (unanswered < MOST_UNANSWERED) {
            if (unanswered == SILENT) {
                silence();
            }
            heard = false;
            unanswered++;
            to.sendPing(ByteBuffer.allocate(0), Callback.NOOP);
        } else {
            LOG.info("{} of {} does not answer and is disconnected", to.getRemoteSocketAddress(), target);
            to.disconnect();
        }
    }

    private void silence() {
        synchronized (turn) {
            if (!over && end != null) {
                guarded(end::silent);
            }
        }
    }

    private void deliver(String text) {
        synchronized (turn) {
            if (over) {
                return;
            }
            if (end == null) {
                send(Answers.message("unavailable", "The " + name + " service is being replaced; nothing was done."));
                return;
            }
            guarded(() -> end.message(text));
        }
    }

    /** A handler's failure is answered and logged; the socket lives on. */
    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("the {} channel's handler failed", name, e);
            send(Answers.message("internal", "The " + name + " service failed; the server's log has the details."));
        }
    }
}
