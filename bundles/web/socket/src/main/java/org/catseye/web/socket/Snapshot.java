package org.catseye.web.socket;

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

/** Answers with the newest picture as one JPEG. */
final class Snapshot {

    /** A source that rests while nobody watches needs a moment to give a fresh picture. */
    private static final long PATIENCE_MILLIS = 1_500;
    /** A picture that has to be decoded first needs the decoder started, and all since the last key frame. */
    private static final long RENDERED_MILLIS = 5_000;
    private static final int MOST_AT_ONCE = 8;
    private static final Set<Codec> JPEG = EnumSet.of(Codec.JPEG);

    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    void sendNewest(VideoHub hub, HttpServletResponse response) throws IOException {
        if (!places.tryAcquire()) {
            response.setHeader("Retry-After", "1");
            Answers.refuse(response, 503, "busy", MOST_AT_ONCE + " snapshots are being taken already; try again in a second.");
            return;
        }
        try {
            Optional<Frame> frame = take(hub);
            if (frame.isPresent()) {
                try (Frame it = frame.get()) {
                    send(it, response);
                }
            } else {
                refuse(hub.currentState(JPEG), response);
            }
        } finally {
            places.release();
        }
    }

    /** Says why there is none. What begins, or is live and only late, is worth another try at once. */
    private static void refuse(VideoState state, HttpServletResponse response) throws IOException {
        boolean live = state.condition() == Condition.LIVE;
        if (live || state.condition() == Condition.CONNECTING) {
            response.setHeader("Retry-After", "1");
        }
        Answers.refuse(response, 503, live ? "not_ready" : state.condition().name().toLowerCase(Locale.ROOT),
                live ? "The picture is live, but no JPEG of it was ready in time. Try again in a second." : state.reason());
    }

    /** The newest live picture. If nobody was watching, the source may have rested: a newer one is waited for. */
    private Optional<Frame> take(VideoHub hub) {
        boolean resting = hub.currentState().viewers() == 0;
        long asked = System.nanoTime();
        Arrival arrival = new Arrival();
        try (Subscription subscription = hub.subscribe(arrival, JPEG)) {
            Optional<Frame> newest = Optional.empty();
            long end = asked + TimeUnit.MILLISECONDS.toNanos(rendered(hub) ? RENDERED_MILLIS : PATIENCE_MILLIS);
            for (long left = 1; left > 0; left = end - System.nanoTime()) {
                int before = arrival.count();
                Optional<Frame> next = live(hub, subscription);
                if (next.isPresent()) {
                    newest.ifPresent(Frame::close);
                    newest = next;
                }
                boolean fresh = newest.isPresent() && (!resting || newest.get().capturedNanos() >= asked);
                if (fresh || hopeless(hub) || !arrival.await(before, end)) {
                    break;
                }
            }
            return newest;
        }
    }

    /** Whether the live picture is no JPEG, so that one has to be made. */
    private static boolean rendered(VideoHub hub) {
        VideoState state = hub.currentState();
        return state.condition() == Condition.LIVE && state.format().map(format -> format.codec() != Codec.JPEG).orElse(false);
    }

    /** Waiting would not help: there is no signal, a setting is wrong, or nothing that could make a JPEG of it. */
    private static boolean hopeless(VideoHub hub) {
        Condition condition = hub.currentState(JPEG).condition();
        return condition == Condition.NO_SIGNAL || condition == Condition.MISCONFIGURED || condition == Condition.NO_DEVICE && rendered(hub);
    }

    /** Pictures in words are for eyes, not for those who ask for the screen. */
    private static Optional<Frame> live(VideoHub hub, Subscription subscription) {
        Optional<Frame> frame = subscription.nextFrame();
        VideoState state = hub.currentState(JPEG);
        boolean live = state.condition() == Condition.LIVE && state.format().equals(frame.map(Frame::format));
        if (frame.isPresent() && !live) {
            frame.get().close();
            return Optional.empty();
        }
        return frame;
    }

    private static void send(Frame frame, HttpServletResponse response) throws IOException {
        byte[] jpeg = new byte[frame.encodedBytes().limit()];
        frame.encodedBytes().duplicate().get(jpeg);
        response.setContentType("image/jpeg");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Catseye-Sequence", Long.toString(frame.sequence()));
        response.setHeader("X-Catseye-Size", frame.format().width() + "x" + frame.format().height());
        response.setContentLength(jpeg.length);
        response.getOutputStream().write(jpeg);
    }

    /** Counts frames offered, and lets a thread wait for the next. */
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

        synchronized int count() {
            return count;
        }

        /** False if nothing came until {@code end} ({@link System#nanoTime()}). */
        synchronized boolean await(int before, long end) {
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
