package org.catseye.web.control.connection;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.catseye.access.AccessControl;
import org.catseye.access.Permission;
import org.catseye.web.Channel;
import org.catseye.web.ChannelHandler;
import org.catseye.web.control.board.TargetBoard;
import org.catseye.web.control.board.Viewer;
import org.catseye.web.control.lease.LeaseOutcome;
import org.catseye.web.control.message.BadMessageException;
import org.catseye.web.control.message.ClientMessage;
import org.catseye.web.control.message.ClientMessage.InputAction;
import org.catseye.web.control.message.MessageReader;
import org.catseye.web.control.message.ServerMessages;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One viewer's control socket: dispatches its messages. */
public final class ControlConnection implements ChannelHandler.End, Viewer {

    private static final Logger LOG = LoggerFactory.getLogger(ControlConnection.class);
    private static final MessageReader READER = new MessageReader();

    private final Channel channel;
    private final TargetBoard board;
    private final LongSupplier nanoTime;
    private final Consumer<ControlConnection> closeListener;
    private final ViewerRights rights;
    private final ErrorSender errors;
    private final ControlRequests requests;
    private final ViewerInput input;
    private final StateSender state;

    /** @param nanoTime a clock as {@link System#nanoTime()} */
    public ControlConnection(Channel channel, TargetBoard board, AccessControl access, LongSupplier nanoTime,
            Consumer<ControlConnection> closeListener) {
        this.channel = channel;
        this.board = board;
        this.nanoTime = nanoTime;
        this.closeListener = closeListener;
        rights = new ViewerRights(access, channel, board.id());
        errors = new ErrorSender(channel, nanoTime);
        requests = new ControlRequests(user(), board, rights, errors);
        input = new ViewerInput(board.services(), this::mayControl);
        state = new StateSender(channel, board, rights);
    }

    @Override
    public void message(String text) {
        try {
            ClientMessage message = READER.parseMessage(text);
            if (message instanceof InputAction action) {
                handleInput(action);
            } else if (message instanceof ClientMessage.ControlRequest request) {
                requests.handleRequest(request.kind(), nanoTime.getAsLong());
            } else if (message instanceof ClientMessage.Ping ping) {
                channel.send(ServerMessages.formatPong(ping.id(), ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now())));
            }
        } catch (BadMessageException e) {
            errors.sendError(e.errorCode(), e.getMessage());
        }
    }

    private void handleInput(InputAction action) {
        if (!mayControl()) {
            updateInput();
            requests.sendForbidden();
            return;
        }
        boolean isMovement = action.needsControl() && !action.acquiresControl() && isLeaseFree();
        if (action.needsControl() && !isMovement && !requests.acquireControl(nanoTime.getAsLong())) {
            errors.sendError("not_in_control", board.lease().holder() + " controls " + board.id() + "; request control first");
            return;
        }
        try {
            input.applyAction(action);
            if (action.needsControl() && !(isMovement && isLeaseFree()) && !board.lease().mayAct(user())) {
                // The lease was lost meanwhile, and its keys may have been released before this one was pressed.
                releaseKeys();
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("The keyboard hub failed.", e);
            errors.sendError("not_done", "the keyboard hub failed at this; it may be about to be replaced");
        }
    }

    private boolean isLeaseFree() {
        return !board.lease().isShared() && board.lease().holder().isEmpty();
    }

    /** The client gives no sign of life, so it must not hold keys. */
    @Override
    public void silent() {
        releaseKeys();
    }

    @Override
    public void closed() {
        if (input.closeInput()) {
            closeListener.accept(this);
        }
    }

    @Override
    public void closeViewer() {
        closed();
    }

    public TargetBoard board() {
        return board;
    }

    @Override
    public void updateInput() {
        input.updateSession();
    }

    @Override
    public void handleTick() {
        if (input.isOpen() && !mayControl()) {
            updateInput();
        }
        errors.sendSummary();
        sendChanges();
    }

    @Override
    public void sendChanges() {
        state.sendChanges(nanoTime.getAsLong());
    }

    @Override
    public void reportResult(LeaseOutcome.Result result) {
        requests.reportResult(result);
    }

    @Override
    public void releaseKeys() {
        input.releaseKeys();
    }

    @Override
    public String user() {
        return channel.session().user();
    }

    @Override
    public String address() {
        return channel.address();
    }

    @Override
    public boolean isLoggedIn() {
        return channel.session().valid();
    }

    @Override
    public boolean mayControl() {
        return rights.hasPermission(Permission.CONTROL);
    }
}
