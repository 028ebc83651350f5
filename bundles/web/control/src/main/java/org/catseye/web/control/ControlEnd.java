package org.catseye.web.control;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.catseye.access.AccessControl;
import org.catseye.access.Permission;
import org.catseye.web.Channel;
import org.catseye.web.ChannelHandler;
import org.catseye.web.control.HandsSource.Hands;
import org.catseye.web.control.Lease.Answer;
import org.catseye.web.control.Lease.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One viewer's control socket. Has hands of its own on the target while it may control it and there is a hub. */
final class ControlEnd implements ChannelHandler.End {

    private static final Logger LOG = LoggerFactory.getLogger(ControlEnd.class);
    /** What can change who is in control by the will of one alone. */
    private static final Set<Message.Wish.Kind> CHANGES = EnumSet.of(Message.Wish.Kind.REQUEST, Message.Wish.Kind.RELEASE, Message.Wish.Kind.TAKE);

    private final Channel channel;
    private final TargetBoard board;
    private final AccessControl access;
    private final MessageReader reader;
    private final LongSupplier nanos;
    private final Consumer<ControlEnd> onClose;
    private final Complaints complaints;
    /** Guards changes of {@link #hands} and {@link #closed}: the socket, the ticker and leaving services all make them. */
    private final Object handing = new Object();
    private volatile Optional<Hands> hands = Optional.empty();
    private boolean closed;
    private final Told told;

    /** @param nanos a clock as {@link System#nanoTime()} */
    ControlEnd(Channel channel, TargetBoard board, AccessControl access, MessageReader reader, LongSupplier nanos, Consumer<ControlEnd> onClose) {
        this.channel = channel;
        this.board = board;
        this.access = access;
        this.reader = reader;
        this.nanos = nanos;
        this.onClose = onClose;
        complaints = new Complaints(nanos.getAsLong());
        told = new Told(channel, board);
    }

    @Override
    public void message(String text) {
        try {
            Message message = reader.read(text);
            if (message instanceof Message.Deed deed) {
                act(deed);
            } else if (message instanceof Message.Wish wish) {
                wish(wish.kind());
            } else if (message instanceof Message.Ping ping) {
                channel.send(ServerMessage.pong(ping.id(), ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now())));
            }
        } catch (BadMessageException e) {
            complain(e.code(), e.getMessage());
        }
    }

    @Override
    public void closed() {
        synchronized (handing) {
            if (closed) {
                return;
            }
            closed = true;
            drop();
        }
        onClose.accept(this);
    }

    TargetBoard board() {
        return board;
    }

    /** Services or permissions changed: the hands are taken from the best hub, or given back. */
    void follow() {
        synchronized (handing) {
            Optional<HandsSource> wanted = board.source().filter(source -> !closed && permits(Permission.CONTROL));
            if (!hands.map(Hands::source).equals(wanted)) {
                drop();
                hands = wanted.flatMap(HandsSource::take);
            }
        }
    }

    void tick() {
        if (hands.isPresent() && !permits(Permission.CONTROL)) {
            follow();
        }
        int kept = complaints.summary(nanos.getAsLong());
        if (kept > 0) {
            channel.send(ServerMessage.error("too_many_errors", kept + " more messages were wrong or not allowed; at most "
                + Complaints.MOST_PER_SECOND + " a second are answered one by one"));
        }
        tell();
    }

    /** Tells the viewer what it does not know yet. */
    void tell() {
        told.bring(this::permissions, nanos.getAsLong());
    }

    private void act(Message.Deed deed) {
        if (!permits(Permission.CONTROL)) {
            follow();
            complain("forbidden", "you may look at " + board.id() + " but not control it; an administrator can allow it");
            return;
        }
        boolean onlyMoves = deed.acts() && !deed.takesControl() && isFree();
        if (deed.acts() && !onlyMoves && !inControl()) {
            complain("not_in_control", board.lease().holder() + " controls " + board.id() + "; ask for control first");
            return;
        }
        if (hands.isEmpty()) {
            follow();
        }
        try {
            hands.ifPresent(mine -> deed.doWith(mine.session()));
            if (deed.acts() && !(onlyMoves && isFree()) && !board.lease().allows(user())) {
                // Lost while this was under way: whoever let go of our keys may have come before it.
                letGo();
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("The keyboard hub failed.", e);
            complain("not_done", "the keyboard hub failed at this; it may be about to be replaced");
        }
    }

    private boolean isFree() {
        return !board.lease().shared() && board.lease().holder().isEmpty();
    }

    /** Holds the lease, or gets it, because it is free. */
    private boolean inControl() {
        long now = nanos.getAsLong();
        if (!board.lease().allows(user())) {
            Outcome outcome = board.lease().acquire(user(), now);
            if (outcome.answer() != Answer.HELD) {
                return false;
            }
            board.follow(outcome);
        }
        board.lease().acted(now);
        return true;
    }

    private void wish(Message.Wish.Kind kind) {
        if (!mayControl() || kind == Message.Wish.Kind.TAKE && !permits(Permission.ADMIN)) {
            complain("forbidden", kind == Message.Wish.Kind.TAKE ? "only an administrator takes control; ask for it"
                    : "you may look at " + board.id() + " but not control it; an administrator can allow it");
            return;
        }
        long now = nanos.getAsLong();
        if (CHANGES.contains(kind) && !board.pace().allows(user(), now)) {
            complain("too_many", "you ask for control of " + board.id() + ", take it or give it up more than " + Pace.MOST_PER_SECOND
                    + " times a second; this one is not done, try again in a moment");
            return;
        }
        Outcome outcome = switch (kind) {
            case REQUEST -> board.lease().ask(user(), now);
            case GRANT -> board.lease().answer(user(), true, now);
            case DENY -> board.lease().answer(user(), false, now);
            case TAKE -> board.lease().take(user(), now);
            case RELEASE -> board.lease().release(user(), now);
        };
        if (outcome.answer() == Answer.BUSY) {
            complain("busy", "somebody else asks for control of " + board.id() + " just now; try again in a moment");
            return;
        }
        if (outcome.answer() == Answer.EARLY) {
            complain("too_soon", "you asked for control of " + board.id() + " in vain a short while ago; others get a turn now, ask again in " + outcome.why() + " s");
            return;
        }
        board.follow(outcome);
    }

    /** How a question of this viewer ended. */
    void answered(Answer answer) {
        if (answer == Answer.DENIED || answer == Answer.UNANSWERED) {
            channel.send(ServerMessage.error("denied", board.lease().holder() + (answer == Answer.DENIED ? " keeps control"
                    : " did not answer within " + Lease.PATIENCE_SECONDS + " s and keeps control")));
        }
    }

    /** Somebody else is in control now. */
    void letGo() {
        try {
            hands.ifPresent(mine -> mine.session().releaseAll());
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("The keyboard hub failed.", e);
        }
    }

    @Override
    public void silent() {
        letGo();
    }

    String user() {
        return channel.session().user();
    }

    String address() {
        return channel.address();
    }

    /** False once the session has ended, which closes the socket. */
    boolean isLoggedIn() {
        return channel.session().valid();
    }

    boolean mayControl() {
        return permits(Permission.CONTROL);
    }

    /** Under {@link #handing}. */
    private void drop() {
        Optional<Hands> old = hands;
        hands = Optional.empty();
        old.ifPresent(Hands::giveBack);
    }

    private void complain(String code, String message) {
        if (complaints.allows(nanos.getAsLong())) {
            channel.send(ServerMessage.error(code, message));
        }
    }

    private boolean permits(Permission permission) {
        return access.permits(channel.session(), permission, board.id());
    }

    private Set<Permission> permissions() {
        Set<Permission> permitted = EnumSet.noneOf(Permission.class);
        for (Permission permission : Permission.values()) {
            if (permits(permission)) {
                permitted.add(permission);
            }
        }
        return permitted;
    }
}
