package org.catseye.web.control.typing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.catseye.access.Audit;
import org.catseye.concurrent.NamedThreads;
import org.catseye.hid.HidSession;
import org.catseye.hid.HidSession.Delivery;
import org.catseye.hid.HidState;
import org.catseye.web.control.board.InputSession;
import org.catseye.web.control.board.InputSource;
import org.catseye.web.control.board.TargetBoard;
import org.catseye.web.control.board.Viewer;
import org.catseye.web.control.layout.KeyStroke;
import org.catseye.web.control.lease.LeaseOutcome;
import org.catseye.web.control.message.KeyCodes;
import org.catseye.web.control.message.TypingProgress;
import org.catseye.web.control.message.TypingProgress.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Types one text on a thread of its own, {@code typing-<target>}. It waits until each stroke has arrived, so that it is never faster than
 * the remote computer. While it types, it counts as a viewer of its user, who therefore keeps control.
 */
final class TypingJob implements Viewer {

    /** A device that takes nothing for so long has stopped taking keys. */
    static final long MAX_STROKE_MILLIS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(TypingJob.class);
    private static final long CHECK_MILLIS = 100;
    private static final long JOIN_MILLIS = 1_000;

    private final TypingUser user;
    private final TargetBoard board;
    private final TypeableText text;
    private final long strokeNanos;
    private final Audit audit;
    private final Runnable leave;
    private final Thread thread;
    private volatile TypingProgress progress;
    /** Set before the thread starts. */
    private volatile Optional<InputSession> input = Optional.empty();
    /** Why to stop; the first reason counts. Guarded by this, which is notified of it. */
    private Optional<Stop> stop = Optional.empty();

    private record Stop(State state, String code, String message) {
    }

    /** @param rate the most characters per second */
    TypingJob(String id, TypingUser user, TargetBoard board, TypeableText text, int rate, Audit audit, Runnable leave) {
        this.user = user;
        this.board = board;
        this.text = text;
        this.audit = audit;
        this.leave = leave;
        strokeNanos = TimeUnit.SECONDS.toNanos(1) / rate;
        progress = TypingProgress.begin(id, user.name(), text.countCharacters());
        thread = NamedThreads.newDaemonThread(this::run, "typing-" + board.id());
    }

    TypingProgress progress() {
        return progress;
    }

    /**
     * Starts typing: control is free or the user's, there is a keyboard, and no other text is being typed.
     *
     * @throws RefusedException otherwise; then call {@link #withdraw}
     */
    void start() throws RefusedException {
        HidState state = board.currentHidState();
        if (state.condition() != HidState.Condition.READY || !state.features().contains(HidState.Feature.KEYBOARD)) {
            throw new RefusedException(503, "no_keyboard", "Nothing was typed, because no keyboard reaches the remote computer: " + state.reason());
        }
        if (!board.acquireControl(user.name(), System.nanoTime())) {
            throw new RefusedException(409, "not_in_control", board.lease().holder() + " controls " + board.id() + "; request control first.");
        }
        if (!board.beginTyping(progress)) {
            throw new RefusedException(409, "busy", "Another text is being typed on " + board.id() + "; wait for its end, or cancel it.");
        }
        input = board.services().findInput().flatMap(InputSource::openSession);
        if (input.isEmpty()) {
            finish(unavailable());
            throw new RefusedException(503, "no_keyboard", "Nothing was typed, because the keyboard hub is being replaced. Try again.");
        }
        board.publishTyping(progress);
        thread.start();
    }

    /** For a job that did not start. */
    void withdraw() {
        leave.run();
    }

    void cancel() {
        requestStop(State.CANCELLED, "", "");
    }

    /** Waits for the end, for a bounded time. */
    void awaitEnd() {
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Stop end;
        try {
            end = typeText(input.orElseThrow().session());
        } catch (InterruptedException | RuntimeException | LinkageError e) {
            LOG.debug("Typing a text on {} failed.", board.id(), e);
            end = unavailable();
        }
        input.ifPresent(InputSession::closeSession);
        finish(end);
        audit.record("text.typed", user.name(), user.address(), Map.of("target", board.id(), "characters", Integer.toString(progress.typed()),
            "of", Integer.toString(progress.total()), "state", progress.state().name()));
        leave.run();
    }

    private void finish(Stop end) {
        progress = progress.end(end.state(), end.code(), end.message());
        board.publishTyping(progress);
    }

    private Stop typeText(HidSession session) throws InterruptedException {
        long next = System.nanoTime();
        long published = next;
        for (int index = 0; index < text.countCharacters(); index++) {
            Optional<Stop> early = waitUntil(next);
            for (KeyStroke stroke : early.isPresent() ? List.<KeyStroke>of() : text.strokesAt(index)) {
                pressAndRelease(session, stroke);
                early = awaitDelivery(session);
                if (early.isPresent()) {
                    break;
                }
            }
            if (early.isPresent()) {
                return early.get();
            }
            progress = progress.withTyped(index + 1);
            long now = System.nanoTime();
            board.lease().recordAction(now);
            if (now - published >= TimeUnit.MILLISECONDS.toNanos(CHECK_MILLIS)) {
                published = now;
                board.publishTyping(progress);
            }
            next = Math.max(now, next + strokeNanos);
        }
        return new Stop(State.DONE, "", "");
    }

    private static void pressAndRelease(HidSession session, KeyStroke stroke) {
        List<String> down = new ArrayList<>(stroke.modifiers());
        down.add(stroke.code());
        down.forEach(code -> session.setKey(KeyCodes.usageOf(code), true));
        Collections.reverse(down);
        down.forEach(code -> session.setKey(KeyCodes.usageOf(code), false));
    }

    private Optional<Stop> awaitDelivery(HidSession session) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MAX_STROKE_MILLIS);
        while (true) {
            Delivery delivery = session.awaitDelivery(CHECK_MILLIS);
            Optional<Stop> early = findStop();
            if (early.isPresent() && delivery != Delivery.WRITTEN) {
                return early;
            }
            if (delivery == Delivery.WRITTEN) {
                return Optional.empty();
            }
            if (delivery == Delivery.LOST || System.nanoTime() - deadline >= 0) {
                return Optional.of(new Stop(State.STOPPED, "not_delivered", "the remote computer does not take keys: " + session.currentState().reason()));
            }
        }
    }

    /** Waits for a time of {@link System#nanoTime}, or until this has to stop. */
    private Optional<Stop> waitUntil(long nanos) throws InterruptedException {
        while (true) {
            Optional<Stop> early = findStop();
            long millis = TimeUnit.NANOSECONDS.toMillis(nanos - System.nanoTime());
            if (early.isPresent() || millis <= 0) {
                return early;
            }
            synchronized (this) {
                if (stop.isEmpty()) {
                    wait(Math.min(millis, CHECK_MILLIS));
                }
            }
        }
    }

    private Optional<Stop> findStop() {
        checkRights();
        synchronized (this) {
            return stop;
        }
    }

    private void checkRights() {
        if (!user.isLoggedIn()) {
            requestStop(State.STOPPED, "logged_out", "the session has ended");
        } else if (!user.mayControl(board.id())) {
            requestStop(State.STOPPED, "forbidden", "you may no longer control " + board.id());
        } else if (!board.lease().mayAct(user.name())) {
            requestStop(State.STOPPED, "not_in_control", "another user controls " + board.id());
        }
    }

    private synchronized void requestStop(State state, String code, String message) {
        if (stop.isEmpty()) {
            stop = Optional.of(new Stop(state, code, message));
            notifyAll();
        }
    }

    private static Stop unavailable() {
        return new Stop(State.STOPPED, "unavailable", "a part of Catseye is being replaced; type the rest again");
    }

    @Override
    public String user() {
        return user.name();
    }

    @Override
    public String address() {
        return user.address();
    }

    @Override
    public boolean isLoggedIn() {
        return user.isLoggedIn();
    }

    @Override
    public boolean mayControl() {
        return user.mayControl(board.id());
    }

    /** The keyboard hub was replaced: what the new one shows is unknown, so the text ends. */
    @Override
    public void updateInput() {
        if (input.isPresent() && !board.services().findInput().equals(input.map(InputSession::source))) {
            Stop why = unavailable();
            requestStop(why.state(), why.code(), why.message());
        }
    }

    @Override
    public void sendChanges() {
        // It has no socket.
    }

    @Override
    public void releaseKeys() {
        checkRights();
    }

    @Override
    public void reportResult(LeaseOutcome.Result result) {
        // It requests nothing.
    }

    @Override
    public void handleTick() {
        checkRights();
    }

    @Override
    public void closeViewer() {
        Stop why = unavailable();
        requestStop(why.state(), why.code(), why.message());
        awaitEnd();
    }
}
