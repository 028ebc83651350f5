package org.catseye.web.socket.channel;

import java.util.concurrent.atomic.AtomicReference;
import org.catseye.web.Channel;
import org.catseye.web.ChannelHandler;
import org.catseye.web.socket.connection.Answers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One open channel. Its handler may be replaced, or be absent for a while. */
final class ChannelSocket implements Channel {

    /**
     * After so many unanswered pings the held keys are released: within 2 s of the last sign of life, and not before 1.3 s, so that round
     * trips of 400 ms with jitter release nothing.
     */
    private static final int MAX_LATE_ANSWERS = 3;
    /** A program that is busy and answers late has its keys released, but keeps its socket for half a minute. */
    static final int MAX_UNANSWERED = 62;
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
    /** No more messages are delivered, and no handler is opened. */
    private volatile boolean over;
    /** Whether the client gave a sign of life since the last ping. */
    private volatile boolean heard = true;
    /** Pings since it did; touched by {@link #checkLiveness} only. */
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
     * @param address of the client, as the gate determined it
     * @param whenClosed runs when the socket is closed; may run more than once
     */
    ChannelSocket(Channels channels, String name, String target, org.catseye.access.Session user, String address, Runnable whenClosed) {
        this.channels = channels;
        this.name = name;
        this.target = target;
        this.user = user;
        this.address = address;
        this.whenClosed = whenClosed;
    }

    String channelName() {
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

    void startOn(Wire opened) {
        wire = opened;
        channels.addSocket(this);
        onSessionEnd.set(user.onEnd(() -> endGracefully("your session ended")));
        if (!opened.isOpen()) {
            onSessionEnd.getAndSet(NONE).close();
        }
    }

    void receivePong() {
        heard = true;
    }

    void receiveText(String text) {
        heard = true;
        if (text.length() > MOST_CHARS) {
            refuseTooLong();
        } else {
            deliverText(text);
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
        send(Answers.formatMessage("bad_message", "Binary messages are not supported here; send text."));
    }

    /** The connection is closed. */
    void onConnectionClosed() {
        over = true;
        channels.removeSocket(this);
        whenClosed.run();
        onSessionEnd.getAndSet(NONE).close();
        // Not on this stack: the handler notifies the other sockets; a failed send closes one of them, which notifies the others again.
        channels.runLater(this::followHandler);
    }

    /** Moves to the current handler of the channel. */
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
                callGuarded(old::closed);
            }
            if (to != null) {
                callGuarded(() -> end = to.open(this));
            }
        }
    }

    /** Closes the socket. Later messages of the client are not delivered, even if it does not answer the close. */
    void endGracefully(String reason) {
        over = true;
        followHandler();
        Wire to = wire;
        if (to != null) {
            to.close(1001, reason);
            disconnectLater();
        }
    }

    /** After a close frame was sent: disconnects the client if it does not do so itself in time. */
    void disconnectLater() {
        over = true;
        Wire to = wire;
        if (to != null) {
            channels.afterClose(to::disconnect);
        }
    }

    /**
     * Sends a ping, which keeps proxies and idle timers from closing the connection, and detects clients that disconnected silently: their keys
     * would stay pressed. Browsers answer pings from the network stack, even when the page is busy. One thread at a time.
     */
    void checkLiveness() {
        Wire to = wire;
        if (to == null || !to.isOpen()) {
            return;
        }
        if (heard) {
            unanswered = 0;
        }
        if (unanswered < MAX_UNANSWERED) {
            if (unanswered == MAX_LATE_ANSWERS) {
                reportSilence();
            }
            heard = false;
            unanswered++;
            to.sendPing();
        } else {
            LOG.info("{} of {} does not answer and is disconnected", address, target);
            to.disconnect();
        }
    }

    private void reportSilence() {
        synchronized (turn) {
            if (!over && end != null) {
                callGuarded(end::silent);
            }
        }
    }

    private void deliverText(String text) {
        synchronized (turn) {
            if (over) {
                return;
            }
            if (end == null) {
                send(Answers.formatMessage("unavailable", "The " + name + " service is being replaced; nothing was done."));
                return;
            }
            callGuarded(() -> end.message(text));
        }
    }

    /** A failure of the handler is answered and logged; the socket stays open. */
    private void callGuarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("The handler of the {} channel failed", name, e);
            send(Answers.formatMessage("internal", "The " + name + " service failed; the server's log has the details."));
        }
    }
}
