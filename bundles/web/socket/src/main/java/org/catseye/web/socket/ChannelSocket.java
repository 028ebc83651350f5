package org.catseye.web.socket;

import java.util.concurrent.atomic.AtomicReference;
import org.catseye.web.Channel;
import org.catseye.web.ChannelHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One open channel, whose handler may go and come back. */
final class ChannelSocket implements Channel {

    /**
     * After so many unanswered pings the held keys are released: within 2 s of the last sign of life, and not before 1.3 s, so that round
     * trips of 400 ms with jitter release nothing.
     */
    private static final int SILENT = 3;
    /** A program that is busy and answers late loses its keys, but not its socket. */
    static final int MOST_UNANSWERED = 62;
    private static final org.catseye.access.Session.Registration NONE = () -> { };
    private static final Logger LOG = LoggerFactory.getLogger(ChannelSocket.class);

    private final Channels channels;
    private final String name;
    private final String target;
    private final org.catseye.access.Session user;
    private final String address;
    private final Runnable whenClosed;
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
    private volatile Wire wire;
    private final AtomicReference<org.catseye.access.Session.Registration> onSessionEnd = new AtomicReference<>(NONE);

    /** The connection below it. Its methods do not block. */
    interface Wire {

        /** @return false if too much is queued already */
        boolean sendText(String text);

        void sendPing();

        /** Begins to close; what the client sends from now on is not delivered. */
        void close(int code, String reason);

        void disconnect();

        boolean isOpen();
    }

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
        Wire to = wire;
        if (to != null && to.isOpen() && !to.sendText(text)) {
            LOG.info("{} of {} does not read its messages and is disconnected", address, target);
            to.disconnect();
        }
    }

    void open(Wire opened) {
        wire = opened;
        channels.addSocket(this);
        onSessionEnd.set(user.onEnd(() -> goAway("your session ended")));
        if (!opened.isOpen()) {
            onSessionEnd.getAndSet(NONE).close();
        }
    }

    void receivePong() {
        heard = true;
    }

    void receive(String text) {
        heard = true;
        if (text.length() > MOST_CHARS) {
            refuseTooLong();
        } else {
            deliver(text);
        }
    }

    /** A message was skipped because it is too long. */
    void refuseTooLong() {
        heard = true;
        send(Answers.formatMessage("too_large", "A message may have at most " + MOST_CHARS + " characters."));
    }

    /** A binary message was skipped. */
    void refuseBinary() {
        heard = true;
        send(Answers.formatMessage("bad_message", "Binary messages are not understood here; send text."));
    }

    /** The connection is closed. */
    void closed() {
        over = true;
        channels.removeSocket(this);
        whenClosed.run();
        onSessionEnd.getAndSet(NONE).close();
        // Not on this stack: the handler tells the others, whose sends may fail, which closes them, which tells the others.
        channels.runLater(this::followHandler);
    }

    /** Moves to the handler that is in charge now, if it is not there already. */
    void followHandler() {
        synchronized (turn) {
            ChannelHandler to = over ? null : channels.findHandler(name).orElse(null);
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
        followHandler();
        Wire to = wire;
        if (to != null) {
            to.close(1001, reason);
            disconnectLater();
        }
    }

    /** A close frame was sent: what the client doesn't do by itself until then is done. */
    void disconnectLater() {
        over = true;
        Wire to = wire;
        if (to != null) {
            channels.afterClose(to::disconnect);
        }
    }

    /**
     * Keeps proxies and idle timers content, and finds out who is gone without a word: a written ping alone looks like life, and
     * a session that only seems to live would hold its keys down. Browsers answer from the network stack, whatever the page does.
     * One thread at a time.
     */
    void ping() {
        Wire to = wire;
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
            to.sendPing();
        } else {
            LOG.info("{} of {} does not answer and is disconnected", address, target);
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
                send(Answers.formatMessage("unavailable", "The " + name + " service is being replaced; nothing was done."));
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
            send(Answers.formatMessage("internal", "The " + name + " service failed; the server's log has the details."));
        }
    }
}
