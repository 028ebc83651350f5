package org.catseye.web.control;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.catseye.access.Permission;
import org.catseye.hid.Leds;
import org.catseye.video.VideoState;
import org.catseye.web.Channel;
import org.catseye.web.control.StateView.Figures;

/** What one viewer has been told of its target: nothing is repeated, and states stay in order. Thread-safe; nothing that waits is called. */
final class Told {

    private static final long FIGURES_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Channel channel;
    private final TargetBoard board;
    private StateView view;
    private Figures figures = Figures.NONE;
    private long at;
    private Leds leds;
    private LeaseView lease;

    Told(Channel channel, TargetBoard board) {
        this.channel = channel;
        this.board = board;
    }

    /**
     * Tells the viewer what it does not know yet.
     *
     * @param permissions of the viewer on this target; asked in turn, so that an older answer does not overtake a newer one
     * @param now a clock as {@link System#nanoTime()}
     */
    synchronized void bring(Supplier<Set<Permission>> permissions, long now) {
        String user = channel.session().user();
        Optional<VideoState> video = board.videoState();
        StateView newView = new StateView(board.id(), board.label(), board.video(video), board.hid(), user, permissions.get());
        Figures newFigures = board.figures(video);
        if (!newView.equals(view) || !newFigures.equals(figures) && now - at >= FIGURES_NANOS) {
            view = newView;
            figures = newFigures;
            at = now;
            channel.send(ServerMessage.state(view, figures));
        }
        LeaseView newLease = LeaseView.of(board.lease(), user, board.others(user));
        if (!newLease.equals(lease)) {
            lease = newLease;
            channel.send(ServerMessage.control(lease));
        }
        Leds newLeds = board.leds();
        if (!newLeds.equals(leds)) {
            leds = newLeds;
            channel.send(ServerMessage.leds(leds));
        }
    }
}
