package org.catseye.web.socket.snapshot;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.catseye.video.Codec;
import org.catseye.video.Frame;
import org.catseye.video.FrameListener;
import org.catseye.video.Subscription;
import org.catseye.video.VideoHub;
import org.catseye.video.VideoState;
import org.catseye.video.VideoState.Condition;
import org.catseye.web.socket.connection.Answers;

/** Answers with the newest picture as one JPEG. */
final class Snapshot {

    /** A source that pauses without viewers needs a moment to deliver a new picture. */
    private static final long JPEG_TIMEOUT_MILLIS = 1_500;
    /** A picture that must be decoded needs the decoder started, and all frames since the last key frame. */
    private static final long RENDER_TIMEOUT_MILLIS = 5_000;
    private static final int MAX_CONCURRENT = 8;
    private static final Set<Codec> JPEG = EnumSet.of(Codec.JPEG);

    private final Semaphore places = new Semaphore(MAX_CONCURRENT);

    void sendNewest(VideoHub hub, HttpServletResponse response) throws IOException {
        if (!places.tryAcquire()) {
            response.setHeader("Retry-After", "1");
            Answers.refuse(response, 503, "busy", MAX_CONCURRENT + " snapshots are being taken already; try again in a second.");
            return;
        }
        try {
            Optional<Frame> frame = takeNewest(hub);
            if (frame.isPresent()) {
                try (Frame it = frame.get()) {
                    sendFrame(it, response);
                }
            } else {
                refuseWithState(hub.currentState(JPEG), response);
            }
        } finally {
            places.release();
        }
    }

    /** Answers with the reason. If the source is starting, or live and only late, another attempt may succeed at once. */
    private static void refuseWithState(VideoState state, HttpServletResponse response) throws IOException {
        boolean live = state.condition() == Condition.LIVE;
        if (live || state.condition() == Condition.CONNECTING) {
            response.setHeader("Retry-After", "1");
        }
        Answers.refuse(response, 503, live ? "not_ready" : state.condition().name().toLowerCase(Locale.ROOT),
                live ? "The picture is live, but no JPEG of it was ready in time. Try again in a second." : state.reason());
    }

    /** The newest live picture. Without viewers the source may have paused: then waits for a newer one. */
    private Optional<Frame> takeNewest(VideoHub hub) {
        boolean resting = hub.currentState().viewers() == 0;
        long asked = System.nanoTime();
        Arrival arrival = new Arrival();
        try (Subscription subscription = hub.subscribe(arrival, JPEG)) {
            Optional<Frame> newest = Optional.empty();
            long end = asked + TimeUnit.MILLISECONDS.toNanos(needsRendering(hub) ? RENDER_TIMEOUT_MILLIS : JPEG_TIMEOUT_MILLIS);
            for (long left = 1; left > 0; left = end - System.nanoTime()) {
                int before = arrival.countOffers();
                Optional<Frame> next = nextLiveFrame(hub, subscription);
                if (next.isPresent()) {
                    newest.ifPresent(Frame::close);
                    newest = next;
                }
                boolean fresh = newest.isPresent() && (!resting || newest.get().capturedNanos() >= asked);
                if (fresh || isHopeless(hub) || !arrival.awaitOffer(before, end)) {
                    break;
                }
            }
            return newest;
        }
    }

    /** Whether the live picture is no JPEG and must be converted. */
    private static boolean needsRendering(VideoHub hub) {
        VideoState state = hub.currentState();
        return state.condition() == Condition.LIVE && state.format().map(format -> format.codec() != Codec.JPEG).orElse(false);
    }

    /** Whether waiting would not help: there is no signal, a setting is wrong, or no renderer makes a JPEG of it. */
    private static boolean isHopeless(VideoHub hub) {
        Condition condition = hub.currentState(JPEG).condition();
        return condition == Condition.NO_SIGNAL || condition == Condition.MISCONFIGURED || condition == Condition.NO_DEVICE && needsRendering(hub);
    }

    /** Without the pictures that show a message: they are for people, not for programs. */
    private static Optional<Frame> nextLiveFrame(VideoHub hub, Subscription subscription) {
        Optional<Frame> frame = subscription.nextFrame();
        VideoState state = hub.currentState(JPEG);
        boolean live = state.condition() == Condition.LIVE && state.format().equals(frame.map(Frame::format));
        if (frame.isPresent() && !live) {
            frame.get().close();
            return Optional.empty();
        }
        return frame;
    }

    private static void sendFrame(Frame frame, HttpServletResponse response) throws IOException {
        byte[] jpeg = new byte[frame.encodedBytes().limit()];
        frame.encodedBytes().duplicate().get(jpeg);
        response.setContentType("image/jpeg");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Catseye-Sequence", Long.toString(frame.sequence()));
        response.setHeader("X-Catseye-Size", frame.format().width() + "x" + frame.format().height());
        response.setContentLength(jpeg.length);
        response.getOutputStream().write(jpeg);
    }

    /** Counts the offered frames, and lets a thread wait for the next one. */
    private static final class Arrival implements FrameListener {
        private int count;

        @Override
        public synchronized void onFrameAvailable() {
            count++;
            notifyAll();
        }

        @Override
        public synchronized void onHubClosed() {
            count++;
            notifyAll();
        }

        synchronized int countOffers() {
            return count;
        }

        /** @return false if no frame came until {@code end} ({@link System#nanoTime()}) */
        synchronized boolean awaitOffer(int before, long end) {
            while (count == before) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                try {
                    wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
            return true;
        }
    }
}
