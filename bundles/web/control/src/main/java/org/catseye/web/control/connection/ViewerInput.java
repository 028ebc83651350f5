package org.catseye.web.control.connection;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.catseye.web.control.board.InputSession;
import org.catseye.web.control.board.InputSource;
import org.catseye.web.control.board.TargetServices;
import org.catseye.web.control.message.ClientMessage.InputAction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A viewer's input session at the best keyboard hub, open while the viewer may control the target. Thread-safe. */
final class ViewerInput {

    private static final Logger LOG = LoggerFactory.getLogger(ViewerInput.class);

    private final TargetServices services;
    private final BooleanSupplier mayControl;
    /** Guards changes of {@link #current} and {@link #closed}: the socket, the timer and stopping services all make them. */
    private final Object lock = new Object();
    private volatile Optional<InputSession> current = Optional.empty();
    private boolean closed;

    ViewerInput(TargetServices services, BooleanSupplier mayControl) {
        this.services = services;
        this.mayControl = mayControl;
    }

    boolean isOpen() {
        return current.isPresent();
    }

    /** Hubs or permissions changed: opens the session at the best hub, or closes it. */
    void updateSession() {
        synchronized (lock) {
            Optional<InputSource> wanted = services.findInput().filter(source -> !closed && mayControl.getAsBoolean());
            if (!current.map(InputSession::source).equals(wanted)) {
                closeCurrent();
                current = wanted.flatMap(InputSource::openSession);
            }
        }
    }

    /** Does nothing without a session. May throw what the hub throws. */
    void applyAction(InputAction action) {
        if (!isOpen()) {
            updateSession();
        }
        current.ifPresent(opened -> action.applyTo(opened.session()));
    }

    void releaseKeys() {
        try {
            current.ifPresent(opened -> opened.session().releaseAll());
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("The keyboard hub failed.", e);
        }
    }

    /** Closes the session for good. @return false if that was done before */
    boolean closeInput() {
        synchronized (lock) {
            if (closed) {
                return false;
            }
            closed = true;
            closeCurrent();
            return true;
        }
    }

    /** Under the lock. */
    private void closeCurrent() {
        Optional<InputSession> former = current;
        current = Optional.empty();
        former.ifPresent(InputSession::closeSession);
    }
}
