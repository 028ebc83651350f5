package org.catseye.vnc.link;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.catseye.concurrent.NamedThreads;
import org.catseye.hid.Leds;
import org.catseye.jpeg.PictureMemory;
import org.catseye.rfb.client.RfbClient;
import org.catseye.rfb.client.RfbListener;
import org.catseye.rfb.wire.RfbException;
import org.catseye.vnc.link.LinkState.Condition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a connection to the server while there are viewers or input, and a little longer. A failed connection is tried again with growing
 * pauses. Without viewers, it is tried once a minute, so that the keyboard's state is correct. Thread-safe.
 */
public final class VncLink implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(VncLink.class);
    private static final long KEEP_MILLIS = 30_000;
    private static final long MIN_PAUSE_MILLIS = 250;
    private static final long MAX_PAUSE_MILLIS = 10_000;
    private static final long IDLE_PAUSE_MILLIS = 60_000;
    private static final long JOIN_MILLIS = 2_000;
    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final LinkSettings settings;
    private final long keepNanos;
    private final List<LinkListener> listeners = new CopyOnWriteArrayList<>();
    private volatile LinkState state = LinkState.idle();
    private volatile PointerPlace pointer = PointerPlace.UNKNOWN;

    /** Guarded by this, like the following fields: the thread of the connection, or null. */
    private Thread thread;
    private boolean watched;
    private boolean inputAttached;
    private boolean closed;
    private long keepUntil = System.nanoTime();

    /** Where the pointer is, in pixels. */
    public record PointerPlace(boolean known, int x, int y) {

        static final PointerPlace UNKNOWN = new PointerPlace(false, 0, 0);
    }

    public VncLink(LinkSettings settings) {
        this(settings, KEEP_MILLIS);
    }

    /** For tests. @param keepMillis how long the connection is kept after its last use */
    public VncLink(LinkSettings settings, long keepMillis) {
        this.settings = settings;
        keepNanos = TimeUnit.MILLISECONDS.toNanos(keepMillis);
    }

    public LinkState state() {
        return state;
    }

    public PointerPlace pointer() {
        return pointer;
    }

    public void addListener(LinkListener listener) {
        listeners.add(listener);
    }

    public void removeListener(LinkListener listener) {
        listeners.remove(listener);
    }

    /** Keeps the connection as long as this is true. */
    public synchronized void setWatched(boolean now) {
        if (watched && !now) {
            keepUntil = System.nanoTime() + keepNanos;
        }
        if (now && !watched) {
            watched = true;
            notifyAll();
            startThread();
        }
        watched = now;
    }

    /** Notes whether the keyboard and pointer are used; at first, a connection finds out whether they can be. */
    public synchronized void setInputAttached(boolean now) {
        inputAttached = now;
        if (now) {
            requestConnection();
        }
        notifyAll();
    }

    /** Keeps the connection for a while. */
    private synchronized void requestConnection() {
        keepUntil = System.nanoTime() + keepNanos;
        startThread();
    }

    private synchronized void startThread() {
        if (thread == null && !closed) {
            thread = NamedThreads.newDaemonThread(this::keepConnection, "vnc-" + settings.target());
            thread.start();
        }
    }

    /** The connection, for input. Waits for a new one for a short time. @throws IOException if there is none; for the user */
    public RfbClient requireClient(long waitMillis) throws IOException {
        requestConnection();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
        synchronized (this) {
            try {
                while (state.client().isEmpty() && state.condition() != Condition.FAILED && System.nanoTime() < end) {
                    wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        LinkState now = state;
        return now.client().orElseThrow(() -> new IOException(now.reason()));
    }

    /** Notes where the pointer is now. */
    public void movePointer(int x, int y) {
        pointer = new PointerPlace(true, x, y);
        listeners.forEach(LinkListener::handlePointer);
    }

    private void changeState(LinkState next) {
        synchronized (this) {
            state = next;
            notifyAll();
        }
        listeners.forEach(each -> each.handleState(next));
    }

    private void keepConnection() {
        long pause = MIN_PAUSE_MILLIS;
        while (awaitNeed()) {
            if (state.condition() != Condition.FAILED) {
                changeState(LinkState.connecting(settings.address().toString()));
            }
            try {
                pause = runConnection() ? MIN_PAUSE_MILLIS : pause;
            } catch (IOException | RuntimeException | OutOfMemoryError e) {
                pause = state.condition() == Condition.CONNECTED ? MIN_PAUSE_MILLIS : pause;
                reportFailure(e);
                pauseFor(pause);
                pause = Math.min(2 * pause, MAX_PAUSE_MILLIS);
            }
        }
    }

    private void reportFailure(Throwable failure) {
        synchronized (this) {
            if (closed) {
                return;
            }
        }
        LinkState next = LinkState.failed(describeFailure(failure));
        if (!next.equals(state)) {
            LOG.info("VNC server of target {}: {}", settings.target(), next.reason());
        }
        changeState(next);
    }

    /** Waits while a failed connection is not needed. @return false if the thread has to end; it is then forgotten */
    private boolean awaitNeed() {
        synchronized (this) {
            if (!closed && !isNeeded() && state.condition() == Condition.FAILED && inputAttached) {
                waitFor(IDLE_PAUSE_MILLIS, () -> isNeeded() || !inputAttached);
                if (inputAttached && !closed) {
                    return true;
                }
            }
            if (!closed && isNeeded()) {
                return true;
            }
            thread = null;
        }
        if (state.condition() != Condition.IDLE) {
            changeState(LinkState.idle());
        }
        return false;
    }

    private synchronized boolean isNeeded() {
        return !closed && (watched || keepUntil - System.nanoTime() > 0);
    }

    private synchronized void pauseFor(long millis) {
        waitFor(millis, () -> false);
    }

    /** Waits on this object. Ends early when the link is closed, or when something else is so. */
    private synchronized void waitFor(long millis, BooleanSupplier done) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            while (!closed && !done.getAsBoolean() && end - System.nanoTime() > 0) {
                wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    /** @return true if it ended because it is not needed */
    private boolean runConnection() throws IOException {
        pointer = PointerPlace.UNKNOWN;
        Updates updates = new Updates();
        try (PictureMemory memory = new PictureMemory();
                RfbClient client = RfbClient.connectTo(settings.address(), settings.security(), settings.client(),
                    (width, height) -> reserveMemory(memory, width, height), updates)) {
            LOG.info("VNC server of target {}: connected to {} ({})", settings.target(), settings.address(), client.security());
            updates.client = Optional.of(client);
            // Servers report what they can do with the first picture at the latest.
            client.messages().requestUpdate(false, 0, 0, 1, 1);
            client.processMessages();
            LOG.info("VNC server of target {}: disconnected, because nobody uses it", settings.target());
            changeState(LinkState.idle());
            return true;
        }
    }

    private static void reserveMemory(PictureMemory memory, int width, int height) throws IOException {
        try {
            if (!memory.tryReserve(width, height)) {
                throw new RfbException(PictureMemory.describeShortage(width, height));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private String describeFailure(Throwable e) {
        if (state.condition() == Condition.CONNECTED) {
            return "The connection to the VNC server at " + settings.address() + " was lost: " + describeCause(e);
        }
        return e instanceof RfbException ? "VNC server at " + settings.address() + ": " + e.getMessage()
            : "No connection to the VNC server at " + settings.address() + ": " + describeCause(e);
    }

    private static String describeCause(Throwable e) {
        if (e instanceof RfbException || e instanceof EOFException) {
            return e.getMessage();
        }
        String message = Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
        return message.endsWith(".") ? message : message + ".";
    }

    /** Ends the connection and its thread. */
    @Override
    public void close() {
        Thread ending;
        synchronized (this) {
            closed = true;
            ending = thread;
            notifyAll();
        }
        if (ending != null) {
            ending.interrupt();
            try {
                ending.join(JOIN_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Used by the thread of the connection only. */
    private final class Updates implements RfbListener {

        private final long settleUntil = System.nanoTime() + SETTLE_NANOS;
        private Optional<RfbClient> client = Optional.empty();

        /** Reports the connection when the server has reported what it can do, or has had the time to. */
        private void settle() {
            if (client.isPresent() && (client.get().picture().receivedPixels() > 0 || settleUntil - System.nanoTime() < 0)) {
                changeState(LinkState.connected(settings.address().toString(), client.get()));
                client = Optional.empty();
            }
        }

        @Override
        public void handleUpdate() {
            settle();
            if (client.isPresent()) {
                requestPixelAgain(client.get());
            }
            listeners.forEach(LinkListener::handleUpdate);
        }

        /** TigerVNC answers a request that is not incremental with what it can do, and sends the pixels after the next one. */
        private void requestPixelAgain(RfbClient from) {
            try {
                from.messages().requestUpdate(true, 0, 0, 1, 1);
            } catch (IOException e) {
                // Reading fails too, and reports it.
                LOG.debug("VNC server of target {}: no request", settings.target(), e);
            }
        }

        @Override
        public void handlePointerPosition(int x, int y) {
            movePointer(x, y);
        }

        @Override
        public boolean shouldContinue() {
            settle();
            return isNeeded();
        }

        @Override
        public void handleLeds(int leds) {
            Leds converted = convertLeds(leds);
            listeners.forEach(each -> each.handleLeds(converted));
        }
    }

    /** @param leds in the order of RFB: bit 0 Scroll Lock, 1 Num Lock, 2 Caps Lock; -1 if unknown */
    public static Leds convertLeds(int leds) {
        return leds < 0 ? Leds.UNKNOWN : new Leds(true, (leds & 2) != 0, (leds & 4) != 0, (leds & 1) != 0, false, false);
    }
}
