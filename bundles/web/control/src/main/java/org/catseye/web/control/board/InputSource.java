package org.catseye.web.control.board;

import java.util.Optional;
import org.catseye.hid.HidSession;
import org.osgi.service.component.ComponentServiceObjects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A keyboard hub that opens input sessions. The hub may stop at any time. */
public final class InputSource {

    private static final Logger LOG = LoggerFactory.getLogger(InputSource.class);

    private final ComponentServiceObjects<HidSession> objects;

    public InputSource(ComponentServiceObjects<HidSession> objects) {
        this.objects = objects;
    }

    /** Opens a session of the caller's own; empty if the hub is stopping. */
    public Optional<InputSession> openSession() {
        try {
            return Optional.ofNullable(objects.getService()).map(session -> new InputSession(this, session));
        } catch (RuntimeException e) {
            LOG.debug("A keyboard hub opened no session.", e);
            return Optional.empty();
        }
    }

    void closeSession(HidSession session) {
        try {
            session.releaseAll();
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("A keyboard hub stopped before its session was closed.", e);
        }
        try {
            objects.ungetService(session);
        } catch (RuntimeException e) {
            LOG.debug("A keyboard hub closed its session before.", e);
        }
    }
}
