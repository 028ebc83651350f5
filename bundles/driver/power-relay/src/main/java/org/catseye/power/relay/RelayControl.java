package org.catseye.power.relay;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.catseye.options.CheckedSettings;
import org.catseye.power.PowerAction;
import org.catseye.power.relay.board.BoardLease;
import org.catseye.power.relay.board.Boards;
import org.catseye.power.spi.PowerControl;
import org.catseye.power.spi.PowerReading;
import org.catseye.targets.Target;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One relay of a board: one instance for each factory configuration {@code org.catseye.power.relay~name}. The board is opened at the first
 * use, and again after a failure, so that it can be unplugged and plugged in. A relay that presses a button is opened whenever the board is
 * opened, at the end of each press, and when this control is stopped.
 */
@Component(service = PowerControl.class, configurationPid = RelayConfig.PID, configurationPolicy = ConfigurationPolicy.REQUIRE,
    property = {Target.ID + "=" + Target.DEFAULT, Target.LABEL + "=" + RelayConfig.LABEL})
@Designate(ocd = RelayConfig.class, factory = true)
public final class RelayControl implements PowerControl {

    private static final Logger LOG = LoggerFactory.getLogger(RelayControl.class);
    private static final int MAX_RELEASE_ATTEMPTS = 3;

    private final CheckedSettings<RelaySettings> settings;
    private final Boards boards;
    private final CountDownLatch stopping = new CountDownLatch(1);
    /** Guarded by this; empty until the first use and after a failure. */
    private Optional<BoardLease> lease = Optional.empty();
    /** Guarded by this: whether a press has closed the relay and nothing has opened it yet. */
    private boolean pressed;
    /** Guarded by this. */
    private boolean closed;

    // A map instead of the annotation type: a value of the wrong type must not make the activation fail.
    @Activate
    public RelayControl(Map<String, Object> properties, @Reference Boards boards) {
        this.boards = boards;
        settings = CheckedSettings.parseProperties(properties, RelaySettings::parseSettings);
    }

    /** Ends a press. */
    @Deactivate
    void closeControl() {
        stopping.countDown();
        synchronized (this) {
            settings.findValid().ifPresent(this::endPress);
            closed = true;
            lease.ifPresent(BoardLease::close);
            lease = Optional.empty();
        }
    }

    /** Opens the relay; a failure is only logged, because there is another one to report or nobody to report it to. */
    private void endPress(RelaySettings known) {
        try {
            releaseRelay(known);
        } catch (IOException e) {
            LOG.warn("{}", e.getMessage());
        }
    }

    @Override
    public Set<PowerAction> supportedActions() {
        return settings.findValid().map(known -> known.use().actions()).orElse(Set.of());
    }

    /** For a button the state is unknown, but a board that is missing is reported. */
    @Override
    public PowerReading readState() throws IOException {
        RelaySettings known = settings.requireValid();
        Optional<Boolean> relayClosed = callBoard(known, board -> board.readClosed(known.channel()));
        return known.use().isButton() ? PowerReading.UNKNOWN
            : relayClosed.map(is -> PowerReading.ofPower(is == known.closedMeansOn())).orElse(PowerReading.UNKNOWN);
    }

    @Override
    public void performAction(PowerAction action) throws IOException, InterruptedException {
        RelaySettings known = settings.requireValid();
        if (!known.use().actions().contains(action)) {
            throw new IOException("This relay cannot perform the action \"" + action.publicName() + "\".");
        }
        switch (action) {
            case ON -> switchRelay(known, known.closedMeansOn());
            case OFF -> switchRelay(known, !known.closedMeansOn());
            case HOLD -> press(known, known.holdMillis());
            default -> press(known, known.pressMillis());
        }
    }

    private void switchRelay(RelaySettings known, boolean relayClosed) throws IOException {
        callBoard(known, board -> {
            board.setClosed(known.channel(), relayClosed);
            return relayClosed;
        });
    }

    /** Opens the relay at the end, however the press ends. */
    private void press(RelaySettings known, int millis) throws IOException, InterruptedException {
        boolean complete = false;
        try {
            closeRelay(known);
            if (stopping.await(millis, TimeUnit.MILLISECONDS)) {
                throw new IOException("The power control is being stopped.");
            }
            complete = true;
        } finally {
            if (complete) {
                releaseRelay(known);
            } else {
                endPress(known);
            }
        }
    }

    /** In one step with the check whether the control is stopped, so that the relay is not closed afterwards. */
    private synchronized void closeRelay(RelaySettings known) throws IOException {
        callBoard(known, board -> {
            pressed = true;
            board.setClosed(known.channel(), true);
            return true;
        });
    }

    private synchronized void releaseRelay(RelaySettings known) throws IOException {
        for (int attempt = 1; pressed; attempt++) {
            try {
                switchRelay(known, false);
                pressed = false;
            } catch (IOException e) {
                if (attempt == MAX_RELEASE_ATTEMPTS) {
                    throw new IOException("The relay could not be opened again, so the button may still be pressed: " + e.getMessage(), e);
                }
            }
        }
    }

    /** @param <T> the result */
    private interface BoardCall<T> {
        T run(BoardLease board) throws IOException;
    }

    /** A board that was opened earlier may have been unplugged and plugged in since, so it gets a second chance. */
    private <T> T callBoard(RelaySettings known, BoardCall<T> call) throws IOException {
        Optional<BoardLease> earlier = findOpenBoard();
        if (earlier.isPresent()) {
            try {
                return call.run(earlier.get());
            } catch (IOException e) {
                discardBoard(earlier.get());
                LOG.debug("Opening the board again: {}", e.getMessage());
            }
        }
        BoardLease board = openBoard(known);
        try {
            return call.run(board);
        } catch (IOException e) {
            discardBoard(board);
            throw e;
        }
    }

    private synchronized Optional<BoardLease> findOpenBoard() {
        return lease;
    }

    private synchronized BoardLease openBoard(RelaySettings known) throws IOException {
        if (closed) {
            throw new IOException("The power control is being stopped.");
        }
        if (lease.isEmpty()) {
            BoardLease opened = boards.openBoard(known.board());
            try {
                if (known.use().isButton()) {
                    opened.setClosed(known.channel(), false);
                    pressed = false;
                }
            } catch (IOException e) {
                opened.discard();
                throw e;
            }
            lease = Optional.of(opened);
        }
        return lease.get();
    }

    private synchronized void discardBoard(BoardLease failed) {
        failed.discard();
        if (lease.filter(current -> current == failed).isPresent()) {
            lease = Optional.empty();
        }
    }
}
