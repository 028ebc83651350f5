package org.catseye.web.control.connection;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.catseye.access.Permission;
import org.catseye.hid.Leds;
import org.catseye.media.DriveState;
import org.catseye.power.PowerState;
import org.catseye.video.VideoState;
import org.catseye.web.Channel;
import org.catseye.web.control.board.TargetBoard;
import org.catseye.web.control.lease.LeaseView;
import org.catseye.web.control.message.ServerMessages;
import org.catseye.web.control.message.StateView;
import org.catseye.web.control.message.StateView.Figures;
import org.catseye.web.control.message.TargetEntry;
import org.catseye.web.control.message.TypingProgress;

/** Sends one viewer the target's state: nothing twice, and states in their order. Thread-safe; doesn't block. */
final class StateSender {

    private static final long FIGURES_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** For figures that hardly differ. Each message counts on a slow line. */
    private static final long NEAR_FIGURES_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long PROGRESS_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Channel channel;
    private final TargetBoard board;
    private final ViewerRights rights;
    /** Guarded by this, as are the fields below: what was sent last; null before the first message. */
    private StateView view;
    private Figures figures = Figures.NONE;
    private long stateSentNanos;
    private Leds leds;
    private LeaseView lease;
    private PowerState power = PowerState.ABSENT;
    private List<DriveState> drives = List.of();
    private List<TargetEntry> targets = List.of();
    private Optional<TypingProgress> typing = Optional.empty();
    private long typingSentNanos;

    StateSender(Channel channel, TargetBoard board, ViewerRights rights) {
        this.channel = channel;
        this.board = board;
        this.rights = rights;
    }

    /**
     * Sends what changed since the last call. The current state is read under the lock, so that an older state never follows a newer one.
     *
     * @param nowNanos a clock as {@link System#nanoTime()}
     */
    synchronized void sendChanges(long nowNanos) {
        String user = channel.session().user();
        sendState(user, nowNanos);
        LeaseView newLease = LeaseView.createView(board.lease(), user, board.countOtherUsers(user));
        if (!newLease.equals(lease)) {
            lease = newLease;
            channel.send(ServerMessages.formatLease(lease));
        }
        sendTargets();
        sendPower();
        sendDrives();
        board.typing().filter(progress -> progress.user().equals(user)).ifPresent(progress -> sendTyping(progress, nowNanos));
        Leds newLeds = board.currentLeds();
        if (!newLeds.equals(leds)) {
            leds = newLeds;
            channel.send(ServerMessages.formatLeds(leds));
        }
    }

    /** Nothing while their bundle is being replaced: the page would show each target as removed. */
    private void sendTargets() {
        List<TargetEntry> all = board.services().listTargets();
        List<TargetEntry> visible = all.stream().filter(target -> rights.mayView(target.id())).toList();
        if (!all.isEmpty() && !visible.equals(targets)) {
            targets = visible;
            channel.send(ServerMessages.formatTargets(targets));
        }
    }

    /** Most targets have no power control; their viewers get no message. */
    private void sendPower() {
        PowerState newPower = board.services().readPowerState();
        PowerState shown = rights.hasPermission(Permission.POWER) ? newPower : newPower.withoutActions();
        if (!shown.equals(power)) {
            power = shown;
            channel.send(ServerMessages.formatPower(power));
        }
    }

    /** Only for viewers who may see what is attached; those of a target without a drive get no message. */
    private void sendDrives() {
        List<DriveState> newDrives = rights.hasPermission(Permission.MEDIA_READ_ONLY) ? board.services().readDrives() : List.of();
        if (!newDrives.equals(drives)) {
            drives = newDrives;
            channel.send(ServerMessages.formatMedia(drives));
        }
    }

    /** A text that had ended before this viewer came is not mentioned. */
    private void sendTyping(TypingProgress progress, long nowNanos) {
        Optional<TypingProgress> last = typing.filter(sent -> sent.id().equals(progress.id()));
        boolean running = progress.state() == TypingProgress.State.TYPING;
        boolean wanted = last.isEmpty() ? running : !last.get().equals(progress) && (!running || nowNanos - typingSentNanos >= PROGRESS_NANOS);
        if (wanted) {
            typing = Optional.of(progress);
            typingSentNanos = nowNanos;
            channel.send(ServerMessages.formatTyping(progress));
        }
    }

    private void sendState(String user, long nowNanos) {
        Optional<VideoState> video = board.services().readVideoState();
        StateView newView = new StateView(board.id(), board.services().readLabel(), board.services().describeVideo(video),
            board.currentHidState(), user, rights.listPermissions());
        Figures newFigures = video.map(Figures::fromState).orElse(Figures.NONE);
        long wait = newFigures.isNear(figures) ? NEAR_FIGURES_NANOS : FIGURES_NANOS;
        boolean due = newFigures.isStill() != figures.isStill() || nowNanos - stateSentNanos >= wait;
        if (!newView.equals(view) || !newFigures.equals(figures) && due) {
            view = newView;
            figures = newFigures;
            stateSentNanos = nowNanos;
            channel.send(ServerMessages.formatState(view, figures));
        }
    }
}
